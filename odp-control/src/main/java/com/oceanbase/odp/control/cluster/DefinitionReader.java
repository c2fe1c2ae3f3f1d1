package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.control.inner.InnerSql;
import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.routing.GlobalIndex;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableKind;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.dictionary.DictionaryRow;
import com.oceanbase.odp.routing.partition.dictionary.ProxyDictionary;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.ViewDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches how tables are divided into partitions. Blocking, thread-safe. */
final class DefinitionReader {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionReader.class);
    private static final int TWO_LEVELS = 2;
    private static final int NO_LOG_STREAM = -1;

    private final ClusterQueries queries;
    private final TenantFacts tenants;
    private final BiConsumer<Object, String> onFailure;

    /**
     * Prepares to ask.
     *
     * @param onFailure told the key and the cause when the cluster can't tell
     */
    DefinitionReader(ClusterQueries queries, TenantFacts tenants, BiConsumer<Object, String> onFailure) {
        this.queries = queries;
        this.tenants = tenants;
        this.onFailure = onFailure;
    }

    /** Rows of the partitions of both levels. */
    private record Partitions(List<ResultTable.Row> first, List<ResultTable.Row> second) {}

    /**
     * The table of a location row with its definition; without it if the cluster has none or it can't be understood,
     * {@link TableLocation.Unknown} if it can't be fetched now.
     */
    TableLocation table(TableKey key, LocationRows.TableRow row) {
        Map<String, String> values = Map.of("tenant", key.tenant(), "id", Long.toString(row.tableId()));
        List<ResultTable.Row> info = rows(key, InnerSql.PARTITION_INFO, values);
        Partitions partitions = info == null || info.isEmpty() ? null : partitions(key, info.getFirst(), values);
        if (info == null || partitions == null && !info.isEmpty()) {
            return new TableLocation.Unknown(key);
        }
        PartitionedTable definition = partitions == null ? null : understood(key, row, info, partitions);
        int[] logStreams = definition == null || partitions == null ? new int[0] : logStreams(definition, partitions);
        TableLocation.Partitioned.Version version =
                new TableLocation.Partitioned.Version(row.kind(), row.tableId(), row.schemaVersion(), row.partitions());
        return new TableLocation.Partitioned(key, version, definition, globalIndexes(key, row), logStreams);
    }

    /** The usable ones; none if the cluster can't tell. An index has none itself. */
    private List<GlobalIndex> globalIndexes(TableKey key, LocationRows.TableRow row) {
        long tenant = tenants.id(key.tenant());
        if (row.kind() != TableKind.USER || tenant < 0 || !tenants.usesGlobalIndexes()) {
            return List.of();
        }
        return additional(key, InnerSql.GLOBAL_INDEXES, tenant, row.tableId()).stream()
                .map(index -> globalIndex(key, index))
                .toList();
    }

    /** The columns of a table where the rows about its partition keys do not say enough; none if the cluster can't tell. */
    private List<ResultTable.Row> columns(TableKey key, long tableId, List<ResultTable.Row> info) {
        long tenant = tenants.id(key.tenant());
        return tenant >= 0 && ProxyDictionary.needsColumns(dictionary(info), tenants.isOracle(key.tenant()))
                ? additional(key, InnerSql.COLUMNS, tenant, tableId)
                : List.of();
    }

    /** Rows without which a table is known less well; none if the cluster can't tell. */
    private List<ResultTable.Row> additional(TableKey key, InnerSql sql, long tenant, long tableId) {
        Map<String, String> values = Map.of("ids", Long.toString(tenant), "id", Long.toString(tableId));
        return switch (queries.run(sql, values)) {
            case ClusterQueries.Result.Rows(ResultTable table) -> table.rows();
            case ClusterQueries.Result.Missing(String why) -> none(key, sql, why);
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> none(key, sql, why);
        };
    }

    private static List<ResultTable.Row> none(TableKey key, InnerSql sql, String why) {
        LOG.atDebug()
                .addKeyValue("table", key)
                .addKeyValue("query", sql)
                .addKeyValue("cause", why)
                .log("can't be asked, the table is used without what it tells");
        return List.of();
    }

    /** The query of a view; null if the cluster can't tell or it is not understood. */
    @Nullable
    ViewDefinition view(TableKey key) {
        long tenant = tenants.id(key.tenant());
        List<ResultTable.Row> rows = tenant < 0
                ? null
                : rows(
                        key,
                        InnerSql.VIEW,
                        Map.of("ids", Long.toString(tenant), "db", key.database(), "table", key.table()));
        if (rows == null || rows.isEmpty()) {
            return null;
        }
        ViewDefinition view = new ViewDefinition(
                rows.getFirst().text("view_definition"),
                tenants.isOracle(key.tenant()) ? SqlMode.ORACLE : SqlMode.MYSQL);
        return view.isUsable() ? view : null;
    }

    private static GlobalIndex globalIndex(TableKey key, ResultTable.Row row) {
        return new GlobalIndex(
                new TableKey(key.cluster(), key.tenant(), key.database(), row.text("table_name")),
                row.text("leading_column"));
    }

    private @Nullable Partitions partitions(TableKey key, ResultTable.Row info, Map<String, String> values) {
        int type = (int) info.number("part_type", -1);
        PartitionFunction function = queries.isVersion4() ? PartitionFunction.ofV4(type) : PartitionFunction.ofV3(type);
        InnerSql firstLevel = function.isHashed() ? InnerSql.HASH_PARTITIONS : InnerSql.PARTITIONS;
        List<ResultTable.Row> first = rows(key, firstLevel, values);
        if (info.number("part_level", 1) != TWO_LEVELS) {
            return first == null ? null : new Partitions(first, List.of());
        }
        boolean template = info.number("template_num", 0) > 0;
        InnerSql secondLevel = template ? InnerSql.TEMPLATE_SUB_PARTITIONS : InnerSql.SUB_PARTITIONS;
        List<ResultTable.Row> second = first == null ? null : rows(key, secondLevel, values);
        return first == null || second == null ? null : new Partitions(first, second);
    }

    private @Nullable PartitionedTable understood(
            TableKey key, LocationRows.TableRow row, List<ResultTable.Row> info, Partitions partitions) {
        PartitionedTable.Identity identity = new PartitionedTable.Identity(
                key.database(), key.table(), row.tableId(), row.schemaVersion(), tenants.isOracle(key.tenant()));
        try {
            return ProxyDictionary.read(
                    identity,
                    queries.isVersion4(),
                    dictionary(info),
                    dictionary(partitions.first()),
                    dictionary(partitions.second()),
                    dictionary(columns(key, row.tableId(), info)));
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("table", key)
                    .setCause(e)
                    .log("definition is not understood, statements of the table go to any server of the tenant");
            return null;
        }
    }

    private static List<DictionaryRow> dictionary(List<ResultTable.Row> rows) {
        return rows.stream().<DictionaryRow>map(row -> row::bytes).toList();
    }

    /** Log streams by leaf index; below version 4 there are none. */
    private static int[] logStreams(PartitionedTable definition, Partitions partitions) {
        Map<Long, Integer> byTablet = new HashMap<>();
        List<ResultTable.Row> rows = partitions.second().isEmpty() ? partitions.first() : partitions.second();
        for (ResultTable.Row row : rows) {
            long logStream = row.number("ls_id", NO_LOG_STREAM);
            if (logStream >= 0 && logStream <= Integer.MAX_VALUE) {
                byTablet.put(row.number("tablet_id", 0), (int) logStream);
            }
        }
        return byTablet.isEmpty()
                ? new int[0]
                : definition.leaves().stream()
                        .mapToInt(leaf -> byTablet.getOrDefault(leaf.physicalId(), NO_LOG_STREAM))
                        .toArray();
    }

    private @Nullable List<ResultTable.Row> rows(TableKey key, InnerSql sql, Map<String, String> values) {
        return switch (queries.run(sql, values)) {
            case ClusterQueries.Result.Rows(ResultTable table) -> table.rows();
            case ClusterQueries.Result.Missing missing -> List.of();
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> {
                onFailure.accept(key, why);
                yield null;
            }
        };
    }
}
