package com.oceanbase.odp.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is found in a text, statement by statement. */
final class SummaryBuilder {
    /** More tables than these are not listed. */
    static final int MOST_TABLES = 64;

    private static final long WRITES = StatementFlag.SELECT_FOR_UPDATE.bit()
            | StatementFlag.SELECT_FOR_SHARE.bit()
            | StatementFlag.ASSIGNS_USER_VARIABLE.bit()
            | StatementFlag.SELECTS_INTO.bit()
            | StatementFlag.CALLS_UNKNOWN_FUNCTION.bit();

    /** What EXPLAIN may execute although it only explains: derived tables, and the storing of the plan. */
    private static final long EXPLAIN_WRITES = StatementFlag.ASSIGNS_USER_VARIABLE.bit()
            | StatementFlag.SELECTS_INTO.bit()
            | StatementFlag.CALLS_UNKNOWN_FUNCTION.bit();

    private StatementKind kind = StatementKind.EMPTY;
    private StatementKind firstKind = StatementKind.EMPTY;
    private long flags;
    private long statementFlags;
    private boolean readOnly = true;
    private boolean multi;
    private @Nullable EnumSet<StatementKind> kinds;
    private final List<TableName> tables = new ArrayList<>(2);
    private int earlierTables;
    private boolean targetFollows;
    private @Nullable StatementDetail detail;
    private @Nullable StatementDetail statementDetail;
    private @Nullable ProxyCommand proxyCommand;
    private @Nullable ReadConsistency readConsistency;
    private long queryTimeout = -1;
    private @Nullable String targetServers;

    StatementKind kind() {
        return kind;
    }

    void kind(StatementKind value) {
        kind = value;
    }

    void flag(StatementFlag flag) {
        statementFlags |= flag.bit();
    }

    void detail(StatementDetail value) {
        statementDetail = value;
    }

    void proxyCommand(ProxyCommand.Type type, List<ProxyCommand.Argument> arguments) {
        if (!multi) {
            proxyCommand = new ProxyCommand(type, List.copyOf(arguments));
        }
    }

    void readConsistency(ReadConsistency value) {
        if (readConsistency == null) {
            readConsistency = value;
        }
    }

    void queryTimeout(long micros) {
        if (queryTimeout < 0) {
            queryTimeout = micros;
        }
    }

    void targetServers(@Nullable String value) {
        targetServers = value;
    }

    /** The next table is the one by which the statement is routed, unless a statement before it has one. */
    void targetFollows() {
        targetFollows = !multi;
    }

    void table(TableName table) {
        if (targetFollows) {
            targetFollows = false;
            tables.remove(table);
            tables.addFirst(table);
            return;
        }
        if (tables.contains(table)) {
            return;
        }
        if (tables.size() >= MOST_TABLES) {
            flag(StatementFlag.TABLES_OMITTED);
        } else {
            tables.add(table);
        }
    }

    /** Forgets the tables of this statement. */
    void dropTables() {
        tables.subList(Math.min(earlierTables, tables.size()), tables.size()).clear();
    }

    /** The statement is complete; another one follows if {@code more}. */
    void endStatement(boolean more) {
        readOnly &= isReadOnly();
        flags |= statementFlags;
        if (more && MeaningChange.isPossibleBy(kind, statementDetail, statementFlags)) {
            flags |= StatementFlag.CHANGES_MEANING.bit();
        }
        if (multi && kinds != null) {
            kinds.add(kind);
        } else {
            firstKind = kind;
            detail = statementDetail;
        }
        if (more && !multi) {
            multi = true;
            kinds = EnumSet.of(kind);
        }
        kind = StatementKind.OTHER;
        earlierTables = tables.size();
        targetFollows = false;
        statementFlags = 0;
        statementDetail = null;
    }

    private boolean isReadOnly() {
        return switch (kind) {
            case EMPTY -> true;
            case SELECT, TABLE, VALUES, SHOW, DESCRIBE, HELP -> (statementFlags & WRITES) == 0;
            case EXPLAIN -> isExplainReadOnly();
            default -> false;
        };
    }

    private boolean isExplainReadOnly() {
        if (!(statementDetail instanceof StatementDetail.Explained explained)) {
            return false;
        }
        if (!explained.analyze()) {
            return (statementFlags & EXPLAIN_WRITES) == 0;
        }
        return switch (explained.kind()) {
            case SELECT, TABLE, VALUES -> (statementFlags & WRITES) == 0;
            default -> false;
        };
    }

    /**
     * @param malformed something is not terminated, or left open
     * @param ambiguous servers do not agree on what of the text is a comment
     */
    StatementSummary build(boolean malformed, boolean ambiguous) {
        boolean certain = !malformed && !ambiguous;
        long all = flags | (readOnly && certain ? StatementFlag.READ_ONLY.bit() : 0);
        all |= malformed ? StatementFlag.UNTERMINATED.bit() : 0;
        if ((multi || !certain) && detail instanceof StatementDetail.TransactionStart begin) {
            detail = new StatementDetail.TransactionStart(begin.access(), begin.consistentSnapshot(), false);
        }
        if (!certain && detail instanceof StatementDetail.TransactionEnd) {
            detail = null;
        }
        StatementSummary.Extras extras = new StatementSummary.Extras(
                        multi ? null : proxyCommand, readConsistency, queryTimeout, targetServers)
                .shared();
        StatementSummary.Kinds found = kinds == null
                ? StatementSummary.Kinds.single(firstKind)
                : new StatementSummary.Kinds(firstKind, Set.copyOf(kinds));
        return new StatementSummary(found, all, List.copyOf(tables), detail, extras);
    }
}
