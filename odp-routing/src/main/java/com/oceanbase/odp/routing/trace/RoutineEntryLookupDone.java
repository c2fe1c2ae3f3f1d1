package com.oceanbase.odp.routing.trace;

/**
 * The routine that a CALL names has been looked up.
 *
 * @param found whether there is such a routine
 * @param sql the statement that the routine is routed by, empty when there is none
 * @param successful whether the look-up succeeded
 * @param fromRemote whether a server was asked just now
 */
public record RoutineEntryLookupDone(boolean found, String sql, boolean successful, boolean fromRemote, String why)
        implements TracePoint {
    /** Bounds the texts. */
    public RoutineEntryLookupDone {
        sql = Bounded.description(sql);
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "ROUTINE_ENTRY_LOOKUP_DONE";
    }

    @Override
    public int level() {
        return 2;
    }

    @Override
    public void fields(Fields out) {
        if (!found) {
            out.text("info", "entry not exists");
            return;
        }
        out.text("routine_sql", sql);
        if (!successful) {
            out.flag("is_lookup_succ", false);
        }
        out.flag("entry_from_remote", fromRemote);
    }

    @Override
    public void prompts(Prompts out) {
        if (!successful) {
            out.info("No available entry because routine entry lookup failed");
        } else if (found && sql.isEmpty()) {
            out.warn("Can not calculate partition location without a valid SQL statement of the routine");
        }
    }
}
