package com.oceanbase.odp.it.routing;

import com.oceanbase.odp.it.routing.TableDesign.KeyRow;
import java.util.function.BiFunction;

/** Ways to write a statement that touches one partition. */
enum StatementShape {
    SELECT((table, row) -> "select rid from " + table + " where " + row.condition("")),
    SELECT_AND_MORE(
            (table, row) -> "select * from " + table + " where note is null and " + row.condition("") + " and rid > 0"),
    ALIAS((table, row) ->
            "select x.rid from " + table + " as x where " + row.condition("x.") + " order by x.rid limit 3"),
    QUOTED((table, row) -> "SELECT `rid` FROM `" + table + "` WHERE (" + row.condition("") + ")"),
    COMMENTS((table, row) -> "/* where k = 1 */ select /*+ parallel(1) */ 'from t where k = 3', rid -- x\n from "
            + table + " # y\n where " + row.condition("")),
    COUNT((table, row) -> "select count(*), max(rid) from " + table + " where " + row.condition("") + " group by note"),
    FOR_UPDATE((table, row) -> "select rid from " + table + " where " + row.condition("") + " for update"),
    IN_ONE((table, row) ->
            "select rid from " + table + " where (" + row.columnList() + ") in ((" + row.literalList() + "))"),
    TWICE((table, row) ->
            "select rid from " + table + " where (" + row.condition("") + ") or (" + row.condition("") + ")"),
    DERIVED((table, row) -> "select * from (select rid from " + table + " where " + row.condition("") + ") d"),
    WITH((table, row) -> "with c as (select rid from " + table + " where " + row.condition("") + ") select * from c"),
    UNION((table, row) -> "select rid from " + table + " where " + row.condition("") + " union all select rid from "
            + table + " where " + row.condition("") + " and rid = 3"),
    INSERT((table, row) -> "insert into " + table + "(rid," + row.columnList() + ") values (7," + row.literalList()
            + ") on duplicate key update note = 'again'"),
    INSERT_SET((table, row) -> "insert ignore into " + table + " set note = 'values (1)', " + row.assignments()),
    REPLACE((table, row) -> "replace into " + table + " (" + row.columnList() + ", rid, note) values ("
            + row.literalList() + ", 8, 'a''b\\'c')"),
    UPDATE((table, row) ->
            "update " + table + " set note = concat(note, 'where'), rid = rid + 1 where " + row.condition("")),
    DELETE((table, row) -> "delete from " + table + " where " + row.condition("") + " and rid < 0");

    private final BiFunction<String, KeyRow, String> text;

    StatementShape(BiFunction<String, KeyRow, String> text) {
        this.text = text;
    }

    String text(TableDesign design, KeyRow row) {
        return text.apply(design.name(), row);
    }
}
