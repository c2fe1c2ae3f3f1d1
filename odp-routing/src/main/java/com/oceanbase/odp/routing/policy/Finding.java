package com.oceanbase.odp.routing.policy;

import java.util.concurrent.CompletableFuture;

/** What came of looking for the partition of a statement. */
sealed interface Finding permits Target, Finding.Missing, Finding.Nothing {
    /** Something has to be fetched first. */
    record Missing(CompletableFuture<?> until, String what) implements Finding {}

    /**
     * The statement has no partition to be routed by.
     *
     * @param tables whether it has tables, of which nothing helpful is known
     */
    record Nothing(boolean tables) implements Finding {
        /** It has no tables, or none that are somewhere. */
        static final Nothing WITHOUT_TABLE = new Nothing(false);

        /** Where its tables are is not known. */
        static final Nothing UNKNOWN = new Nothing(true);
    }
}
