package com.oceanbase.odp.protocol.ob20;

/** Items of {@link ExtraInfoType#FEEDBACK_PROXY_INFO} (obproxy ob_2_0_protocol_struct.h, FeedbackProxyInfoType). */
public enum FeedbackType {
    /** Text {@code 1}: the session holds something on this server and must stay there. */
    IS_LOCK_SESSION(0);

    private final int code;

    FeedbackType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
