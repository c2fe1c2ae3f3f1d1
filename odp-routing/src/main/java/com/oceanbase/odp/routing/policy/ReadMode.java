package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.SessionPreferences.Consistency;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.SessionView.TransactionPhase;
import com.oceanbase.odp.sql.ReadConsistency;
import com.oceanbase.odp.sql.StatementFlag;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import org.jspecify.annotations.Nullable;

/**
 * Whether a statement may be answered with data that are a little old (original: ob_mysql_transact.cpp:267-404). The
 * first that says something decides: the hint, {@code ob_read_consistency} of the session,
 * {@code obproxy_read_consistency}, {@code enable_read_write_split}. What locks rows is never weak, wherever FOR UPDATE
 * stands in the text.
 */
final class ReadMode {
    private ReadMode() {}

    static boolean isWeak(@Nullable StatementSummary statement, SessionView session, RoutingRules rules) {
        if (statement == null || !isQuery(statement)) {
            return false;
        }
        ReadConsistency hint = statement.readConsistency();
        if (hint != null && hint != ReadConsistency.FROZEN) {
            return hint == ReadConsistency.WEAK;
        }
        return session.preferences().consistency() == Consistency.WEAK
                || rules.switches().weakByDefault()
                || isSplit(statement, session, rules);
    }

    private static boolean isQuery(StatementSummary statement) {
        return (statement.kind() == StatementKind.SELECT || statement.kind() == StatementKind.TABLE)
                && !statement.isMulti()
                && !statement.has(StatementFlag.SELECT_FOR_UPDATE)
                && !statement.has(StatementFlag.SELECT_FOR_SHARE);
    }

    /** A transaction that has begun reads what it wrote; and what is not proven to be a mere read goes to the leader. */
    private static boolean isSplit(StatementSummary statement, SessionView session, RoutingRules rules) {
        return rules.switches().split()
                && session.transaction() == TransactionPhase.NONE
                && (session.isAutocommit() || rules.switches().splitTransactions())
                && statement.isReadOnly();
    }

    /** Whether nothing but {@code enable_read_write_split} makes the statement a weak read, so that no server knows. */
    static boolean isWeakBySplitOnly(@Nullable StatementSummary statement, SessionView session, RoutingRules rules) {
        if (!rules.switches().split() || statement == null || !isQuery(statement)) {
            return false;
        }
        ReadConsistency hint = statement.readConsistency();
        return (hint == null || hint == ReadConsistency.FROZEN)
                && session.preferences().consistency() != Consistency.WEAK
                && isSplit(statement, session, rules);
    }

    /** Whether a statement may go to a zone that only serves reads when there is one. */
    static boolean mayUseReadOnlyZone(@Nullable StatementSummary statement, boolean weak) {
        if (statement == null || weak) {
            return true;
        }
        return switch (statement.kind()) {
            case SELECT -> statement.table() == null;
            case SET, USE, HELP, SHOW -> true;
            default -> false;
        };
    }
}
