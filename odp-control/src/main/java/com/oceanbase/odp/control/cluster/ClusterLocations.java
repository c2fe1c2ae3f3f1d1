package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.control.inner.InnerSql;
import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.routing.LocationLoader;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.sql.access.ViewDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one cluster where its tables, partitions and routines are. Blocking, thread-safe. */
public final class ClusterLocations {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLocations.class);

    /** Failing fetches are warned of at most this often. */
    private static final Duration WARNING_INTERVAL = Duration.ofSeconds(10);

    private final ClusterQueries queries;
    private final DefinitionReader definitions;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    ClusterLocations(ClusterQueries queries, TenantFacts tenants) {
        this.queries = queries;
        this.definitions = new DefinitionReader(queries, tenants, this::warn);
    }

    /** Fetches the location of a table, and its definition if it is another version than the known one. */
    public TableLocation table(TableKey key, @Nullable TableLocation known, boolean force) {
        return switch (queries.run(InnerSql.TABLE_ENTRY, values(key, force))) {
            case ClusterQueries.Result.Rows(ResultTable rows) -> table(key, known, LocationRows.table(rows));
            // a server without the relation, such as a single-node kernel, has every table itself
            case ClusterQueries.Result.Missing missing -> new TableLocation.Anywhere(key);
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> {
                warn(key, why);
                yield new TableLocation.Unknown(key);
            }
        };
    }

    private TableLocation table(TableKey key, @Nullable TableLocation known, LocationRows.@Nullable TableRow row) {
        if (row == null) {
            return new TableLocation.Absent(key);
        }
        ViewDefinition view = row.view() ? definitions.view(key) : null;
        if (view != null) {
            return new TableLocation.View(key, view);
        }
        if (row.kind().isAnywhere() || row.replicas().replicas().isEmpty()) {
            return new TableLocation.Anywhere(key, row.kind());
        }
        if (row.partitions() <= 1) {
            return new TableLocation.SinglePartition(
                    key, row.kind(), row.tableId(), row.schemaVersion(), row.replicas());
        }
        if (known instanceof TableLocation.Partitioned same
                && same.tableId() == row.tableId()
                && same.schemaVersion() == row.schemaVersion()) {
            return same;
        }
        return definitions.table(key, row);
    }

    /** Fetches the locations of some partitions; null if the cluster can't tell now. */
    public LocationLoader.@Nullable Partitions partitions(
            TableLocation.Partitioned table, int[] leaves, boolean force) {
        Map<String, String> values = new HashMap<>(values(table.key(), force));
        values.put(
                "ids",
                IntStream.of(leaves)
                        .mapToObj(leaf -> Long.toString(table.physicalId(leaf)))
                        .collect(Collectors.joining(",")));
        return switch (queries.run(InnerSql.PARTITION_LOCATIONS, values)) {
            case ClusterQueries.Result.Rows(ResultTable rows) -> LocationRows.partitions(rows);
            case ClusterQueries.Result.Missing(String why) -> noPartitions(table, why);
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> noPartitions(table, why);
        };
    }

    private LocationLoader.@Nullable Partitions noPartitions(TableLocation.Partitioned table, String why) {
        warn(table.key(), why);
        return null;
    }

    /** Fetches a routine. */
    public Routine routine(RoutineKey key) {
        for (Reading reading : readings(key)) {
            Map<String, String> values = Map.of(
                    "tenant", key.tenant(),
                    "db", reading.database(),
                    "package", reading.packageName(),
                    "routine", key.routine());
            InnerSql sql = reading.packageName().isEmpty() ? InnerSql.ROUTINE : InnerSql.PACKAGE_ROUTINE;
            switch (queries.run(sql, values)) {
                case ClusterQueries.Result.Rows(ResultTable rows) -> {
                    Routine found = LocationRows.routine(key, rows);
                    if (found != null) {
                        return found;
                    }
                }
                case ClusterQueries.Result.Missing missing -> {
                    return Routine.absent(key);
                }
                case ClusterQueries.Result.Failed(String why, boolean lasting) -> {
                    warn(key, why);
                    return Routine.unknown(key);
                }
            }
        }
        return Routine.absent(key);
    }

    /** What the names before a routine's may mean. */
    private record Reading(String database, String packageName) {}

    private static List<Reading> readings(RoutineKey key) {
        Reading inPackage = new Reading(key.database(), key.qualifier());
        return key.qualifier().isEmpty() || key.databaseNamed()
                ? List.of(inPackage)
                : List.of(inPackage, new Reading(key.qualifier(), ""));
    }

    private static Map<String, String> values(TableKey key, boolean force) {
        return Map.of(
                "tenant", key.tenant(),
                "db", key.database(),
                "table", key.table(),
                "force", force ? InnerSql.FORCE_REFRESH : "");
    }

    private void warn(Object key, String why) {
        long now = System.nanoTime();
        long due = nextWarning.get();
        boolean warn = now - due >= 0 && nextWarning.compareAndSet(due, now + WARNING_INTERVAL.toNanos());
        (warn ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("key", key)
                .addKeyValue("cause", why)
                .log("location can't be fetched, statements go to any server of the tenant");
    }
}
