package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Turns the rows of the table entry statement into a location. Pure functions. */
final class LocationRows {
    private static final int LEADER = 1;

    // replica types without data of their own: LOGONLY, ENCRYPTION_LOGONLY (original: src/lib/ob_define.h:1055-1073)
    private static final Set<Long> LOG_ONLY = Set.of(5L, 261L);

    private LocationRows() {}

    static TableLocation location(TableKey key, ResultTable table) {
        if (table.rows().isEmpty()) {
            return new TableLocation.Absent(key);
        }
        ResultTable.Row first = table.rows().getFirst();
        long tableId = first.number("table_id", 0);
        long schemaVersion = first.number("schema_version", 0);
        long partitions = first.number("part_num", 1);
        if (partitions > 1) {
            return new TableLocation.Partitioned(
                    key, tableId, schemaVersion, (int) Math.min(Integer.MAX_VALUE, partitions));
        }
        List<Replica> replicas = replicas(table);
        return replicas.isEmpty()
                ? new TableLocation.Anywhere(key)
                : new TableLocation.SinglePartition(key, tableId, schemaVersion, replicas);
    }

    private static List<Replica> replicas(ResultTable table) {
        List<Replica> replicas = new ArrayList<>();
        for (ResultTable.Row row : table.rows()) {
            ServerAddress address = ClusterRows.address(row, "sql_port");
            long type = row.find("replica_type") == null ? row.number("spare1", 0) : row.number("replica_type", 0);
            if (address != null && !LOG_ONLY.contains(type)) {
                replicas.add(new Replica(address, row.number("role", 0) == LEADER));
            }
        }
        replicas.sort(Comparator.comparing(Replica::leader).reversed());
        return replicas;
    }
}
