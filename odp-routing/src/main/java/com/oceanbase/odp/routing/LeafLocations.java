package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Locations of the partitions of one version of a table, by leaf index: a reference to a shared set of copies and a
 * stamp, 8 bytes a partition beside its ids. Thread-safe and lock-free; a read is two array reads.
 *
 * <p>A stamp is the time of the last answer in tenths of a second since the cache began, with two marks: doubted (a
 * server's answer contradicts the location) and settled (the last fetch brought nothing new, so the next one must wait
 * its time). Stamps up to {@link #staleBefore} are stale.
 */
final class LeafLocations {
    /** Partitions fetched by one statement. */
    static final int CHUNK = 256;

    /** Stamp of the oldest possible answer; {@link #stamp} gives greater ones. */
    static final int OLDEST = 1;

    private static final int SETTLED = 1;

    private final long[] physicalIds;
    private final int[] logStreams;
    private final AtomicReferenceArray<@Nullable ReplicaSet> replicas;
    private final AtomicIntegerArray stamps;
    private final AtomicReferenceArray<@Nullable Fetch> fetches;
    private volatile int staleBefore = OLDEST;

    LeafLocations(long[] physicalIds, int[] logStreams) {
        if (logStreams.length != 0 && logStreams.length != physicalIds.length) {
            throw new IllegalArgumentException(
                    logStreams.length + " log streams of " + physicalIds.length + " partitions");
        }
        this.physicalIds = physicalIds.clone();
        this.logStreams = logStreams.clone();
        this.replicas = new AtomicReferenceArray<>(physicalIds.length);
        this.stamps = new AtomicIntegerArray(physicalIds.length);
        this.fetches = new AtomicReferenceArray<>((physicalIds.length + CHUNK - 1) / CHUNK);
    }

    /** Stamp of an answer at this time. */
    static int stamp(int tenths, boolean settled) {
        return tenths + 1 << 1 | (settled ? SETTLED : 0);
    }

    int count() {
        return physicalIds.length;
    }

    long physicalId(int leaf) {
        return physicalIds[leaf];
    }

    int chunks() {
        return fetches.length();
    }

    @Nullable
    ReplicaSet get(int leaf) {
        return replicas.getAcquire(leaf);
    }

    /** Whether the location of a partition that has one may be used without another thought. */
    boolean isFresh(int leaf) {
        return stamps.getAcquire(leaf) > staleBefore;
    }

    boolean isDoubted(int leaf) {
        return stamps.get(leaf) < 0;
    }

    /** Whether the last fetch brought nothing new. */
    boolean isSettled(int leaf) {
        return (Math.abs(stamps.get(leaf)) & SETTLED) != 0;
    }

    /** Time of the last answer in tenths of a second. */
    int answeredAt(int leaf) {
        return (Math.abs(stamps.get(leaf)) >> 1) - 1;
    }

    /** Remembers an answer. */
    void put(int leaf, ReplicaSet set, int stamp) {
        replicas.setRelease(leaf, set);
        stamps.setRelease(leaf, stamp);
    }

    /** Takes the location of a partition into doubt. Returns whether it was not before. */
    boolean doubt(int leaf) {
        int seen = stamps.get(leaf);
        return seen > 0 && stamps.compareAndSet(leaf, seen, -seen);
    }

    /** Every answer up to now is stale. */
    void expireAll(int tenths) {
        staleBefore = stamp(tenths, true);
    }

    /** Log stream of a partition, -1 if not known. */
    int logStream(int leaf) {
        return logStreams.length == 0 ? -1 : logStreams[leaf];
    }

    /**
     * Takes into doubt what this server leads.
     *
     * @param logStream only partitions of this log stream and those whose log stream is not known; -1 for all
     */
    void doubtLedBy(ServerAddress leader, int logStream) {
        for (int leaf = 0; leaf < physicalIds.length; leaf++) {
            ReplicaSet set = replicas.get(leaf);
            int own = logStream(leaf);
            if (set != null && leader.equals(set.leader()) && (logStream < 0 || own < 0 || own == logStream)) {
                doubt(leaf);
            }
        }
    }

    /** Follows leaders that have moved; returns how many partitions have another leader now. */
    int follow(LogStreamLeaders.Moves moves, UnaryOperator<ReplicaSet> interner, int stamp) {
        int followed = 0;
        for (int leaf = 0; leaf < physicalIds.length; leaf++) {
            ReplicaSet set = replicas.get(leaf);
            ServerAddress leader = set == null ? null : set.leader();
            if (set == null || leader == null) {
                continue;
            }
            ServerAddress successor = moves.successor(leader, logStream(leaf));
            if (successor != null) {
                put(leaf, interner.apply(set.ledBy(successor)), stamp);
                followed++;
            } else if (moves.isDoubtful(leader, logStream(leaf))) {
                doubt(leaf);
            }
        }
        return followed;
    }

    @Nullable
    Fetch fetch(int chunk) {
        return fetches.get(chunk);
    }

    /** Begins a fetch of a chunk if none is under way. */
    boolean begin(int chunk, Fetch fetch) {
        return fetches.compareAndSet(chunk, null, fetch);
    }

    /** Ends the fetch of a chunk. */
    void end(int chunk) {
        fetches.set(chunk, null);
    }

    /** Takes over what another version of the table knows of the same partitions. */
    void inherit(LeafLocations other) {
        Map<Long, Integer> others = new HashMap<>();
        for (int leaf = 0; leaf < other.count(); leaf++) {
            if (other.get(leaf) != null) {
                others.put(other.physicalId(leaf), leaf);
            }
        }
        for (int leaf = 0; leaf < count() && !others.isEmpty(); leaf++) {
            Integer same = others.get(physicalIds[leaf]);
            ReplicaSet set = same == null ? null : other.get(same);
            if (same != null && set != null) {
                int stamp = other.stamps.get(same);
                put(leaf, set, stamp > other.staleBefore || stamp < 0 ? stamp : OLDEST);
            }
        }
    }
}
