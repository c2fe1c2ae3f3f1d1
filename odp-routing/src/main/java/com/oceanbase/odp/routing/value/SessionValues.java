package com.oceanbase.odp.routing.value;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What of a session decides how values are computed. Immutable; one is kept per session and replaced when something changes, apart from the clock,
 * which is asked for.
 *
 * @param oracle the tenant is in Oracle mode
 * @param modes flags of {@code sql_mode}
 * @param timeZone {@code time_zone}; null if it is a name that is not known here
 * @param clientCollation default collation of {@code character_set_client}, in which the text is written
 * @param connectionCollation {@code collation_connection}
 * @param nls formats of Oracle mode
 * @param userVariables values of {@code @name}, names in lower case
 * @param systemVariables values of {@code @@name}, names in lower case
 * @param clock start of the statement on the server; null if functions of the clock are not to be computed
 */
public record SessionValues(
        boolean oracle,
        Modes modes,
        @Nullable ZoneId timeZone,
        Collation clientCollation,
        Collation connectionCollation,
        NlsFormats nls,
        Variables userVariables,
        Variables systemVariables,
        @Nullable StatementClock clock) {

    /** MySQL mode with defaults: UTC, utf8mb4_general_ci, no variables, no clock. */
    public static final SessionValues MYSQL = new SessionValues(
            false,
            Modes.DEFAULT,
            ZoneOffset.UTC,
            Collation.UTF8MB4_GENERAL_CI,
            Collation.UTF8MB4_GENERAL_CI,
            NlsFormats.DEFAULT,
            name -> null,
            name -> null,
            null);

    /** Oracle mode with defaults. */
    public static final SessionValues ORACLE = new SessionValues(
            true,
            Modes.DEFAULT,
            ZoneOffset.UTC,
            Collation.UTF8MB4_BIN,
            Collation.UTF8MB4_BIN,
            NlsFormats.DEFAULT,
            name -> null,
            name -> null,
            null);

    /** Looks up a variable by its name in lower case. */
    @FunctionalInterface
    public interface Variables {
        /** The value; null if it is not known. A variable that was never set is NULL. */
        @Nullable
        SqlValue value(String name);
    }

    /** When the statement started on the server. */
    @FunctionalInterface
    public interface StatementClock {
        Instant now();
    }

    /**
     * Flags of {@code sql_mode}.
     *
     * @param strict STRICT_ALL_TABLES or STRICT_TRANS_TABLES
     */
    public record Modes(
            boolean strict,
            boolean ansiQuotes,
            boolean noBackslashEscapes,
            boolean pipesAsConcat,
            boolean noZeroDate,
            boolean noZeroInDate,
            boolean allowInvalidDates,
            boolean noUnsignedSubtraction,
            boolean padCharToFullLength) {
        /** STRICT_ALL_TABLES, NO_ZERO_IN_DATE. */
        public static final Modes DEFAULT = new Modes(true, false, false, false, false, true, false, false, false);

        /** The same without strictness. */
        public Modes lenient() {
            return new Modes(
                    false,
                    ansiQuotes,
                    noBackslashEscapes,
                    pipesAsConcat,
                    noZeroDate,
                    noZeroInDate,
                    allowInvalidDates,
                    noUnsignedSubtraction,
                    padCharToFullLength);
        }

        /** Reads a value of {@code sql_mode}: names separated by commas. */
        public static Modes parse(String sqlMode) {
            String list = "," + sqlMode.toUpperCase(java.util.Locale.ROOT).replace(" ", "") + ",";
            boolean traditional = list.contains(",TRADITIONAL,");
            boolean ansi = list.contains(",ANSI,");
            return new Modes(
                    traditional || list.contains(",STRICT_ALL_TABLES,") || list.contains(",STRICT_TRANS_TABLES,"),
                    ansi || list.contains(",ANSI_QUOTES,"),
                    list.contains(",NO_BACKSLASH_ESCAPES,"),
                    ansi || list.contains(",PIPES_AS_CONCAT,"),
                    traditional || list.contains(",NO_ZERO_DATE,"),
                    traditional || list.contains(",NO_ZERO_IN_DATE,"),
                    list.contains(",ALLOW_INVALID_DATES,"),
                    list.contains(",NO_UNSIGNED_SUBTRACTION,"),
                    list.contains(",PAD_CHAR_TO_FULL_LENGTH,"));
        }
    }

    /**
     * {@code nls_…_format} variables.
     *
     * @param date nls_date_format
     * @param timestamp nls_timestamp_format
     * @param timestampTz nls_timestamp_tz_format
     */
    public record NlsFormats(String date, String timestamp, String timestampTz) {
        /** Defaults of a tenant in Oracle mode. */
        public static final NlsFormats DEFAULT =
                new NlsFormats("DD-MON-RR", "DD-MON-RR HH.MI.SSXFF AM", "DD-MON-RR HH.MI.SSXFF AM TZR");
    }

    public SessionValues withModes(Modes newModes) {
        return new SessionValues(
                oracle,
                newModes,
                timeZone,
                clientCollation,
                connectionCollation,
                nls,
                userVariables,
                systemVariables,
                clock);
    }

    public SessionValues withTimeZone(@Nullable ZoneId zone) {
        return new SessionValues(
                oracle, modes, zone, clientCollation, connectionCollation, nls, userVariables, systemVariables, clock);
    }

    public SessionValues withCollations(Collation client, Collation connection) {
        return new SessionValues(
                oracle, modes, timeZone, client, connection, nls, userVariables, systemVariables, clock);
    }

    public SessionValues withNls(NlsFormats formats) {
        return new SessionValues(
                oracle,
                modes,
                timeZone,
                clientCollation,
                connectionCollation,
                formats,
                userVariables,
                systemVariables,
                clock);
    }

    public SessionValues withVariables(Variables user, Variables system) {
        return new SessionValues(
                oracle, modes, timeZone, clientCollation, connectionCollation, nls, user, system, clock);
    }

    public SessionValues withClock(@Nullable StatementClock newClock) {
        return new SessionValues(
                oracle,
                modes,
                timeZone,
                clientCollation,
                connectionCollation,
                nls,
                userVariables,
                systemVariables,
                newClock);
    }
}
