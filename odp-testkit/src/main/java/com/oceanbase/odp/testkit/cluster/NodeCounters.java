package com.oceanbase.odp.testkit.cluster;

import java.util.concurrent.atomic.LongAdder;

/** Counts what one node did since its cluster started or since {@link #reset()}. Thread safe. */
public final class NodeCounters {

    private final LongAdder connections = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();

    /** Numbers at one moment; bytes are those of the connection with clients. */
    public record Snapshot(
            long connections, long commands, long errors, long hits, long misses, long bytesIn, long bytesOut) {}

    void connection() {
        connections.increment();
    }

    void command() {
        commands.increment();
    }

    void response(JournalEntry entry) {
        if (entry.errno() != 0) {
            errors.increment();
        }
        switch (entry.hit()) {
            case HIT -> hits.increment();
            case MISS -> misses.increment();
            case NOT_JUDGED -> {
                // Neither.
            }
        }
    }

    void requestBytes(int count) {
        bytesIn.add(count);
    }

    void responseBytes(int count) {
        bytesOut.add(count);
    }

    public Snapshot snapshot() {
        return new Snapshot(
                connections.sum(),
                commands.sum(),
                errors.sum(),
                hits.sum(),
                misses.sum(),
                bytesIn.sum(),
                bytesOut.sum());
    }

    /** Begins again at zero. */
    public void reset() {
        for (LongAdder counter : new LongAdder[] {connections, commands, errors, hits, misses, bytesIn, bytesOut}) {
            counter.reset();
        }
    }
}
