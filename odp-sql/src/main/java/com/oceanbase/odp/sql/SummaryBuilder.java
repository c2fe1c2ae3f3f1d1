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

    private StatementKind kind = StatementKind.EMPTY;
    private StatementKind firstKind = StatementKind.EMPTY;
    private long flags;
    private long statementFlags;
    private boolean readOnly = true;
    private boolean multi;
    private @Nullable EnumSet<StatementKind> kinds;
    private final List<TableName> tables = new ArrayList<>(2);
    private int earlierTables;
    private @Nullable StatementDetail detail;
    private @Nullable StatementDetail statementDetail;
    private @Nullable ProxyCommand proxyCommand;
    private @Nullable ReadConsistency readConsistency;
    private long queryTimeout = -1;

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

    void table(TableName table) {
        if (tables.contains(table)) {
            return;
        }
        if (tables.size() == MOST_TABLES) {
            flag(StatementFlag.TABLES_OMITTED);
        } else {
            tables.add(table);
        }
    }

    /** Forgets the tables of this statement. */
    void dropTables() {
        tables.subList(earlierTables, tables.size()).clear();
    }

    /** The statement is complete; another one follows if {@code more}. */
    void endStatement(boolean more) {
        readOnly &= isReadOnly();
        flags |= statementFlags;
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
        statementFlags = 0;
        statementDetail = null;
    }

    private boolean isReadOnly() {
        return switch (kind) {
            case EMPTY, DESCRIBE, HELP -> true;
            case SELECT, TABLE, VALUES, SHOW -> (statementFlags & WRITES) == 0;
            case EXPLAIN -> isExplainReadOnly();
            default -> false;
        };
    }

    private boolean isExplainReadOnly() {
        if (!(statementDetail instanceof StatementDetail.Explained explained)) {
            return false;
        }
        if (!explained.analyze()) {
            return (statementFlags & StatementFlag.SELECTS_INTO.bit()) == 0;
        }
        return switch (explained.kind()) {
            case SELECT, TABLE, VALUES -> (statementFlags & WRITES) == 0;
            default -> false;
        };
    }

    /** @param malformed something is not terminated, or left open */
    StatementSummary build(boolean malformed) {
        long all = flags | (readOnly && !malformed ? StatementFlag.READ_ONLY.bit() : 0);
        all |= malformed ? StatementFlag.UNTERMINATED.bit() : 0;
        if ((multi || malformed) && detail instanceof StatementDetail.TransactionStart begin) {
            detail = new StatementDetail.TransactionStart(begin.access(), begin.consistentSnapshot(), false);
        }
        ProxyCommand command = multi ? null : proxyCommand;
        Set<StatementKind> several = kinds == null ? Set.of() : Set.copyOf(kinds);
        return new StatementSummary(
                new StatementSummary.Kinds(firstKind, several),
                all,
                List.copyOf(tables),
                detail,
                command,
                new StatementSummary.Hints(readConsistency, queryTimeout));
    }
}
