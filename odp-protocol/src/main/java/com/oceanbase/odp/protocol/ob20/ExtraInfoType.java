package com.oceanbase.odp.protocol.ob20;

import org.jspecify.annotations.Nullable;

/**
 * What extra info may hold: numbers in the new form and names in the old one (obproxy ob_2_0_protocol_struct.h,
 * Ob20NewExtraInfoProtocolKeyType and the names above it). Types below 1000 belong to drivers.
 */
public enum ExtraInfoType {
    /** Server to proxy: items of {@link FeedbackType}. */
    FEEDBACK_PROXY_INFO(1001, null),
    /** Proxy to server: text {@code client_ip=ADDRESS}. */
    TRACE_INFO(2001, "ob_trace_info"),
    /** Both ways: items of {@link SessionInfoType}, opaque to the proxy. */
    SESS_INFO(2002, "sess_inf"),
    /** Both ways: items of {@link FullTraceType}. */
    FULL_TRC(2003, "full_trc"),
    /** Proxy to server: items 1 address, 2 server session id (4), 3 proxy session id (8). */
    SESS_INFO_VERI(2004, "sess_ver");

    private final int code;
    private final @Nullable String oldName;

    ExtraInfoType(int code, @Nullable String oldName) {
        this.code = code;
        this.oldName = oldName;
    }

    /** Its number in the new form. */
    public int code() {
        return code;
    }

    /** Its name in the old form, null if it came later. */
    public @Nullable String oldName() {
        return oldName;
    }

    /** The type of that number, null if this proxy does not know it. */
    public static @Nullable ExtraInfoType of(int code) {
        for (ExtraInfoType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    /** The type of that name, null if this proxy does not know it. */
    public static @Nullable ExtraInfoType of(String oldName) {
        for (ExtraInfoType type : values()) {
            if (oldName.equals(type.oldName)) {
                return type;
            }
        }
        return null;
    }
}
