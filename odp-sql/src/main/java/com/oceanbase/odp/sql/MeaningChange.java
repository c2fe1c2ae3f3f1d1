package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.StatementDetail.Assignments;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a statement may change what names and values in the statements behind it, in the same text, mean: the current
 * database, the time zone, how text is read. What user variables hold is not meant. What is not known to be harmless
 * counts as a change.
 */
final class MeaningChange {
    /** Variables that clients set often, and that have no part in reading or computing values. */
    private static final Set<String> HARMLESS = Set.of(
            "autocommit",
            "tx_isolation",
            "transaction_isolation",
            "tx_read_only",
            "transaction_read_only",
            "foreign_key_checks",
            "unique_checks",
            "sql_log_bin",
            "sql_notes",
            "sql_warnings",
            "sql_safe_updates",
            "sql_select_limit",
            "wait_timeout",
            "interactive_timeout",
            "net_read_timeout",
            "net_write_timeout",
            "lock_wait_timeout",
            "innodb_lock_wait_timeout",
            "max_execution_time",
            "group_concat_max_len",
            "auto_increment_increment",
            "auto_increment_offset",
            "profiling",
            "ob_query_timeout",
            "ob_trx_timeout",
            "ob_trx_idle_timeout",
            "ob_trx_lock_timeout",
            "ob_read_consistency",
            "ob_route_policy",
            "ob_log_level",
            "ob_trace_info",
            "ob_enable_trace_log",
            "ob_enable_plan_cache",
            "ob_enable_transformation",
            "last_insert_id",
            "identity",
            "insert_id");

    private static final long UNKNOWN_CODE = StatementFlag.CALLS_UNKNOWN_FUNCTION.bit();

    private MeaningChange() {}

    static boolean isPossibleBy(StatementKind kind, @Nullable StatementDetail detail, long flags) {
        return switch (kind) {
            case EMPTY,
                    SHOW,
                    DESCRIBE,
                    HELP,
                    BEGIN,
                    START_TRANSACTION,
                    COMMIT,
                    ROLLBACK,
                    SAVEPOINT,
                    ROLLBACK_TO,
                    RELEASE_SAVEPOINT,
                    LOCK_TABLES,
                    UNLOCK_TABLES -> false;
            case SELECT, TABLE, VALUES, EXPLAIN, INSERT, REPLACE, UPDATE, DELETE -> (flags & UNKNOWN_CODE) != 0;
            case SET -> !(detail instanceof Assignments assignments) || isPossibleBy(assignments);
            default -> true;
        };
    }

    private static boolean isPossibleBy(Assignments assignments) {
        for (SetItem item : assignments.items()) {
            boolean harmless = switch (item.scope()) {
                case SESSION, LOCAL -> HARMLESS.contains(item.name().toLowerCase(Locale.ROOT));
                case USER_VARIABLE, GLOBAL, PERSIST_ONLY, TRANSACTION, SESSION_TRANSACTION, GLOBAL_TRANSACTION -> true;
                default -> false;
            };
            if (!harmless) {
                return true;
            }
        }
        return false;
    }
}
