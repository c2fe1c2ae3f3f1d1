package com.oceanbase.odp.it.recording;

import java.util.List;

/** Statements that say the same in many ways: comments, subqueries, aliases, joins, writes. */
final class Shapes {
    /** {@code T} is the table, {@code W} a condition, {@code X} one on columns of the alias x, {@code V} another condition. */
    private static final List<String> QUERIES = List.of(
            "select rid from T where W -- tail comment",
            "select rid from T where rid in (select rid from T where W)",
            "select rid from T where W union select rid from T where V order by 1",
            "(select rid from T where W)",
            "select rid from T where W /*!50000 and 1=1 */",
            "select rid from T where\n(\n W\n)\n",
            "select /*+ index(T primary) */ rid from T where W",
            "select rid from T where not (rid < 0) and (W)",
            "select rid from `part_vec`.`T` where W",
            "select rid from T where W having rid > 0",
            "select rid from T where W and rid = (select max(rid) from T where W)",
            "select rid from T where ! (rid<0) && W",
            "select  rid\n\tfrom T\n where W",
            "select case when rid>0 then rid end rid from T where W",
            "select rid from T where ((W))",
            "select rid from T where W and note is null",
            "with w as (select rid from T where W) select rid from w",
            "select rid, 'where a=1' from T where W",
            "select rid from T where W union all select rid from T where V",
            "select rid from (select * from T where W) x",
            "SELECT rid FROM T WHERE W",
            "select rid from T where W for update",
            "select rid from T where W order by rid desc",
            "select /*+ read_consistency(strong) */ rid from T where W",
            "select rid from T where W limit 0, 5",
            "/* app=pay */ select rid from T where W",
            "select rid from T where rid > 0 and W",
            "select rid from T where W and 1=1",
            "select rid from T where W for update nowait",
            "select distinct rid from T where W",
            "select rid from T where W and exists (select 1)",
            "select rid from T where W and (rid > 0 or note is null)",
            "select rid, count(*) from T where W group by rid order by rid limit 5",
            "select rid /* where V */ from T where W",
            "select rid from T # hash comment\n where W",
            "select rid from T where W lock in share mode",
            "select x.rid from T as x where X",
            "select rid from (select * from T) x where X",
            "select rid from T a1 where exists (select 1 from T b1 where b1.rid=a1.rid) and W1",
            "select x.rid from T x left join T y0 on x.rid=y0.rid and y0.rid=-1 where X",
            "select x.rid from part_vec.T as `x` where X",
            "select rid from T where W and rid not in (select rid from T where V)",
            "with w(r) as (select rid from T where W) select r from w where r > 0",
            "select rid from (select rid, note from T where W limit 10) x order by rid",
            "select rid from T where W and rid between 0 and 1000000",
            "select max(rid) from T where W",
            "select rid from T where (W) and not exists (select 1 from T z where z.rid = -5)",
            "select x.rid from (select * from T) x, (select 1 as one) o where X",
            "select rid from T where W or 1=0",
            "select rid from T where (W) = 1",
            "select rid from T where (W) is true",
            "select rid from T where W and true",
            "select /*+ leading(x) use_nl(x) */ x.rid from T x where X",
            "select rid from T where W intersect select rid from T where W",
            "select rid from T where W except select rid from T where rid = -1",
            "select rid from T where if(1, W, 0)",
            "select sql_no_cache rid from T where W");

    private static final List<String> WRITES = List.of(
            "update T set note='q' where W",
            "delete from T where W",
            "update `T` set note='where a=1' where W order by rid limit 2",
            "delete /*+ x */ from T where W and rid>0",
            "update T set note='q' where W or V",
            "DELETE FROM `part_vec`.`T` WHERE (W)",
            "delete from T where W limit 5",
            "UPDATE part_vec.T SET note = concat(note,'x'), rid = rid WHERE W LIMIT 5",
            "update T set note='a' where W and rid between 0 and 99",
            "delete x from T x where X",
            "update T set note=(select 'x') where W",
            "update T x set x.note='z' where X",
            "delete from T where rid = 3 and W");
    private static final List<String> JOINS = List.of(
            "select x.rid,y.rid from O y, T x where X and Y",
            "select x.rid,y.rid from T x join O y on x.rid=y.rid where X",
            "select x.rid,y.rid from T x left join O y on x.rid=y.rid and Y where X",
            "select x.rid,y.rid from T as x inner join part_vec.O as y on x.rid<>y.rid and X where Y",
            "select x.rid,y.rid from T x cross join O y where Y and X",
            "select x.rid,y.rid from T x right join O y on x.rid=y.rid and X where Y",
            "select x.rid,y.rid from T x, O y where X and Y and x.rid=y.rid");

    private final Dice dice;
    private final Design design;
    private final Conditions conditions;

    Shapes(Dice dice, Design design, Conditions conditions) {
        this.dice = dice;
        this.design = design;
        this.conditions = conditions;
    }

    Draft query() {
        String form = dice.any(QUERIES);
        return Draft.select("shape", fill(form));
    }

    Draft write() {
        boolean variant = dice.chance(40);
        String form = dice.any(WRITES);
        String condition = variant ? conditions.variant() : conditions.equal("");
        List<Value> row = conditions.row();
        String second = conditions.equal("");
        String sql = put(form, condition, second, conditions.equal("x.", row));
        String rest = form.contains("X")
                ? conditions.equal("x.", row)
                : form.contains(" or V") ? condition + " or " + second : "(" + condition + ")";
        String alias = form.contains("X") ? " x" : "";
        String operation = form.toLowerCase(java.util.Locale.ROOT).startsWith("update") ? "update" : "delete";
        String rows = "select rid from " + design.name() + alias + " where " + rest;
        return Draft.write(operation, variant ? "write-variant" : "write", sql, rows);
    }

    /** A join with another table, whose conditions are given. */
    Draft join(Design other, Conditions others) {
        int mine = conditions.anyKey();
        int theirs = others.anyKey();
        String onKeys = "select x.rid,y.rid from T x join O y on x."
                + conditions.key(mine).sql() + "=y." + others.key(theirs).sql() + " where X";
        boolean keys = dice.chance(25)
                && conditions.key(mine).type().family()
                        == others.key(theirs).type().family();
        String form = keys ? onKeys : dice.any(JOINS);
        String sql = put(form, "", "", conditions.equal("x."))
                .replace("part_vec.O ", "part_vec." + other.name() + " ")
                .replace(" O y", " " + other.name() + " y")
                .replace(" Y", " " + others.equal("y."));
        return Draft.select(keys ? "join-key" : "join", sql).joining(other.name());
    }

    private String fill(String form) {
        String condition = dice.chance(80) ? conditions.equal("") : conditions.variant();
        return put(form, condition, conditions.equal(""), conditions.equal("x."));
    }

    private String put(String form, String w, String v, String x) {
        String first = conditions.equal("a1.");
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            boolean alone = (i == 0 || !Character.isLetter(form.charAt(i - 1)))
                    && (i + 1 == form.length() || !Character.isLetter(form.charAt(i + 1)));
            if (alone && c == 'W' && i + 1 < form.length() && form.charAt(i + 1) == '1') {
                sql.append(first);
                i++;
            } else if (alone && c == 'W') {
                sql.append(w);
            } else if (alone && c == 'V') {
                sql.append(v);
            } else if (alone && c == 'X') {
                sql.append(x);
            } else if (alone && c == 'T') {
                sql.append(design.name());
            } else {
                sql.append(c);
            }
        }
        return sql.toString();
    }
}
