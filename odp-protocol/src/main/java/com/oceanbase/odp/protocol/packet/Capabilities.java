package com.oceanbase.odp.protocol.packet;

/**
 * Capability bits of the MySQL handshake (MySQL: mysql_com.h). Bit 27 is OceanBase's mark of a driver that supports
 * Oracle tenants (obproxy: ob_mysql_packet.h), where MySQL has CLIENT_QUERY_ATTRIBUTES; one name serves for both.
 */
public final class Capabilities {

    public static final long LONG_PASSWORD = 1L << 0;
    public static final long FOUND_ROWS = 1L << 1;
    public static final long LONG_FLAG = 1L << 2;
    public static final long CONNECT_WITH_DB = 1L << 3;
    public static final long NO_SCHEMA = 1L << 4;
    public static final long COMPRESS = 1L << 5;
    public static final long ODBC = 1L << 6;
    public static final long LOCAL_FILES = 1L << 7;
    public static final long IGNORE_SPACE = 1L << 8;
    public static final long PROTOCOL_41 = 1L << 9;
    public static final long INTERACTIVE = 1L << 10;
    public static final long SSL = 1L << 11;
    public static final long IGNORE_SIGPIPE = 1L << 12;
    public static final long TRANSACTIONS = 1L << 13;
    public static final long RESERVED = 1L << 14;
    public static final long SECURE_CONNECTION = 1L << 15;
    public static final long MULTI_STATEMENTS = 1L << 16;
    public static final long MULTI_RESULTS = 1L << 17;
    public static final long PS_MULTI_RESULTS = 1L << 18;
    public static final long PLUGIN_AUTH = 1L << 19;
    public static final long CONNECT_ATTRS = 1L << 20;
    public static final long PLUGIN_AUTH_LENENC_CLIENT_DATA = 1L << 21;
    public static final long CAN_HANDLE_EXPIRED_PASSWORDS = 1L << 22;
    public static final long SESSION_TRACK = 1L << 23;
    public static final long DEPRECATE_EOF = 1L << 24;
    public static final long OPTIONAL_RESULTSET_METADATA = 1L << 25;
    public static final long ZSTD_COMPRESSION_ALGORITHM = 1L << 26;
    public static final long SUPPORT_ORACLE_MODE = 1L << 27;
    public static final long MULTI_FACTOR_AUTHENTICATION = 1L << 28;
    public static final long CAPABILITY_EXTENSION = 1L << 29;
    public static final long SSL_VERIFY_SERVER_CERT = 1L << 30;
    public static final long REMEMBER_OPTIONS = 1L << 31;

    private static final BitNames NAMES = new BitNames(
            "LONG_PASSWORD",
            "FOUND_ROWS",
            "LONG_FLAG",
            "CONNECT_WITH_DB",
            "NO_SCHEMA",
            "COMPRESS",
            "ODBC",
            "LOCAL_FILES",
            "IGNORE_SPACE",
            "PROTOCOL_41",
            "INTERACTIVE",
            "SSL",
            "IGNORE_SIGPIPE",
            "TRANSACTIONS",
            "RESERVED",
            "SECURE_CONNECTION",
            "MULTI_STATEMENTS",
            "MULTI_RESULTS",
            "PS_MULTI_RESULTS",
            "PLUGIN_AUTH",
            "CONNECT_ATTRS",
            "PLUGIN_AUTH_LENENC_CLIENT_DATA",
            "CAN_HANDLE_EXPIRED_PASSWORDS",
            "SESSION_TRACK",
            "DEPRECATE_EOF",
            "OPTIONAL_RESULTSET_METADATA",
            "ZSTD_COMPRESSION_ALGORITHM",
            "SUPPORT_ORACLE_MODE",
            "MULTI_FACTOR_AUTHENTICATION",
            "CAPABILITY_EXTENSION",
            "SSL_VERIFY_SERVER_CERT",
            "REMEMBER_OPTIONS");

    private Capabilities() {}

    public static boolean has(long capabilities, long bit) {
        return (capabilities & bit) != 0;
    }

    /** The names of the set bits, joined by a vertical bar, for logs and diagnosis. */
    public static String toText(long capabilities) {
        return NAMES.toText(capabilities);
    }
}
