package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.routing.LocationLoader;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.TableKind;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the rows of the location statements into locations. Pure functions. */
final class LocationRows {
    private static final int LEADER = 1;
    private static final int DUPLICATE = 1;

    /**
     * From this value of complex_table_type on the row is about the first table of a view, with synonyms before or behind
     * it or without (source: ObComplexTableType of the server's ob_all_virtual_proxy_schema.h).
     */
    private static final int COMPLEX_VIEW = 2;

    private LocationRows() {}

    /**
     * What the location rows of one table say about the table.
     *
     * @param partitions number of physical partitions
     * @param replicas copies of its first partition; those of the table if it has one
     * @param view the name is a view's; what else is said may be about the first table of that
     */
    record TableRow(
            TableKind kind, long tableId, long schemaVersion, int partitions, ReplicaSet replicas, boolean view) {}

    /** The table of these rows, or null if there are none. */
    static @Nullable TableRow table(ResultTable table) {
        if (table.rows().isEmpty()) {
            return null;
        }
        ResultTable.Row first = table.rows().getFirst();
        TableKind kind = TableKind.of(first.number("table_type", TableKind.USER.ordinal()));
        return new TableRow(
                kind,
                first.number("table_id", 0),
                first.number("schema_version", 0),
                (int) Math.min(Integer.MAX_VALUE, first.number("part_num", 1)),
                replicas(table.rows()),
                kind == TableKind.VIEW || first.number("complex_table_type", 0) >= COMPLEX_VIEW);
    }

    /** The locations of some partitions of a table. */
    static LocationLoader.Partitions partitions(ResultTable table) {
        if (table.rows().isEmpty()) {
            return new LocationLoader.Partitions(0, 0, Map.of());
        }
        Map<Long, List<ResultTable.Row>> rows = new LinkedHashMap<>();
        for (ResultTable.Row row : table.rows()) {
            rows.computeIfAbsent(row.number("tablet_id", row.number("partition_id", 0)), id -> new ArrayList<>())
                    .add(row);
        }
        Map<Long, ReplicaSet> replicas = new HashMap<>();
        rows.forEach((id, own) -> replicas.put(id, replicas(own)));
        ResultTable.Row first = table.rows().getFirst();
        return new LocationLoader.Partitions(first.number("table_id", 0), first.number("schema_version", 0), replicas);
    }

    private static ReplicaSet replicas(List<ResultTable.Row> rows) {
        List<Replica> replicas = new ArrayList<>();
        for (ResultTable.Row row : rows) {
            ServerAddress address = ClusterRows.address(row, "sql_port");
            if (address != null) {
                long duplicate = row.find("dup_replica_type") == null
                        ? row.number("spare2", 0)
                        : row.number("dup_replica_type", 0);
                replicas.add(new Replica(
                        address, row.number("role", 0) == LEADER, replicaType(row), duplicate == DUPLICATE));
            }
        }
        replicas.sort(Comparator.comparing(Replica::leader).reversed());
        return new ReplicaSet(replicas);
    }

    /** The type of a row's replica; servers older than version 4 have it in a spare column. */
    static ReplicaType replicaType(ResultTable.Row row) {
        return ReplicaType.of(row.number(row.find("replica_type") == null ? "spare1" : "replica_type", 0));
    }

    /** The routine of these rows, or null if there are none. */
    static @Nullable Routine routine(RoutineKey key, ResultTable table) {
        if (table.rows().isEmpty()) {
            return null;
        }
        ResultTable.Row row = table.rows().getFirst();
        boolean own = row.find("routine_id") != null;
        return new Routine(
                key,
                Routine.State.FOUND,
                row.number(own ? "routine_id" : "table_id", 0),
                row.number("schema_version", 0),
                row.text("database_name"),
                row.text(own ? "routine_sql" : "spare4"));
    }
}
