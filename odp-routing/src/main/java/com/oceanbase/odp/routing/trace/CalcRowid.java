package com.oceanbase.odp.routing.trace;

/**
 * A ROWID in the statement has been decoded.
 *
 * @param failedAt where it failed, {@code SUCCESS} when it did not
 * @param version version of the ROWID's layout
 */
public record CalcRowid(State failedAt, Version version, String why) implements TracePoint {
    /** Steps. */
    public enum State {
        SUCCESS,
        RESOLVE_ROWID_TO_OBOBJ,
        DECODE_ROWID,
        GET_PART_ID_FROM_DECODED_ROWID
    }

    /** Layouts; the original prints the names of states for three of them by mistake. */
    public enum Version {
        INVALID_ROWID_VERSION,
        PK_ROWID_VERSION,
        NO_PK_ROWID_VERSION,
        HEAP_TABLE_ROWID_VERSION,
        EXT_HEAP_TABLE_ROWID_VERSION
    }

    /** Bounds the texts. */
    public CalcRowid {
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "CALC_ROWID";
    }

    @Override
    public int level() {
        return 3;
    }

    @Override
    public void fields(Fields out) {
        out.text("state", failedAt.name());
        out.text("version", version.name());
    }

    @Override
    public void prompts(Prompts out) {
        switch (failedAt) {
            case RESOLVE_ROWID_TO_OBOBJ -> out.warn("Fail to resolve the rowid");
            case DECODE_ROWID -> out.warn("Fail to decode the rowid");
            case GET_PART_ID_FROM_DECODED_ROWID -> out.warn("Fail to get a partition id from the decoded rowid");
            case SUCCESS ->
                out.info(
                        version == Version.HEAP_TABLE_ROWID_VERSION || version == Version.EXT_HEAP_TABLE_ROWID_VERSION
                                ? "oceanbase 4x. Get tablet id as partition id from decoded rowid"
                                : "Get the values of the primary key from decoded rowid");
        }
    }
}
