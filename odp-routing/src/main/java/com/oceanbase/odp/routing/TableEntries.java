package com.oceanbase.odp.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.oceanbase.odp.routing.CacheEntry.Condition;
import com.oceanbase.odp.routing.TableLocation.Partitioned;
import com.oceanbase.odp.routing.TableLocation.SinglePartition;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tables of the location cache. */
final class TableEntries extends FetchedEntries<TableKey, TableLocation> {
    /** Estimated memory of an entry in bytes (original: src/obproxy/obutils/ob_cache_cleaner.cpp). */
    private static final int ENTRY_BYTES = 512;

    /**
     * Estimated memory of a partition in bytes. Measured: 20 for its location, 184 for its definition with one bound and
     * a short name.
     */
    private static final int PARTITION_BYTES = 250;

    private final LocationLoader loader;
    private final PartitionFetcher partitions;
    private final BiConsumer<TableKey, ServerAddress> onLeaderChange;

    TableEntries(
            LocationLoader loader,
            FetchContext context,
            Cache<TableKey, CacheEntry<TableKey, TableLocation>> cache,
            PartitionFetcher partitions,
            BiConsumer<TableKey, ServerAddress> onLeaderChange) {
        super(context, cache);
        this.loader = loader;
        this.partitions = partitions;
        this.onLeaderChange = onLeaderChange;
    }

    static int weight(TableKey key, CacheEntry<TableKey, TableLocation> entry) {
        return entry.value instanceof Partitioned table
                ? ENTRY_BYTES + PARTITION_BYTES * table.leafCount()
                : ENTRY_BYTES;
    }

    @Override
    CompletableFuture<TableLocation> load(TableKey key, @Nullable TableLocation known, boolean force) {
        context.tableFetches.increment();
        return loader.table(key, known, force);
    }

    @Override
    TableLocation unknown(TableKey key) {
        return new TableLocation.Unknown(key);
    }

    @Override
    boolean isShortLived(TableLocation value) {
        return value instanceof TableLocation.Absent || value instanceof TableLocation.Unknown;
    }

    /** One without leader is no better than the same table's old one with leader. */
    @Override
    TableLocation merge(TableLocation known, TableLocation fetched) {
        if (known instanceof SinglePartition old
                && old.leader() != null
                && fetched instanceof SinglePartition single
                && single.leader() == null
                && single.tableId() == old.tableId()) {
            return known;
        }
        return known.equals(fetched) ? known : fetched;
    }

    /** Who asks for a table of few partitions will ask for them next: they are fetched before the answer. */
    @Override
    CompletableFuture<@Nullable Void> changed(
            CacheEntry<TableKey, TableLocation> entry, @Nullable TableLocation old, TableLocation value) {
        if (old instanceof SinglePartition before
                && value instanceof SinglePartition now
                && before.leader() instanceof ServerAddress oldLeader
                && !oldLeader.equals(now.leader())) {
            onLeaderChange.accept(entry.key, oldLeader);
        }
        if (!(value instanceof Partitioned table)) {
            return FetchContext.DONE;
        }
        if (old instanceof Partitioned before) {
            table.leaves().inherit(before.leaves());
        }
        if (table.leaves().chunks() != 1) {
            return FetchContext.DONE;
        }
        return partitions.request(table, IntStream.range(0, table.leafCount()).toArray());
    }

    /** A server named the leader of a table. */
    void leaderIs(CacheEntry<TableKey, TableLocation> entry, SinglePartition table, ServerAddress leader) {
        ServerAddress oldLeader = table.leader();
        if (!leader.equals(oldLeader) && entry.fetch.get() == null) {
            replaceLeader(entry, table, leader);
            if (oldLeader != null) {
                onLeaderChange.accept(entry.key, oldLeader);
            }
        }
    }

    private void replaceLeader(CacheEntry<TableKey, TableLocation> entry, SinglePartition table, ServerAddress leader) {
        SinglePartition changed = new SinglePartition(
                table.key(),
                table.kind(),
                table.tableId(),
                table.schemaVersion(),
                table.replicas().ledBy(leader));
        entry.answered(changed, Condition.FRESH, false, context.now(), entry.expiresAt);
    }

    /** Follows leaders that have moved; returns how many partitions have another leader now. */
    int follow(CacheEntry<TableKey, TableLocation> entry, LogStreamLeaders.Moves moves) {
        if (entry.value instanceof Partitioned table) {
            return partitions.follow(table, moves);
        }
        if (!(entry.value instanceof SinglePartition table) || !(table.leader() instanceof ServerAddress leader)) {
            return 0;
        }
        ServerAddress successor = moves.successor(leader, -1);
        if (successor != null && entry.fetch.get() == null) {
            replaceLeader(entry, table, successor);
            return 1;
        }
        if (successor == null && moves.isDoubtful(leader, -1)) {
            entry.doubt();
        }
        return 0;
    }
}
