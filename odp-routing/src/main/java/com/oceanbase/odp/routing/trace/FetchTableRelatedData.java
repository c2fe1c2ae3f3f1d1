package com.oceanbase.odp.routing.trace;

/**
 * What a table is has been asked for at a server.
 *
 * @param serverError error number that the server answered with, 0 for none
 * @param failedAt where it failed
 * @param tableEntry what there is to say when the table has no partition definition
 * @param partitionLevel 1 or 2, 0 when {@code tableEntry} speaks
 * @param unknownKey whether a partition key is of a type that cannot be computed
 * @param expression partition expression
 * @param subExpression sub-partition expression, empty when there is none
 */
public record FetchTableRelatedData(
        int serverError,
        Stage failedAt,
        String tableEntry,
        int partitionLevel,
        boolean unknownKey,
        String expression,
        String subExpression,
        String why)
        implements TracePoint {
    /** What is asked for, in order. */
    public enum Stage {
        LOOKUP_TABLE_ENTRY_STATE("__all_virtual_proxy_schema"),
        LOOKUP_PART_INFO_STATE("__all_virtual_proxy_partition_info"),
        LOOKUP_FIRST_PART_STATE("__all_virtual_proxy_partition"),
        LOOKUP_SUB_PART_STATE("__all_virtual_proxy_sub_partition"),
        LOOKUP_DONE_STATE("");

        private final String relation;

        Stage(String relation) {
            this.relation = relation;
        }
    }

    /** Bounds the texts. */
    public FetchTableRelatedData {
        expression = Bounded.field(expression);
        subExpression = Bounded.field(subExpression);
        why = Bounded.description(why);
    }

    /** A table without partitions. */
    public static FetchTableRelatedData notPartitioned() {
        return unpartitioned("not a partition table", "");
    }

    /** No such table. */
    public static FetchTableRelatedData noTable(String why) {
        return unpartitioned("partition information does not exist", why);
    }

    private static FetchTableRelatedData unpartitioned(String entry, String why) {
        return new FetchTableRelatedData(0, Stage.LOOKUP_DONE_STATE, entry, 0, false, "", "", why);
    }

    /** A server could not answer. */
    public static FetchTableRelatedData failed(int serverError, Stage failedAt, String why) {
        return new FetchTableRelatedData(serverError, failedAt, "unexpected null value", 0, false, "", "", why);
    }

    /** A partitioned table. */
    public static FetchTableRelatedData partitioned(
            int level, boolean unknownKey, String expression, String subExpression, String why) {
        return new FetchTableRelatedData(
                0, Stage.LOOKUP_DONE_STATE, "", level, unknownKey, expression, subExpression, why);
    }

    private boolean isFailed() {
        return failedAt != Stage.LOOKUP_DONE_STATE;
    }

    @Override
    public String name() {
        return "FETCH_TABLE_RELATED_DATA";
    }

    @Override
    public int level() {
        return 3;
    }

    @Override
    public String opens() {
        return "TABLE_ENTRY_LOOKUP_START";
    }

    @Override
    public int openedLevel() {
        return 2;
    }

    @Override
    public void fields(Fields out) {
        if (serverError != 0) {
            out.number("resp_error", serverError);
        }
        if (isFailed()) {
            out.text("fail_at", failedAt.name());
        }
        if (partitionLevel == 0) {
            out.text("table_entry", tableEntry);
            return;
        }
        out.number("part_level", partitionLevel);
        out.flagIfSet("has_unknown_part_key", unknownKey);
        out.textIfAny("part_expr", expression);
        out.textIfAny("sub_part_expr", subExpression);
    }

    @Override
    public void prompts(Prompts out) {
        if (!isFailed()) {
            return;
        }
        String error = serverError == 0 ? "" : " with resp error(" + serverError + ")";
        out.warn(
                failedAt == Stage.LOOKUP_TABLE_ENTRY_STATE
                        ? "Fail to query " + failedAt.relation + ", maybe table does not exist" + error
                        : "Unexpected! Fail to query " + failedAt.relation + error);
    }
}
