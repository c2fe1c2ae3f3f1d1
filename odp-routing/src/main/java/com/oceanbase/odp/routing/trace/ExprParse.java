package com.oceanbase.odp.routing.trace;

/**
 * Conditions on the partition keys that were found in the statement.
 *
 * @param columnValues as {@code c1=1,c2=?}; empty when there are none
 */
public record ExprParse(String columnValues, String why) implements TracePoint {
    /** Bounds the texts. */
    public ExprParse {
        columnValues = Bounded.field(columnValues);
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "EXPR_PARSE";
    }

    @Override
    public int level() {
        return 3;
    }

    @Override
    public String opens() {
        return "PARTITION_ID_CALC_START";
    }

    @Override
    public int openedLevel() {
        return 2;
    }

    @Override
    public void fields(Fields out) {
        out.text("col_val", columnValues.isEmpty() ? "there are no part keys" : columnValues);
    }
}
