package com.oceanbase.odp.it.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** INSERT and REPLACE in all forms. */
final class Inserts {
    private final Dice dice;
    private final Design design;
    private final Conditions conditions;
    private final List<String> leaves;
    private int nextRid = 100_000;

    Inserts(Dice dice, Design design, Conditions conditions, List<String> leaves) {
        this.dice = dice;
        this.design = design;
        this.conditions = conditions;
        this.leaves = leaves;
    }

    /** Inserts one row as it is. */
    Draft seed(int rid, List<Value> row) {
        return Draft.insert(
                "basic",
                "insert into " + design.name() + "(rid," + columns() + ") values(" + rid + "," + texts(row) + ")",
                List.of(rid));
    }

    Draft any() {
        int rid = nextRid;
        nextRid += 10;
        String table = design.name();
        String columns = "(rid," + columns() + ")";
        String values = "(" + rid + "," + variants() + ")";
        int choice = dice.below(24);
        return switch (choice) {
            case 0, 1 -> one("form-plain", "insert into " + table + columns + " values" + values, rid);
            case 2 ->
                one(
                        "form-upper",
                        "INSERT INTO " + table.toUpperCase(java.util.Locale.ROOT) + " " + columns + " VALUES " + values,
                        rid);
            case 3 -> one("form-setform", "insert into " + table + " set rid=" + rid + ", " + assignments(), rid);
            case 4 -> one("form-replace", "replace into " + table + columns + " values " + values, rid);
            case 5 -> one("form-ignore", "insert ignore into " + table + columns + " values " + values, rid);
            case 6 ->
                one(
                        "form-odku",
                        "insert into " + table + columns + " values " + values
                                + " on duplicate key update rid=values(rid)",
                        rid);
            case 7, 8 -> several("form-multi3", rid, (int) dice.between(2, 5));
            case 9 -> one("form-value", "insert " + table + " " + columns + " value " + values, rid);
            case 10 -> one("form-dbq", "insert into part_vec." + table + columns + " values " + values, rid);
            case 11 ->
                one(
                        "form-comment",
                        "/* trace=1 */ insert /* x */ into " + table + " /* y */ " + columns + " values " + values
                                + " -- end",
                        rid);
            default -> further(choice, rid, columns, values);
        };
    }

    private Draft further(int choice, int rid, String columns, String values) {
        String table = design.name();
        return switch (choice) {
            case 12 -> one("form-replace-set", "replace " + table + " set " + assignments() + ", rid=" + rid, rid);
            case 13 ->
                one(
                        "form-default",
                        "insert into " + table + "(rid," + columns() + ",note) values (" + rid + "," + variants()
                                + ",default)",
                        rid);
            case 14 ->
                one(
                        "form-select",
                        "insert into " + table + columns + " select " + rid + "," + variants() + " from dual",
                        rid);
            case 15 -> partition(rid, columns, values);
            case 16 ->
                one("form-null", "insert into " + table + columns + " values (" + rid + "," + withNull() + ")", rid);
            case 17 -> omit(rid);
            case 18 ->
                one(
                        "form-nl",
                        "insert into " + table + " (\n  rid,\n  " + columns() + "\n) values " + values + " ; ",
                        rid);
            case 19 ->
                one(
                        "form-reorder",
                        "insert into " + table + "(note," + columns() + ",rid) values ('values(1,2)'," + variants()
                                + "," + rid + ")",
                        rid);
            case 20 -> lenient(rid, columns, values);
            case 21 -> union(rid, columns);
            case 22 ->
                one(
                        "form-paren",
                        "insert into " + table + columns + " values (" + rid + "," + parenthesized() + ")",
                        rid);
            default -> prepared(rid, columns);
        };
    }

    private static Draft one(String tag, String sql, int rid) {
        return Draft.insert(tag, sql, List.of(rid));
    }

    private Draft several(String tag, int rid, int count) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add("(" + (rid + i) + "," + variants() + ")");
        }
        String sql = "insert into " + design.name() + "(rid," + columns() + ") values " + String.join(", ", rows);
        return Draft.insert(tag, sql, IntStream.range(rid, rid + count).boxed().toList());
    }

    private Draft partition(int rid, String columns, String values) {
        return one(
                "form-partclause",
                "insert into " + design.name() + " partition(`" + dice.any(leaves) + "`) " + columns + " values "
                        + values,
                rid);
    }

    private Draft omit(int rid) {
        List<String> names = new ArrayList<>(List.of("rid"));
        List<String> values = new ArrayList<>(List.of(Integer.toString(rid)));
        List<Value> row = conditions.row();
        for (int i = 0; i < conditions.keys(); i++) {
            boolean defaulted =
                    conditions.key(i).hasDefault() || conditions.key(i).isNullable();
            if (!(defaulted && dice.chance(60))) {
                names.add(conditions.key(i).sql());
                values.add(defaulted && dice.chance(30) ? "default" : row.get(i).sql());
            }
        }
        return one(
                "form-omit",
                "insert into " + design.name() + "(" + String.join(",", names) + ") values (" + String.join(",", values)
                        + ")",
                rid);
    }

    private Draft lenient(int rid, String columns, String values) {
        return one("sqlmode", "insert into " + design.name() + columns + " values " + values, rid)
                .after("set sql_mode=''");
    }

    private Draft union(int rid, String columns) {
        return one(
                "form-select-where",
                "insert into " + design.name() + columns + " select " + rid + "," + variants()
                        + dice.anyOf(" from dual where 1=1", "", " from (select 1) x"),
                rid);
    }

    private Draft prepared(int rid, String columns) {
        List<Parameter> parameters = new ArrayList<>(List.of(Parameter.number(3, false, rid)));
        List<Value> row = conditions.row();
        StringBuilder marks = new StringBuilder("?");
        for (int i = 0; i < conditions.keys(); i++) {
            parameters.add(Parameter.of(conditions.key(i).type(), row.get(i), dice));
            marks.append(",?");
        }
        return one("ps", "insert into " + design.name() + columns + " values (" + marks + ")", rid)
                .with(parameters);
    }

    /** Each key equals a parameter. */
    Draft preparedSelect() {
        List<Parameter> parameters = new ArrayList<>();
        List<Value> row = conditions.row();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < conditions.keys(); i++) {
            parameters.add(Parameter.of(conditions.key(i).type(), row.get(i), dice));
            parts.add(conditions.key(i).sql() + " = ?");
        }
        String sql = "select rid from " + design.name() + " where " + String.join(" and ", parts);
        return Draft.select("ps", sql).with(parameters);
    }

    private String columns() {
        return String.join(
                ",",
                IntStream.range(0, conditions.keys())
                        .mapToObj(i -> conditions.key(i).sql())
                        .toList());
    }

    private static String texts(List<Value> row) {
        return String.join(",", row.stream().map(Value::sql).toList());
    }

    private String variants() {
        List<Value> row = conditions.row();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            texts.add(dice.chance(50) ? row.get(i).sql() : conditions.form(i, row.get(i)));
        }
        return String.join(",", texts);
    }

    private String parenthesized() {
        return String.join(
                ",",
                conditions.row().stream().map(value -> "(" + value.sql() + ")").toList());
    }

    private String withNull() {
        List<Value> row = conditions.row();
        int empty = conditions.anyKey();
        return String.join(
                ",",
                IntStream.range(0, row.size())
                        .mapToObj(i -> i == empty ? "null" : row.get(i).sql())
                        .toList());
    }

    private String assignments() {
        List<Value> row = conditions.row();
        return String.join(
                ", ",
                IntStream.range(0, row.size())
                        .mapToObj(i -> conditions.key(i).sql() + " = " + conditions.form(i, row.get(i)))
                        .toList());
    }
}
