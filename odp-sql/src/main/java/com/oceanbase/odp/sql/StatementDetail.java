package com.oceanbase.odp.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the text of certain kinds of statements says beyond the kind; of the first statement of the text. */
public sealed interface StatementDetail {
    /** Access mode of {@code START TRANSACTION}. */
    enum Access {
        READ_ONLY,
        READ_WRITE
    }

    /**
     * {@code BEGIN} or {@code START TRANSACTION}.
     *
     * @param access null when the text names none
     * @param plain the text is this one complete statement and nothing else, so that it may be sent later, as it is
     */
    record TransactionStart(@Nullable Access access, boolean consistentSnapshot, boolean plain)
            implements StatementDetail {}

    /** {@code COMMIT} or {@code ROLLBACK} that is understood to its end, with {@code AND CHAIN} and {@code RELEASE}; the NO forms are false. */
    record TransactionEnd(boolean chain, boolean release) implements StatementDetail {}

    /** {@code SAVEPOINT}, {@code ROLLBACK TO}, {@code RELEASE SAVEPOINT}. */
    record Savepoint(String name) implements StatementDetail {}

    /**
     * Any XA statement; the verb is the kind.
     *
     * @param xid text of the transaction id, empty for RECOVER
     * @param suffix JOIN, RESUME, SUSPEND, ONE PHASE, .. in the letter case of the text, or empty
     */
    record Xa(String xid, String suffix) implements StatementDetail {}

    /** {@code SET}, its assignments in order. */
    record Assignments(List<SetItem> items) implements StatementDetail {}

    /** {@code USE}. */
    record UseDatabase(String database) implements StatementDetail {}

    /**
     * {@code KILL}.
     *
     * @param ids the numbers named; empty when the id is an expression or no number of 63 bits
     */
    record Kill(Target target, List<Long> ids) implements StatementDetail {
        /** What ends. */
        public enum Target {
            CONNECTION,
            QUERY,
            /** A client session of the proxy, or with a second number one of its server connections. */
            PROXY_SESSION,
            /** A pool of sharding; its key is an argument of the proxy command. */
            GLOBAL_SESSION
        }
    }

    /** {@code PREPARE name FROM ..}: exactly one of text and variable is not null, or none when the source is not understood. */
    record PrepareText(
            String name, @Nullable String text, @Nullable String variable) implements StatementDetail {}

    /** {@code EXECUTE name USING @a, @b}: names of the variables without {@code @}. */
    record ExecuteText(String name, List<String> variables) implements StatementDetail {}

    /** {@code DEALLOCATE PREPARE} or {@code DROP PREPARE}. */
    record DeallocateText(String name) implements StatementDetail {}

    /**
     * {@code EXPLAIN} of a statement.
     *
     * @param analyze the statement is executed
     */
    record Explained(StatementKind kind, boolean analyze) implements StatementDetail {}
}
