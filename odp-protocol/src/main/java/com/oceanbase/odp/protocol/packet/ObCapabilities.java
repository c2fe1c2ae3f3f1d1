package com.oceanbase.odp.protocol.packet;

/**
 * Bits of OceanBase's own capability word, exchanged as the connection attribute {@code __proxy_capability_flag} and
 * the session variable {@code ob_capability_flag} (obproxy: ob_proxy_lib.h).
 */
public final class ObCapabilities {

    public static final long PARTITION_TABLE = 1L << 0;
    public static final long CHANGE_USER = 1L << 1;
    public static final long READ_WEAK = 1L << 2;
    public static final long CHECKSUM = 1L << 3;
    public static final long SAFE_WEAK_READ = 1L << 4;
    public static final long PRIORITY_HIT = 1L << 5;
    public static final long CHECKSUM_SWITCH = 1L << 6;
    public static final long OCJ_ENABLE_EXTRA_OK_PACKET = 1L << 7;
    public static final long OB_PROTOCOL_V2 = 1L << 8;
    public static final long EXTRA_OK_PACKET_FOR_STATISTICS = 1L << 9;
    public static final long ABUNDANT_FEEDBACK = 1L << 10;
    public static final long PL_ROUTE = 1L << 11;
    public static final long PROXY_REROUTE = 1L << 12;
    public static final long PROXY_SESSION_SYNC = 1L << 13;
    public static final long PROXY_FULL_LINK_TRACING = 1L << 14;
    public static final long PROXY_NEW_EXTRA_INFO = 1L << 15;
    public static final long PROXY_SESSION_VAR_SYNC = 1L << 16;
    public static final long PROXY_READ_STALE_FEEDBACK = 1L << 17;
    public static final long PROXY_FULL_LINK_TRACING_EXT = 1L << 18;
    public static final long SERVER_DUP_SESS_INFO_SYNC = 1L << 19;
    public static final long LOCAL_FILES = 1L << 20;
    public static final long ENABLE_CLIENT_SESSION_ID_V2 = 1L << 21;
    public static final long OB_PROTOCOL_V2_COMPRESS = 1L << 22;
    public static final long FEEDBACK_PROXY = 1L << 23;

    /** What obproxy offers by default; both sides' words are masked with it. */
    public static final long DEFAULT = 0xEBBB5FL;

    private static final BitNames NAMES = new BitNames(
            "PARTITION_TABLE",
            "CHANGE_USER",
            "READ_WEAK",
            "CHECKSUM",
            "SAFE_WEAK_READ",
            "PRIORITY_HIT",
            "CHECKSUM_SWITCH",
            "OCJ_ENABLE_EXTRA_OK_PACKET",
            "OB_PROTOCOL_V2",
            "EXTRA_OK_PACKET_FOR_STATISTICS",
            "ABUNDANT_FEEDBACK",
            "PL_ROUTE",
            "PROXY_REROUTE",
            "PROXY_SESSION_SYNC",
            "PROXY_FULL_LINK_TRACING",
            "PROXY_NEW_EXTRA_INFO",
            "PROXY_SESSION_VAR_SYNC",
            "PROXY_READ_STALE_FEEDBACK",
            "PROXY_FULL_LINK_TRACING_EXT",
            "SERVER_DUP_SESS_INFO_SYNC",
            "LOCAL_FILES",
            "ENABLE_CLIENT_SESSION_ID_V2",
            "OB_PROTOCOL_V2_COMPRESS",
            "FEEDBACK_PROXY");

    private ObCapabilities() {}

    public static boolean has(long capabilities, long bit) {
        return (capabilities & bit) != 0;
    }

    /** The names of the set bits, joined by a vertical bar, for logs and diagnosis. */
    public static String toText(long capabilities) {
        return NAMES.toText(capabilities);
    }
}
