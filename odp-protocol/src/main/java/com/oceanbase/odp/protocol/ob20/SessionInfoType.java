package com.oceanbase.odp.protocol.ob20;

/** Items of {@link ExtraInfoType#SESS_INFO} (obproxy ob_2_0_protocol_struct.h, SessionSyncInfoType). */
public enum SessionInfoType {
    APPLICATION_INFO(0),
    APPLICATION_CONTEXT(1),
    CLIENT_ID(2),
    /** Control of full-link tracing. */
    CONTROL_INFO(3),
    SYSTEM_VARIABLES(4),
    TRANSACTION_STATIC(5),
    TRANSACTION_DYNAMIC(6),
    TRANSACTION_PARTICIPANTS(7),
    TRANSACTION_EXTRA(8);

    private final int code;

    SessionInfoType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
