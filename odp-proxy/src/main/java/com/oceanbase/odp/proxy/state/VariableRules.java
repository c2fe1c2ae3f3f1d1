package com.oceanbase.odp.proxy.state;

import java.util.Set;

/**
 * System variables that the session track reports and that are not ordinary session state. Source: obproxy
 * ob_session_field_mgr.cpp and ob_proxy_session_info_handler.cpp; session-variables table of the product.
 */
final class VariableRules {
    /** Tells whether the request went to the leader of its partition. */
    static final String PARTITION_HIT = "ob_proxy_partition_hit";
    /** A SET TRANSACTION waits for the next transaction. */
    static final String SET_TRANSACTION_PENDING = "ob_proxy_set_trx_executed";
    /** The session uses temporary tables. */
    static final String TEMPORARY_TABLE_USED = "_ob_proxy_session_temporary_table_used";
    /** Trace id of the statement, for logs. */
    static final String TRACE_ID = "ob_statement_trace_id";

    /** OceanBase capability word of the server. */
    static final String CAPABILITY_FLAG = "ob_capability_flag";
    /** Mask of the account's privileges. */
    static final String USER_PRIVILEGE = "ob_proxy_user_privilege";

    /** How new the data of a weak read were; set before one, how new they have to be. */
    static final String SAFE_SNAPSHOT = "ob_safe_weak_read_snapshot";

    static final String LAST_INSERT_ID = "last_insert_id";

    /** 1 FROZEN, 2 WEAK, 3 STRONG. */
    static final String READ_CONSISTENCY = "ob_read_consistency";

    static final String CONSISTENCY_WEAK = "2";
    static final String CONSISTENCY_STRONG = "3";

    /** Reported to the proxy, never part of what a client can set. */
    private static final Set<String> SERVER_TO_PROXY = Set.of(
            PARTITION_HIT,
            SET_TRANSACTION_PENDING,
            TEMPORARY_TABLE_USED,
            TRACE_ID,
            "ob_proxy_global_variables_version",
            USER_PRIVILEGE,
            CAPABILITY_FLAG,
            "_ob_proxy_weakread_feedback",
            "ob_client_reroute_info",
            SAFE_SNAPSHOT,
            "_min_cluster_version");

    /** Follow the current database, or another variable, on every server by themselves. */
    private static final Set<String> DERIVED =
            Set.of("character_set_database", "collation_database", "_current_default_catalog", "identity");

    /** Changed often: replayed as a group of their own so that the usual SET stays short. */
    private static final Set<String> HOT =
            Set.of("autocommit", "ob_log_level", "ob_query_timeout", "ob_last_schema_version");

    /** Decide how the bytes of a statement's strings are read. */
    private static final Set<String> READING_OF_TEXT =
            Set.of("sql_mode", "character_set_client", "character_set_connection", "collation_connection");

    private VariableRules() {}

    /** Whether a change of the variable is session state that other servers must learn. */
    static boolean isSessionState(String name) {
        return !SERVER_TO_PROXY.contains(name) && !DERIVED.contains(name);
    }

    static boolean changesReadingOfText(String name) {
        return READING_OF_TEXT.contains(name);
    }

    static boolean isHot(String name) {
        return HOT.contains(name);
    }
}
