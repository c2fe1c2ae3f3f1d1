package com.oceanbase.odp.benchmark.report;

/**
 * What a client's connection, with its connection to a server, takes of live heap and direct memory: the difference to
 * none, after a collection.
 *
 * @param idleBytes logged in, nothing asked yet; NaN if not known
 * @param activeBytes with a request under way on each connection; NaN if not known
 */
public record ConnectionMemory(double idleBytes, double activeBytes) {
    /** Not looked at. */
    public static final ConnectionMemory NONE = new ConnectionMemory(Double.NaN, Double.NaN);

    boolean isKnown() {
        return !Double.isNaN(idleBytes);
    }
}
