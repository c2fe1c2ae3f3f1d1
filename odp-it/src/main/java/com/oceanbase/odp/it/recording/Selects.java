package com.oceanbase.odp.it.recording;

import java.util.ArrayList;
import java.util.List;

/** Queries of one table, one kind of condition each. */
final class Selects {
    private final Dice dice;
    private final Design design;
    private final Conditions conditions;
    private final List<String> leaves;

    Selects(Dice dice, Design design, Conditions conditions, List<String> leaves) {
        this.dice = dice;
        this.design = design;
        this.conditions = conditions;
        this.leaves = leaves;
    }

    Draft any() {
        int choice = dice.below(100);
        if (choice < 36) {
            return where("eq-variant", conditions.variant());
        }
        if (choice < 46) {
            return where("eq", conditions.equal(""));
        }
        if (choice < 52) {
            return session();
        }
        if (choice < 74) {
            return comparison();
        }
        if (choice < 80) {
            return partitions();
        }
        if (choice < 90) {
            return severalKeys();
        }
        return other();
    }

    private Draft where(String tag, String condition) {
        return Draft.select(tag, "select rid from " + design.name() + " where " + condition);
    }

    private Draft comparison() {
        int index = conditions.anyKey();
        String column = conditions.key(index).sql();
        String a = conditions.value(index);
        String b = conditions.value(index);
        return switch (dice.below(24)) {
            case 0, 1, 2 -> where("in", column + " in (" + a + ", " + b + ", " + conditions.value(index) + ")");
            case 3 -> where("in-null", column + " in (" + a + ", null)");
            case 4, 5 -> where("between", column + " between " + a + " and " + b);
            case 6 -> where("between-same", column + " between " + a + " and " + a);
            case 7, 8 -> where("cmp", column + dice.anyOf(" > ", " >= ", " < ", " <= ", " <> ", " != ") + a);
            case 9 -> where("cmp-rev", a + dice.anyOf(" < ", " > ", " <= ") + column);
            case 10 ->
                where(
                        "cmp2",
                        column + dice.anyOf(" > ", " >= ") + a + " and " + column + dice.anyOf(" < ", " <= ") + b);
            case 11 -> where("cmp-closed", column + " >= " + a + " and " + column + " <= " + a);
            case 12 -> where("or", column + " = " + a + " or " + column + " = " + b);
            case 13 -> where("not-in", column + " not in (" + a + ", " + b + ")");
            case 14 -> where("null", column + dice.anyOf(" is null", " <=> null", " = null", " is not null"));
            case 15 -> where("like", column + " like " + like(a));
            case 16 -> where("colfn", function(index, a));
            case 17 -> where("between-expr", column + " between " + variant(index) + " and " + variant(index));
            case 18 -> where("cmp-expr", column + dice.anyOf(" > ", " <= ", " >= ", " < ") + variant(index));
            case 19 -> where("in-expr", column + " in (" + variant(index) + ", " + variant(index) + ")");
            case 20 -> where("not", "not (" + column + dice.anyOf(" <> ", " = ", " != ", " < ", " >= ") + a + ")");
            case 21 ->
                where(
                        "datewin",
                        column + " >= '2024-01-01' and " + column
                                + dice.anyOf(
                                        " < date_add('2024-01-01', interval 1 day)",
                                        " < '2024-02-01'",
                                        " <= last_day('2024-01-15')",
                                        " < date '2024-01-01' + interval 1 month"));
            case 22 -> where("in-variant", column + " in (" + variant(index) + ")");
            default ->
                where("or-in", column + " in (" + a + "," + b + ") or " + column + " = " + conditions.value(index));
        };
    }

    private String variant(int index) {
        return conditions.form(index, conditions.row().get(index));
    }

    private String like(String literal) {
        if (!literal.startsWith("'") || dice.chance(40)) {
            return literal;
        }
        String inner = literal.substring(1, literal.length() - 1);
        String begin = inner.substring(0, inner.offsetByCodePoints(0, inner.codePointCount(0, inner.length()) / 2));
        return "'" + begin.replaceAll("[\\\\']+$", "") + dice.anyOf("%", "_", "%%") + "'";
    }

    private String function(int index, String value) {
        KeyColumn key = conditions.key(index);
        String column = key.sql();
        return switch (key.type().family()) {
            case TEXT, BYTES, ENUM, SET ->
                dice.anyOf(
                        "lower(" + column + ") = " + value,
                        column + " = " + value + " collate utf8mb4_bin",
                        "trim(" + column + ") = " + value,
                        "concat(" + column + ",'') = " + value,
                        "binary " + column + " = " + value,
                        column + " collate utf8mb4_bin = " + value);
            case DATE, DATETIME, TIMESTAMP ->
                dice.anyOf(
                        "date(" + column + ") = '2024-01-15'",
                        "year(" + column + ") = 2024",
                        column + " + interval 1 day = " + value);
            default ->
                dice.anyOf(column + "+0 = " + value, "abs(" + column + ") = " + value, "-" + column + " = " + value);
        };
    }

    private Draft severalKeys() {
        if (conditions.keys() == 1) {
            List<Value> row = conditions.row();
            String equal = conditions.equal("", row);
            return switch (dice.below(4)) {
                case 0 -> where("dup-and", equal + " and " + equal);
                case 1 -> where("conflict-and", equal + " and " + conditions.equal(""));
                case 2 -> where("nulleq", equal.replace(" = ", " <=> "));
                default -> where("or-nonkey", equal + " or rid = 3");
            };
        }
        KeyColumn first = conditions.key(0);
        KeyColumn second = conditions.key(1);
        String a = first.sql() + " = " + conditions.value(0);
        String b = second.sql() + " = " + conditions.value(1);
        return switch (dice.below(12)) {
            case 0, 1 -> where("row-eq", conditions.tupleIn(0));
            case 2, 3 -> where("row-in", conditions.tupleIn((int) dice.between(1, 3)));
            case 4 -> where("partial", dice.anyOf(a, b));
            case 5 ->
                where("partial-in", second.sql() + " in (" + conditions.value(1) + ", " + conditions.value(1) + ")");
            case 6 ->
                where(
                        "eq-in",
                        a + " and " + second.sql() + " in (" + conditions.value(1) + "," + conditions.value(1) + ")");
            case 7 -> where("eq-range", a + " and " + second.sql() + dice.anyOf(" > ", " <= ") + conditions.value(1));
            case 8 -> where("or-mixed", a + " or " + b);
            case 9 -> where("or-full", "(" + conditions.equal("") + ") or (" + conditions.equal("") + ")");
            case 10 ->
                where(
                        "row-cmp",
                        "(" + first.sql() + "," + second.sql() + ")" + dice.anyOf(" > ", " <= ", " < ") + "("
                                + conditions.value(0) + "," + conditions.value(1) + ")");
            default ->
                where(
                        "in-in",
                        first.sql() + " in (" + conditions.value(0) + "," + conditions.value(0) + ") and "
                                + second.sql() + " in (" + conditions.value(1) + "," + conditions.value(1) + ")");
        };
    }

    private Draft session() {
        List<Value> row = conditions.row();
        String table = design.name();
        return switch (dice.below(7)) {
            case 6 -> piped(row);
            case 0, 1, 2 -> {
                int index = conditions.anyKey();
                List<String> parts = new ArrayList<>();
                for (int i = 0; i < conditions.keys(); i++) {
                    parts.add(conditions.key(i).sql() + " = "
                            + (i == index ? "@v1" : row.get(i).sql()));
                }
                String value = dice.chance(80) ? row.get(index).sql() : conditions.form(index, row.get(index));
                yield where("uservar", String.join(" and ", parts)).after("set @v1=" + value);
            }
            case 3 ->
                where("time-zone", conditions.equal("", row))
                        .after("set time_zone='" + dice.anyOf("+00:00", "-05:00", "+05:30") + "'");
            case 4 ->
                Draft.select("ansi-quotes", "select \"rid\" from \"" + table + "\" where " + conditions.equal("", row))
                        .after("set sql_mode='STRICT_ALL_TABLES,ANSI_QUOTES'");
            default ->
                where("no-backslash", conditions.equal("", row).replace("\\\\", "\\"))
                        .after("set sql_mode='STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES'");
        };
    }

    /** Strings in two pieces. */
    private Draft piped(List<Value> row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String text = row.get(i).text();
            boolean pieces = row.get(i).quoted() && !text.isEmpty();
            int cut = pieces ? text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2) : 0;
            parts.add(conditions.key(i).sql() + " = "
                    + (pieces
                            ? Value.quote(text.substring(0, cut)) + " || " + Value.quote(text.substring(cut))
                            : row.get(i).sql()));
        }
        return where("pipes", String.join(" and ", parts)).after("set sql_mode='STRICT_ALL_TABLES,PIPES_AS_CONCAT'");
    }

    private Draft partitions() {
        String leaf = dice.any(leaves);
        String clause = dice.anyOf(" partition(`" + leaf + "`)", " PARTITION (" + "`" + leaf + "`) x ");
        String from = "select rid from " + design.name() + clause;
        return Draft.select("partition-clause", dice.chance(50) ? from : from + " where " + conditions.equal(""));
    }

    private Draft other() {
        return switch (dice.below(4)) {
            case 0 -> where("const", dice.anyOf("1=1", "1=0", "true", "1", "rid=5", "not (rid=1)", "null", "0"));
            case 1 -> Draft.select("nowhere", "select rid from " + design.name());
            case 2 -> {
                String generated = design.generated();
                yield generated == null
                        ? where("case-or", "case when " + conditions.equal("") + " then 1 else 0 end = 1")
                        : where(
                                "gen-direct",
                                "`" + generated + "` = " + dice.anyOf("5", "'abc'", "'2024-01-15'", "'a'"));
            }
            default -> where("eq", conditions.equal(""));
        };
    }
}
