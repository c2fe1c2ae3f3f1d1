package com.oceanbase.odp.protocol.packet;

/** Bits of the status word in OK and EOF packets (MySQL: mysql_com.h, SERVER_STATUS_flags_enum). */
public final class ServerStatus {

    public static final int IN_TRANS = 0x0001;
    public static final int AUTOCOMMIT = 0x0002;

    /** MySQL leaves this bit unused; OceanBase marks a tenant of Oracle mode with it in the OK of a login. */
    public static final int ORACLE_MODE = 0x0004;

    public static final int MORE_RESULTS = 0x0008;
    public static final int NO_GOOD_INDEX_USED = 0x0010;
    public static final int NO_INDEX_USED = 0x0020;
    public static final int CURSOR_EXISTS = 0x0040;
    public static final int LAST_ROW_SENT = 0x0080;
    public static final int DB_DROPPED = 0x0100;
    public static final int NO_BACKSLASH_ESCAPES = 0x0200;
    public static final int METADATA_CHANGED = 0x0400;
    public static final int QUERY_WAS_SLOW = 0x0800;
    public static final int PS_OUT_PARAMS = 0x1000;
    public static final int IN_TRANS_READONLY = 0x2000;
    public static final int SESSION_STATE_CHANGED = 0x4000;

    private static final BitNames NAMES = new BitNames(
            "IN_TRANS",
            "AUTOCOMMIT",
            "ORACLE_MODE",
            "MORE_RESULTS",
            "NO_GOOD_INDEX_USED",
            "NO_INDEX_USED",
            "CURSOR_EXISTS",
            "LAST_ROW_SENT",
            "DB_DROPPED",
            "NO_BACKSLASH_ESCAPES",
            "METADATA_CHANGED",
            "QUERY_WAS_SLOW",
            "PS_OUT_PARAMS",
            "IN_TRANS_READONLY",
            "SESSION_STATE_CHANGED");

    private ServerStatus() {}

    public static boolean has(int status, int bit) {
        return (status & bit) != 0;
    }

    /** The names of the set bits, joined by a vertical bar. */
    public static String toText(int status) {
        return NAMES.toText(status);
    }
}
