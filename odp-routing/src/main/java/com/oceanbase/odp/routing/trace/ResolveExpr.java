package com.oceanbase.odp.routing.trace;

/**
 * Ranges of the partition keys that the conditions leave. Comes before the {@link ResolveToken} points of its values.
 *
 * @param range range of the first level, as {@code [3 ; 3]}; empty when there is none
 * @param subRange range of the second level
 */
public record ResolveExpr(String range, String subRange, String why) implements TracePoint {
    /** The range when nothing is known of the keys. */
    public static final String EVERYTHING = "(MIN ; MAX)always true";

    /** Bounds the texts. */
    public ResolveExpr {
        range = Bounded.field(range);
        subRange = Bounded.field(subRange);
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "RESOLVE_EXPR";
    }

    @Override
    public int level() {
        return 3;
    }

    @Override
    public void fields(Fields out) {
        out.textIfAny("part_range", range);
        out.textIfAny("sub_part_range", subRange);
    }
}
