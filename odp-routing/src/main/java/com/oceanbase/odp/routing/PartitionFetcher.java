package com.oceanbase.odp.routing;

import com.github.benmanes.caffeine.cache.Interner;
import com.oceanbase.odp.routing.TableLocation.Partitioned;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the locations of partitions. The partitions of a table are divided into chunks of {@link LeafLocations#CHUNK};
 * one fetch of a chunk is in flight at a time and brings whatever of it is not known or to be fetched again.
 */
final class PartitionFetcher {
    private static final long TENTH = TimeUnit.MILLISECONDS.toNanos(100);

    private final LocationLoader loader;
    private final FetchContext context;
    private final Interner<ReplicaSet> interner = Interner.newWeakInterner();
    private final Listener listener;

    /** Learns what answers about partitions say beyond the partitions. */
    interface Listener {
        /** The server knows another version of the table, or does not know all its partitions. */
        void onOtherVersion(Partitioned table);

        /**
         * A partition has another leader than before.
         *
         * @param logStream its log stream, -1 if not known
         */
        void onLeaderChange(Partitioned table, ServerAddress oldLeader, int logStream);
    }

    PartitionFetcher(LocationLoader loader, FetchContext context, Listener listener) {
        this.loader = loader;
        this.context = context;
        this.listener = listener;
    }

    @Nullable
    ReplicaSet look(Partitioned table, int leaf) {
        LeafLocations leaves = table.leaves();
        ReplicaSet set = leaves.get(leaf);
        if (set != null && set != ReplicaSet.NONE && leaves.isFresh(leaf)) {
            context.hits.increment();
            return set;
        }
        ReplicaSet usable = set == null ? null : lookCarefully(table, leaf, set);
        (usable == null ? context.misses : context.hits).increment();
        return usable;
    }

    private @Nullable ReplicaSet lookCarefully(Partitioned table, int leaf, ReplicaSet set) {
        LeafLocations leaves = table.leaves();
        if (set == ReplicaSet.NONE) {
            return isForgotten(leaves, leaf) ? null : set;
        }
        refresh(table, leaf);
        Fetch running = leaves.fetch(leaf / LeafLocations.CHUNK);
        boolean wait = leaves.isDoubted(leaf) || !context.rules().useWhileRefreshing();
        return running != null && wait && context.isWorthWaiting(running) ? null : leaves.get(leaf);
    }

    /** Whether it is long enough ago that the cluster could not tell. */
    private boolean isForgotten(LeafLocations leaves, int leaf) {
        return age(leaves, leaf) >= context.rules().absentLifetime().toNanos();
    }

    private long age(LeafLocations leaves, int leaf) {
        return (context.tenths() - leaves.answeredAt(leaf)) * TENTH;
    }

    /** Fetches a partition, and its neighbours that are stale, again if its time has come and the budget allows it. */
    void refresh(Partitioned table, int leaf) {
        LeafLocations leaves = table.leaves();
        if (leaves.fetch(leaf / LeafLocations.CHUNK) == null
                && context.mayRefresh(leaves.isSettled(leaf), age(leaves, leaf))) {
            begin(table, leaf / LeafLocations.CHUNK, leaves.isDoubted(leaf));
        }
    }

    /** Fetches what of these is not known and fresh. */
    CompletableFuture<@Nullable Void> request(Partitioned table, int... wanted) {
        LeafLocations leaves = table.leaves();
        List<CompletableFuture<@Nullable Void>> fetches = new ArrayList<>();
        int lastChunk = -1;
        for (int leaf : wanted) {
            ReplicaSet set = leaves.get(leaf);
            int chunk = leaf / LeafLocations.CHUNK;
            boolean unknown = set == null || set == ReplicaSet.NONE && isForgotten(leaves, leaf);
            if (unknown) {
                begin(table, chunk, false);
            } else if (set != ReplicaSet.NONE && !leaves.isFresh(leaf)) {
                refresh(table, leaf);
            }
            Fetch running = leaves.fetch(chunk);
            if (running != null && chunk != lastChunk && (unknown || !leaves.isFresh(leaf))) {
                fetches.add(unknown ? running.done() : context.shortWait(running));
                lastChunk = chunk;
            }
        }
        return fetches.size() == 1
                ? fetches.getFirst()
                : CompletableFuture.allOf(fetches.toArray(CompletableFuture[]::new))
                        .<@Nullable Void>thenApply(done -> null);
    }

    private void begin(Partitioned table, int chunk, boolean force) {
        Fetch mine = new Fetch(new CompletableFuture<>(), context.now());
        if (!table.leaves().begin(chunk, mine)) {
            return;
        }
        int[] wanted = due(table.leaves(), chunk);
        if (wanted.length == 0) {
            end(table, chunk, mine);
            return;
        }
        context.partitionFetches.increment();
        loader.partitions(table, wanted, force).whenComplete((answer, failure) -> {
            try {
                if (failure != null || answer == null) {
                    context.failures.increment();
                    failed(table.leaves(), wanted);
                } else {
                    learn(table, wanted, answer);
                }
            } finally {
                end(table, chunk, mine);
            }
        });
    }

    private static void end(Partitioned table, int chunk, Fetch mine) {
        table.leaves().end(chunk);
        mine.done().complete(null);
    }

    /** What of a chunk is not known or to be fetched again. */
    private static int[] due(LeafLocations leaves, int chunk) {
        int from = chunk * LeafLocations.CHUNK;
        int to = Math.min(from + LeafLocations.CHUNK, leaves.count());
        int[] due = new int[to - from];
        int count = 0;
        for (int leaf = from; leaf < to; leaf++) {
            ReplicaSet set = leaves.get(leaf);
            if (set == null || set == ReplicaSet.NONE || !leaves.isFresh(leaf)) {
                due[count++] = leaf;
            }
        }
        return Arrays.copyOf(due, count);
    }

    private void failed(LeafLocations leaves, int[] wanted) {
        int stamp = LeafLocations.stamp(context.tenths(), true);
        for (int leaf : wanted) {
            ReplicaSet known = leaves.get(leaf);
            boolean doubted = leaves.isDoubted(leaf);
            leaves.put(leaf, known == null ? ReplicaSet.NONE : known, stamp);
            if (doubted) {
                leaves.doubt(leaf);
            }
        }
    }

    private void learn(Partitioned table, int[] wanted, LocationLoader.Partitions answer) {
        LeafLocations leaves = table.leaves();
        int settled = LeafLocations.stamp(context.tenths(), true);
        int productive = LeafLocations.stamp(context.tenths(), false);
        boolean otherVersion = answer.tableId() != table.tableId() || answer.schemaVersion() != table.schemaVersion();
        for (int leaf : wanted) {
            ReplicaSet known = leaves.get(leaf);
            ReplicaSet fetched = answer.replicas().get(table.physicalId(leaf));
            if (fetched == null) {
                otherVersion = true;
                leaves.put(leaf, known == null ? ReplicaSet.NONE : known, settled);
            } else if (known == null || known == ReplicaSet.NONE) {
                leaves.put(leaf, interner.intern(fetched), productive);
            } else if (fetched.leader() == null || fetched.equals(known)) {
                // one without leader is no better than the old one
                leaves.put(leaf, known, settled);
            } else {
                leaves.put(leaf, interner.intern(fetched), productive);
                ServerAddress oldLeader = known.leader();
                if (oldLeader != null && !oldLeader.equals(fetched.leader())) {
                    listener.onLeaderChange(table, oldLeader, leaves.logStream(leaf));
                }
            }
        }
        if (otherVersion) {
            listener.onOtherVersion(table);
        }
    }

    /** A server named the leader of a partition. */
    void leaderIs(Partitioned table, int leaf, ServerAddress leader) {
        LeafLocations leaves = table.leaves();
        ReplicaSet known = leaves.get(leaf);
        ReplicaSet base = known == null ? ReplicaSet.NONE : known;
        if (!leader.equals(base.leader())) {
            leaves.put(leaf, interner.intern(base.ledBy(leader)), LeafLocations.stamp(context.tenths(), false));
            ServerAddress oldLeader = base.leader();
            if (oldLeader != null) {
                listener.onLeaderChange(table, oldLeader, leaves.logStream(leaf));
            }
        }
    }

    /** Follows leaders that have moved; returns how many partitions have another leader now. */
    int follow(Partitioned table, LogStreamLeaders.Moves moves) {
        return table.leaves().follow(moves, interner::intern, LeafLocations.stamp(context.tenths(), false));
    }

    /** A server turned out not to lead a partition. */
    void missed(Partitioned table, int leaf, ServerAddress server) {
        LeafLocations leaves = table.leaves();
        ReplicaSet known = leaves.get(leaf);
        if (known == null || !server.equals(known.leader())) {
            return;
        }
        if (leaves.doubt(leaf)) {
            context.contradicted();
            leaves.doubtLedBy(server, leaves.logStream(leaf));
        }
        refresh(table, leaf);
    }
}
