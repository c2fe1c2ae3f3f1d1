package com.oceanbase.odp.protocol.ob20;

/**
 * Groups of full-link tracing in {@link ExtraInfoType#FULL_TRC} and the items in them, all of the same layout (obproxy
 * ob_2_0_full_link_trace_info.h). Bits 14 and 18 of the capability word, which switch it on, are not offered.
 */
public enum FullTraceType {
    DRIVER_SPAN(1),
    APP_INFO(2001),
    QUERY_INFO(2002),
    CONTROL_INFO(2003),
    SPAN_INFO(2004),
    SHOW_TRACE(2005);

    private final int code;

    FullTraceType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** What stands in the groups. */
    public enum Item {
        CLIENT_IDENTIFIER(APP_INFO, 2001),
        MODULE(APP_INFO, 2002),
        ACTION(APP_INFO, 2003),
        CLIENT_INFO(APP_INFO, 2004),
        /** 8 bytes, as the next. */
        QUERY_START(QUERY_INFO, 2010),
        QUERY_END(QUERY_INFO, 2011),
        LEVEL(CONTROL_INFO, 2020),
        /** A double, as the percentage of what is printed. */
        SAMPLE_PERCENTAGE(CONTROL_INFO, 2021),
        /** 1 all, 2 slow ones, 3 a sample and slow ones. */
        RECORD_POLICY(CONTROL_INFO, 2022),
        PRINT_PERCENTAGE(CONTROL_INFO, 2023),
        SLOW_THRESHOLD(CONTROL_INFO, 2024),
        SHOW_TRACE_ENABLED(CONTROL_INFO, 2025),
        TRACE_ENABLED(SPAN_INFO, 2030),
        FORCE_PRINT(SPAN_INFO, 2031),
        /** 16 bytes, as the span's. */
        TRACE_ID(SPAN_INFO, 2032),
        REF_TYPE(SPAN_INFO, 2033),
        SPAN_ID(SPAN_INFO, 2034),
        /** JSON array, as the next. */
        DRIVER_SPANS(SHOW_TRACE, 2050),
        PROXY_SPANS(SHOW_TRACE, 2051);

        private final FullTraceType group;
        private final int code;

        Item(FullTraceType group, int code) {
            this.group = group;
            this.code = code;
        }

        public FullTraceType group() {
            return group;
        }

        public int code() {
            return code;
        }
    }
}
