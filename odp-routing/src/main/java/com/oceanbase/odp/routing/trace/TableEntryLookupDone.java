package com.oceanbase.odp.routing.trace;

/**
 * What is known of the table.
 *
 * @param table its name, empty when nothing is known of it
 * @param tableId its id
 * @param tableType its type, as {@code USER TABLE}
 * @param partitions number of its partitions
 * @param duplicated whether it has replicas on all servers, good for strong reads
 * @param fromRemote whether a server was asked just now
 * @param successful whether the look-up succeeded
 * @param stale whether what is known may be out of date
 */
public record TableEntryLookupDone(
        String table,
        long tableId,
        String tableType,
        int partitions,
        boolean duplicated,
        boolean fromRemote,
        boolean successful,
        boolean stale,
        String why)
        implements TracePoint {
    /** Type of ordinary tables. */
    public static final String USER_TABLE = "USER TABLE";

    /** Bounds the texts. */
    public TableEntryLookupDone {
        table = Bounded.field(table);
        why = Bounded.description(why);
    }

    /** An ordinary table. */
    public static TableEntryLookupDone userTable(
            String table, long tableId, int partitions, boolean duplicated, boolean fromRemote, String why) {
        return new TableEntryLookupDone(
                table, tableId, USER_TABLE, partitions, duplicated, fromRemote, true, false, why);
    }

    /** Nothing is known of the table. */
    public static TableEntryLookupDone nothing(boolean successful, boolean fromRemote, String why) {
        return new TableEntryLookupDone("", -1, "", 0, false, fromRemote, successful, false, why);
    }

    /** The same, out of date. */
    public TableEntryLookupDone asStale(String reason) {
        return new TableEntryLookupDone(
                table,
                tableId,
                tableType,
                partitions,
                duplicated,
                fromRemote,
                successful,
                true,
                why.isEmpty() ? reason : why + "; " + reason);
    }

    @Override
    public String name() {
        return "TABLE_ENTRY_LOOKUP_DONE";
    }

    @Override
    public int level() {
        return 2;
    }

    @Override
    public void fields(Fields out) {
        if (table.isEmpty()) {
            out.flag("is_lookup_succ", successful);
            out.flag("entry_from_remote", fromRemote);
            return;
        }
        out.text("table", table);
        out.text("table_id", Long.toString(tableId));
        out.text("table_type", tableType);
        if (partitions > 1) {
            out.number("partition_num", partitions);
        }
        out.flagIfSet("has_dup_replica", duplicated);
        if (!fromRemote) {
            out.flag("entry_from_remote", false);
        }
        if (!successful) {
            out.flag("is_lookup_succ", false);
        }
    }

    @Override
    public void prompts(Prompts out) {
        if (!successful || table.isEmpty()) {
            out.info("No available entry because table entry lookup failed");
        } else if (stale) {
            out.warn("Unexpected dirty entry");
        } else {
            if (partitions == 1) {
                out.info("Non-partition table will be routed by ROUTE_POLICY");
            }
            if (duplicated) {
                out.info("Querying duplicated table");
            }
        }
    }
}
