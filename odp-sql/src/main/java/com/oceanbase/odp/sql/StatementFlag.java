package com.oceanbase.odp.sql;

/** What a text says about its effects and needs, apart from its kind. A flag is set when any statement of the text shows it. */
public enum StatementFlag {
    /** {@code FOR UPDATE} of a query. */
    SELECT_FOR_UPDATE,
    /** {@code FOR SHARE} or {@code LOCK IN SHARE MODE} of a query. */
    SELECT_FOR_SHARE,
    /** {@code @x := ..}, {@code SELECT .. INTO @x}, {@code SET @x = ..}, variables that {@code LOAD DATA} fills. */
    ASSIGNS_USER_VARIABLE,
    READS_USER_VARIABLE,
    READS_SYSTEM_VARIABLE,
    USES_FOUND_ROWS,
    USES_ROW_COUNT,
    /** {@code LAST_INSERT_ID(..)}, {@code @@last_insert_id}, {@code @@identity}. */
    USES_LAST_INSERT_ID,
    USES_CONNECTION_ID,
    USES_SYS_CONTEXT,
    USES_SLEEP,
    USES_GET_LOCK,
    USES_IS_FREE_LOCK,
    USES_IS_USED_LOCK,
    USES_RELEASE_LOCK,
    USES_RELEASE_ALL_LOCKS,
    SQL_CALC_FOUND_ROWS,
    /** {@code SHOW WARNINGS}, {@code SHOW COUNT(*) WARNINGS}, {@code @@warning_count}, {@code GET DIAGNOSTICS}. */
    SHOWS_WARNINGS,
    /** {@code SHOW ERRORS}, {@code SHOW COUNT(*) ERRORS}, {@code @@error_count}. */
    SHOWS_ERRORS,
    SHOWS_TRACE,
    CREATES_TEMPORARY_TABLE,
    DROPS_TEMPORARY_TABLE,
    /** {@code SET TRANSACTION} without a scope: holds for the next transaction only. */
    SETS_NEXT_TRANSACTION,
    SETS_SESSION_TRANSACTION,
    SELECTS_INTO_FILE,
    /** {@code SELECT .. INTO} anything, or {@code EXPLAIN INTO}. */
    SELECTS_INTO,
    LOADS_LOCAL_FILE,
    /** {@code CREATE PROCEDURE}, {@code FUNCTION}, {@code TRIGGER}, {@code EVENT}, {@code PACKAGE}, {@code TYPE}. */
    STORES_PROGRAM,
    /** Calls something that is not known to be free of side effects: a stored function, a sequence, a lock function. */
    CALLS_UNKNOWN_FUNCTION,
    /** {@code FROM dual}. */
    USES_DUAL,
    /** A table on a database link ({@code t@link}). */
    USES_DATABASE_LINK,
    HINT_TRACE_LOG,
    /** Has to do with the binlog service: {@code SHOW MASTER STATUS}, {@code PURGE BINARY LOGS}, .. */
    BINLOG_SERVICE,
    /** More tables were named than are listed. */
    TABLES_OMITTED,
    /** A string, quoted name, comment or parenthesis is not closed. */
    UNTERMINATED,
    /**
     * A statement with others behind it may change what names and values mean in these: USE, SET of a time zone, CALL and
     * what else is not known to be harmless.
     */
    CHANGES_MEANING,
    /** Nothing but what a read does; see {@link StatementSummary#isReadOnly()}. */
    READ_ONLY;

    long bit() {
        return 1L << ordinal();
    }
}
