package com.oceanbase.odp.proxy.service;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers for client sessions. Layouts as in the original (ob_mysql_client_session.cpp), so that tools that take ids
 * apart find the proxy in them; where it has a thread and a per-thread sequence, this proxy has one sequence.
 *
 * <pre>
 *   version 1:  bit 31 = 0 | proxy id, 8 bits  | upgrade version, 1 bit | sequence, 22 bits
 *   version 2:  bit 31 = 0 | proxy id, 13 bits | upgrade version, 1 bit | sequence, 17 bits
 * </pre>
 */
final class SessionIds {
    private static final int VERSION_1_SEQUENCE_BITS = 22;
    private static final int VERSION_1_PROXY_BITS = 8;
    private static final int VERSION_2_SEQUENCE_BITS = 17;
    private static final int VERSION_2_PROXY_BITS = 13;

    private final AtomicLong sequence = new AtomicLong();
    private final AtomicLong proxySession = new AtomicLong(new SecureRandom().nextLong());

    /** The next connection id of this proxy: never 0, repeated only when all numbers of the layout were used. */
    long next(int version, long proxyId) {
        int sequenceBits = version == 2 ? VERSION_2_SEQUENCE_BITS : VERSION_1_SEQUENCE_BITS;
        int proxyBits = version == 2 ? VERSION_2_PROXY_BITS : VERSION_1_PROXY_BITS;
        long mask = (1L << sequenceBits) - 1;
        long number;
        do {
            number = sequence.incrementAndGet() & mask;
        } while (number == 0);
        return ((proxyId & ((1L << proxyBits) - 1)) << (sequenceBits + 1)) | number;
    }

    /**
     * An id that no other proxy gives, as each counts from a random number on: the original builds it from its IPv4
     * address, which not every host has.
     */
    long nextProxySessionId() {
        return proxySession.incrementAndGet();
    }
}
