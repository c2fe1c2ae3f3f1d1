package com.oceanbase.odp.sql;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy has to know of the text of a request. Immutable, independent of the buffer it was made from, safe for all threads;
 * so it may be kept and used for every equal text under an equal {@link SqlMode}.
 */
public final class StatementSummary {
    private final Kinds kinds;
    private final long flags;
    private final List<TableName> tables;
    private final @Nullable StatementDetail detail;
    private final Extras extras;

    /** Kind of the first statement, and those of all statements when there are several. */
    record Kinds(StatementKind first, Set<StatementKind> ofMulti) {
        private static final Kinds[] SINGLE = new Kinds[StatementKind.values().length];

        static {
            for (StatementKind kind : StatementKind.values()) {
                SINGLE[kind.ordinal()] = new Kinds(kind, Set.of());
            }
        }

        /** Of a text of one statement; the same object every time. */
        static Kinds single(StatementKind kind) {
            return SINGLE[kind.ordinal()];
        }
    }

    /** What few texts have. */
    record Extras(
            @Nullable ProxyCommand proxyCommand,
            @Nullable ReadConsistency readConsistency,
            long queryTimeout,
            @Nullable String targetServers) {
        private static final Extras NONE = new Extras(null, null, -1, null);

        /** These, or the one for texts that have nothing of it. */
        Extras shared() {
            return equals(NONE) ? NONE : this;
        }
    }

    StatementSummary(Kinds kinds, long flags, List<TableName> tables, @Nullable StatementDetail detail, Extras extras) {
        this.kinds = kinds;
        this.flags = flags;
        this.tables = tables;
        this.detail = detail;
        this.extras = extras;
    }

    /** Kind of the first statement. */
    public StatementKind kind() {
        return kinds.first();
    }

    /** Whether another statement follows the first one. */
    public boolean isMulti() {
        return !kinds.ofMulti().isEmpty();
    }

    /** Whether any statement of the text is of this kind. */
    public boolean contains(StatementKind wanted) {
        return kinds.first() == wanted || kinds.ofMulti().contains(wanted);
    }

    public boolean has(StatementFlag flag) {
        return (flags & flag.bit()) != 0;
    }

    /** All flags that are set. */
    public Set<StatementFlag> flags() {
        EnumSet<StatementFlag> set = EnumSet.noneOf(StatementFlag.class);
        for (StatementFlag flag : StatementFlag.values()) {
            if (has(flag)) {
                set.add(flag);
            }
        }
        return set;
    }

    /** The table by which the text is routed: the target of a write, else the first one of FROM. {@code dual} is none. */
    public @Nullable TableName table() {
        return tables.isEmpty() ? null : tables.getFirst();
    }

    /**
     * Distinct tables in the order of the text, of all its statements, without the names of common table expressions; the target of a write
     * stands before the tables of its WITH list. Approximate behind the first: a name of an outer WITH hides an equal table everywhere in the statement, targets of a multi-table DELETE that are only
     * aliases are left out, and at most 64 are listed ({@link StatementFlag#TABLES_OMITTED}). Views of DDL and tables of SHOW are not
     * listed.
     */
    public List<TableName> tables() {
        return tables;
    }

    /** What the first statement says beyond its kind, for the kinds that have a {@link StatementDetail}. */
    public @Nullable StatementDetail detail() {
        return detail;
    }

    /** The command of the proxy that the whole text is, whether or not its arguments are right. */
    public @Nullable ProxyCommand proxyCommand() {
        return extras.proxyCommand();
    }

    /** First hint {@code READ_CONSISTENCY}. */
    public @Nullable ReadConsistency readConsistency() {
        return extras.readConsistency();
    }

    public boolean isWeakReadHint() {
        return extras.readConsistency() == ReadConsistency.WEAK;
    }

    /** First hint {@code QUERY_TIMEOUT} in microseconds, -1 when there is none. */
    public long queryTimeoutMicros() {
        return extras.queryTimeout();
    }

    /**
     * Value of {@code target_db_server} in a comment ahead of the statement: addresses separated by commas, in groups separated by
     * semicolons; null when there is none. It is not checked.
     */
    public @Nullable String targetServers() {
        return extras.targetServers();
    }

    /** Assignments of a SET statement, empty for any other one. */
    public List<SetItem> setItems() {
        return detail instanceof StatementDetail.Assignments(List<SetItem> items) ? items : List.of();
    }

    /** Database of a USE statement. */
    public @Nullable String useDatabase() {
        return detail instanceof StatementDetail.UseDatabase(String database) ? database : null;
    }

    /**
     * Whether every statement of the text provably changes neither data nor session: queries without locks, INTO and assignments that call
     * nothing but known built-in functions; SHOW, DESCRIBE, HELP; EXPLAIN unless it executes something else. What a view does is not seen,
     * and in Oracle mode neither is a function that is called without parentheses. Text that is not closed, or that servers may read in
     * different ways, is never proven.
     */
    public boolean isReadOnly() {
        return has(StatementFlag.READ_ONLY);
    }

    /** BEGIN or START TRANSACTION that is the whole text, so that it may be sent later as it is. */
    public boolean isPlainTransactionStart() {
        return detail instanceof StatementDetail.TransactionStart begin && begin.plain();
    }

    public boolean isSelectForUpdate() {
        return has(StatementFlag.SELECT_FOR_UPDATE);
    }

    public boolean assignsUserVariable() {
        return has(StatementFlag.ASSIGNS_USER_VARIABLE);
    }

    public boolean readsUserVariable() {
        return has(StatementFlag.READS_USER_VARIABLE);
    }

    public boolean readsSystemVariable() {
        return has(StatementFlag.READS_SYSTEM_VARIABLE);
    }

    public boolean usesLastInsertId() {
        return has(StatementFlag.USES_LAST_INSERT_ID);
    }

    /** {@code FROM dual}. */
    public boolean hasDual() {
        return has(StatementFlag.USES_DUAL);
    }

    public boolean storesProgram() {
        return has(StatementFlag.STORES_PROGRAM);
    }

    /**
     * Whether the answer depends on the statement before, or on the server session itself, so that the text must go to the server used
     * last: FOUND_ROWS, ROW_COUNT, CONNECTION_ID, SYS_CONTEXT, SHOW WARNINGS, SHOW ERRORS, SHOW TRACE, and what tells the same as SHOW
     * WARNINGS does.
     */
    public boolean dependsOnLastServer() {
        return (flags & LAST_SERVER) != 0;
    }

    /** Whether a function of named locks is called. */
    public boolean usesLockFunction() {
        return (flags & LOCK_FUNCTIONS) != 0;
    }

    private static final long LAST_SERVER = StatementFlag.USES_FOUND_ROWS.bit()
            | StatementFlag.USES_ROW_COUNT.bit()
            | StatementFlag.USES_CONNECTION_ID.bit()
            | StatementFlag.USES_SYS_CONTEXT.bit()
            | StatementFlag.SHOWS_WARNINGS.bit()
            | StatementFlag.SHOWS_ERRORS.bit()
            | StatementFlag.SHOWS_TRACE.bit();

    private static final long LOCK_FUNCTIONS = StatementFlag.USES_GET_LOCK.bit()
            | StatementFlag.USES_IS_FREE_LOCK.bit()
            | StatementFlag.USES_IS_USED_LOCK.bit()
            | StatementFlag.USES_RELEASE_LOCK.bit()
            | StatementFlag.USES_RELEASE_ALL_LOCKS.bit();

    @Override
    public String toString() {
        return kinds.first() + (isMulti() ? "+" : "") + ' ' + tables + ' ' + flags();
    }
}
