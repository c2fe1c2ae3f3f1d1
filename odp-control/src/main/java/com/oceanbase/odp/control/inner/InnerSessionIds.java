package com.oceanbase.odp.control.inner;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that an inner session tells the server. Bit 31 marks the client session id of the proxy itself
 * (original: src/obproxy/proxy/mysql/ob_mysql_client_session.cpp:506-646, version 1).
 */
final class InnerSessionIds {
    private static final long INNER_MARK = 1L << 31;
    private static final long LOW_31_BITS = INNER_MARK - 1;

    /** Makes proxy session ids of several proxies differ. */
    private static final long PROCESS = (new SecureRandom().nextInt() & LOW_31_BITS) << 32;

    private static final AtomicLong COUNTER = new AtomicLong();

    private InnerSessionIds() {}

    /** A new number, unique in this process. */
    static long next() {
        return COUNTER.incrementAndGet() & LOW_31_BITS;
    }

    /** Value of __client_session_id. */
    static long clientSession(long number) {
        return INNER_MARK | number;
    }

    /** Value of __proxy_connection_id. */
    static long proxySession(long number) {
        return PROCESS | INNER_MARK | number;
    }
}
