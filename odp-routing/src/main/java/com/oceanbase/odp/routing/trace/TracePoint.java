package com.oceanbase.odp.routing.trace;

/**
 * What one stage of routing decided. Immutable, its texts bounded. Names, levels and fields: obproxy
 * src/obproxy/proxy/route/ob_route_diagnosis.cpp.
 */
public sealed interface TracePoint
        permits SqlParse,
                RouteInfo,
                LocationCacheLookup,
                RoutineEntryLookupDone,
                FetchTableRelatedData,
                TableEntryLookupDone,
                ExprParse,
                CalcRowid,
                ResolveExpr,
                ResolveToken,
                CalcPartitionId,
                PartitionIdCalcDone,
                PartitionEntryLookupDone,
                RoutePolicy,
                CongestionControl,
                HandleResponse,
                Retry {
    /** Name in upper case, as {@code SQL_PARSE}. */
    String name();

    /** Level from 1, the coarsest, to 4. */
    int level();

    /** Why the stage decided so, in plain words; empty when there is nothing to say. */
    String why();

    /** Gives the fields but {@link #why}, in order; those that have nothing to say are left out. */
    void fields(Fields out);

    /** Says what a person should notice. */
    default void prompts(Prompts out) {}

    /**
     * Name of the stage whose beginning is shown before this point, at the level of {@link #openedLevel}; empty when it
     * opens none.
     */
    default String opens() {
        return "";
    }

    /** Level of what {@link #opens} names. */
    default int openedLevel() {
        return level();
    }

    /** Takes fields. */
    interface Fields {
        /** A text. */
        void text(String name, String value);

        /** A number. */
        void number(String name, long value);

        /** A truth value. */
        void flag(String name, boolean value);

        /** A text, unless it is empty. */
        default void textIfAny(String name, String value) {
            if (!value.isEmpty()) {
                text(name, value);
            }
        }

        /** A truth value, only when it is true. */
        default void flagIfSet(String name, boolean value) {
            if (value) {
                flag(name, true);
            }
        }
    }

    /** Takes what a person should notice. */
    interface Prompts {
        /** The usual course of things. */
        void info(String text);

        /** Something went wrong or is not as it should be. */
        void warn(String text);
    }
}
