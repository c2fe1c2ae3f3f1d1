package com.oceanbase.odp.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.oceanbase.odp.routing.TableLocation.Partitioned;
import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bounded memory of locations in two levels: the tables looked at last in a direct-mapped array that is read without
 * making an object, all others in a map bounded by their estimated memory. The locations of partitions are with their
 * table and are evicted with it. Entries that a server contradicted are fetched again; so are others that name the same
 * leader, as leaders of one log stream move together.
 */
public final class LocationCache implements LocationSource {
    /** The same change of a leader is searched for in all tables at most this often. */
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

    private final LocationLoader loader;
    private final FetchContext context;
    private final TableEntries tables;
    private final RoutineEntries routines;
    private final PartitionFetcher partitions;
    private final HotTables hot = new HotTables();
    private final Map<Move, Long> sweeps = new ConcurrentHashMap<>();
    private final Set<Tenant> tenants = ConcurrentHashMap.newKeySet();
    private volatile long relativeExpiry;

    private record Tenant(String cluster, String name) {}

    /** A leader of some log stream of a tenant that does not lead it any more. */
    private record Move(String cluster, String tenant, ServerAddress oldLeader, int logStream) {}

    /**
     * An empty cache.
     *
     * @param loader fetches
     * @param rules read at every use; the memory bound by {@link #maintain()}, too
     * @param nanoClock monotonic clock in nanoseconds
     */
    public LocationCache(LocationLoader loader, Supplier<LocationCacheRules> rules, LongSupplier nanoClock) {
        this.loader = loader;
        this.context = new FetchContext(rules, nanoClock);
        this.partitions = new PartitionFetcher(loader, context, new Changes());
        Cache<TableKey, CacheEntry<TableKey, TableLocation>> cache = Caffeine.newBuilder()
                .maximumWeight(rules.get().maximumBytes())
                .weigher(TableEntries::weight)
                .evictionListener(LocationCache::onEvicted)
                .executor(Runnable::run)
                .build();
        this.tables = new TableEntries(loader, context, cache, partitions, this::onTableLeaderChange);
        this.routines = new RoutineEntries(loader, context);
        this.relativeExpiry = rules.get().relativeExpiryMillis();
    }

    private static void onEvicted(
            @Nullable TableKey key, @Nullable CacheEntry<TableKey, TableLocation> entry, RemovalCause cause) {
        if (entry != null) {
            entry.evicted = true;
        }
    }

    /** What the answers about partitions change. */
    private final class Changes implements PartitionFetcher.Listener {
        @Override
        public void onOtherVersion(Partitioned table) {
            CacheEntry<TableKey, TableLocation> entry = tables.cache.getIfPresent(table.key());
            if (entry != null && entry.value == table) {
                entry.doubt();
                tables.refresh(entry);
            }
        }

        @Override
        public void onLeaderChange(Partitioned table, ServerAddress oldLeader, int logStream) {
            sweep(new Move(table.key().cluster(), table.key().tenant(), oldLeader, logStream));
        }
    }

    private void onTableLeaderChange(TableKey key, ServerAddress oldLeader) {
        sweep(new Move(key.cluster(), key.tenant(), oldLeader, -1));
    }

    @Override
    public CompletableFuture<@Nullable Void> request(TableKey key) {
        tenants.add(new Tenant(key.cluster(), key.tenant()));
        return tables.request(key);
    }

    @Override
    public CompletableFuture<@Nullable Void> request(Partitioned table, int... leaves) {
        return partitions.request(table, leaves);
    }

    @Override
    public CompletableFuture<@Nullable Void> request(RoutineKey key) {
        return routines.request(key);
    }

    @Override
    public @Nullable TableLocation cached(TableKey key) {
        return cached(key.cluster(), key.tenant(), key.database(), key.table());
    }

    @Override
    public @Nullable TableLocation cached(String cluster, String tenant, String database, String table) {
        CacheEntry<TableKey, TableLocation> entry = hot.find(cluster, tenant, database, table);
        if (entry == null) {
            entry = tables.cache.getIfPresent(new TableKey(cluster, tenant, database, table));
            if (entry == null) {
                context.misses.increment();
                return null;
            }
            hot.remember(entry);
        } else if (hot.isTouchDue(entry.key) && tables.cache.getIfPresent(entry.key) != entry) {
            // evicted a moment ago: what it says is still as good
            hot.forget(entry);
        }
        return tables.look(entry);
    }

    @Override
    public @Nullable ReplicaSet partition(Partitioned table, int leaf) {
        return partitions.look(table, leaf);
    }

    @Override
    public @Nullable Routine routine(RoutineKey key) {
        CacheEntry<RoutineKey, Routine> entry = routines.cache.getIfPresent(key);
        return entry == null ? null : routines.look(entry);
    }

    @Override
    public void missed(TableLocation table, int leaf, ServerAddress server) {
        if (leaf >= 0 && table instanceof Partitioned partitioned) {
            partitions.missed(partitioned, leaf, server);
            return;
        }
        CacheEntry<TableKey, TableLocation> entry = tables.cache.getIfPresent(table.key());
        if (entry == null || !table.equals(entry.value)) {
            return;
        }
        switch (table) {
            case TableLocation.SinglePartition single
            when server.equals(single.leader()) -> {
                if (entry.doubt()) {
                    context.contradicted();
                }
                tables.refresh(entry);
            }
            case Partitioned partitioned -> {
                entry.stale();
                tables.refresh(entry);
            }
            default -> {
                // nothing led to this server
            }
        }
    }

    @Override
    public boolean isFresh(TableLocation table, int leaf) {
        if (leaf >= 0 && table instanceof Partitioned partitioned) {
            return partitioned.leaves().isFresh(leaf);
        }
        CacheEntry<TableKey, TableLocation> entry = tables.cache.getIfPresent(table.key());
        return entry == null || entry.condition == CacheEntry.Condition.FRESH;
    }

    @Override
    public void leaderIs(TableLocation table, int leaf, ServerAddress leader) {
        if (leaf >= 0 && table instanceof Partitioned partitioned) {
            partitions.leaderIs(partitioned, leaf, leader);
            return;
        }
        CacheEntry<TableKey, TableLocation> entry = tables.cache.getIfPresent(table.key());
        if (entry != null && table.equals(entry.value) && table instanceof TableLocation.SinglePartition single) {
            tables.leaderIs(entry, single, leader);
        }
    }

    @Override
    public void schemaVersionIs(TableKey key, long schemaVersion) {
        CacheEntry<TableKey, TableLocation> entry = tables.cache.getIfPresent(key);
        long known = entry == null
                ? schemaVersion
                : switch (entry.value) {
                    case TableLocation.SinglePartition single -> single.schemaVersion();
                    case Partitioned partitioned -> partitioned.schemaVersion();
                    case null, default -> schemaVersion;
                };
        if (entry != null && known != schemaVersion) {
            entry.doubt();
            tables.refresh(entry);
        }
    }

    @Override
    public void markStale(TableKey key) {
        CacheEntry<TableKey, TableLocation> entry = tables.cache.getIfPresent(key);
        if (entry != null) {
            expire(entry);
        }
    }

    private void expire(CacheEntry<TableKey, TableLocation> entry) {
        entry.stale();
        if (entry.value instanceof Partitioned partitioned) {
            partitioned.leaves().expireAll(context.tenths());
        }
    }

    /** A server has left its cluster or is out of service: what it led is fetched again when next looked at. */
    public void serverGone(String cluster, ServerAddress server) {
        tables.cache.asMap().values().stream()
                .filter(entry -> entry.key.cluster().equals(cluster))
                .forEach(entry -> doubt(entry, server, -1));
    }

    /**
     * Leaders of a tenant's log streams have moved: whatever they led is led by their successors at once, without a
     * fetch. Where it is not known in which log stream a table is (tables of one partition) and not all that its leader
     * led has gone to the same server, the table is doubted.
     *
     * @return number of partitions that have another leader now
     */
    public int leadersMoved(String cluster, String tenant, LogStreamLeaders before, LogStreamLeaders now) {
        LogStreamLeaders.Moves moves = now.since(before);
        return moves.isEmpty()
                ? 0
                : tables.cache.asMap().values().stream()
                        .filter(entry -> entry.key.tenant().equals(tenant)
                                && entry.key.cluster().equals(cluster))
                        .mapToInt(entry -> tables.follow(entry, moves))
                        .sum();
    }

    /** Names of the tenants of a cluster whose tables have been asked for. */
    public Set<String> tenantsInUse(String cluster) {
        return tenants.stream()
                .filter(tenant -> tenant.cluster().equals(cluster))
                .map(Tenant::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The locality of a tenant has changed: its locations are fetched again after a random time from half to a whole
     * minute (original: 30 to 60 seconds).
     */
    public void tenantMoved(String cluster, String tenant) {
        tables.cache.asMap().values().stream()
                .filter(entry -> entry.key.cluster().equals(cluster)
                        && entry.key.tenant().equals(tenant))
                .forEach(entry -> tables.expireAfter(
                        entry,
                        Duration.ofMillis(ThreadLocalRandom.current().nextLong(30_000, 60_000))
                                .toNanos()));
    }

    /** Forgets the tables and routines of a cluster that is gone. */
    public void forgetCluster(String cluster) {
        tables.cache.asMap().values().removeIf(entry -> {
            boolean gone = entry.key.cluster().equals(cluster);
            entry.evicted |= gone;
            return gone;
        });
        routines.cache.asMap().keySet().removeIf(key -> key.cluster().equals(cluster));
        tenants.removeIf(tenant -> tenant.cluster().equals(cluster));
    }

    /**
     * Follows changed parameters: the memory bound and {@code partition_location_expire_relative_time}. To be called
     * every now and then.
     */
    public void maintain() {
        LocationCacheRules rules = context.rules();
        tables.cache
                .policy()
                .eviction()
                .filter(eviction -> eviction.getMaximum() != rules.maximumBytes())
                .ifPresent(eviction -> eviction.setMaximum(rules.maximumBytes()));
        long relative = rules.relativeExpiryMillis();
        if (relative != relativeExpiry) {
            relativeExpiry = relative;
            if (relative != 0) {
                long before = context.now() + Duration.ofMillis(relative).toNanos();
                tables.cache.asMap().values().stream()
                        .filter(entry -> entry.answeredAt - before < 0)
                        .forEach(this::expire);
            }
        }
    }

    @Override
    public LocationSurvey survey() {
        return new CacheSurvey(context, tables, routines);
    }

    /** What the cache has done and holds. */
    public LocationStatistics statistics() {
        long bytes = tables.cache
                .policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .map(size -> size.orElse(0))
                .orElse(0L);
        return new LocationStatistics(
                tables.cache.estimatedSize() + routines.cache.estimatedSize(),
                bytes,
                context.hits.sum(),
                context.misses.sum(),
                context.tableFetches.sum(),
                context.partitionFetches.sum(),
                context.routineFetches.sum(),
                context.failures.sum(),
                context.contradictions.sum());
    }

    /** A leader moved: whatever else it led, as far as the log stream may be the same, is doubted. */
    private void sweep(Move move) {
        long now = context.now();
        Long last = sweeps.get(move);
        if (last != null && now - last < SWEEP_INTERVAL.toNanos()) {
            return;
        }
        sweeps.values().removeIf(at -> now - at >= SWEEP_INTERVAL.toNanos());
        sweeps.put(move, now);
        loader.leaderMoved(move.cluster(), move.tenant());
        tables.cache.asMap().values().stream()
                .filter(entry -> entry.key.tenant().equals(move.tenant())
                        && entry.key.cluster().equals(move.cluster()))
                .forEach(entry -> doubt(entry, move.oldLeader(), move.logStream()));
    }

    private static void doubt(CacheEntry<TableKey, TableLocation> entry, ServerAddress leader, int logStream) {
        switch (entry.value) {
            case TableLocation.SinglePartition single when leader.equals(single.leader()) -> entry.doubt();
            case Partitioned partitioned -> partitioned.leaves().doubtLedBy(leader, logStream);
            case null, default -> {
                // led by another server, or by none
            }
        }
    }
}
