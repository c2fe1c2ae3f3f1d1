package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.cluster.ExplainPlan.PartitionIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tablets of tables, from the kernel's own dictionary, remembered until {@link #forget()}. Thread safe. */
final class TabletDictionary {

    private static final long FIRST_USER_TABLE = 500_000;

    /**
     * A user table.
     *
     * @param single its tablet if it is not partitioned, else 0
     */
    record Table(long id, long single, Map<PartitionIndex, Long> tablets, List<String> keys) {

        /** The tablets of partitions, null if one of them is unknown. */
        @Nullable
        List<Long> of(List<PartitionIndex> partitions) {
            if (single > 0) {
                return List.of(single);
            }
            List<Long> found = new ArrayList<>();
            for (PartitionIndex partition : partitions) {
                Long tablet = tablets.get(partition);
                if (tablet == null) {
                    return null;
                }
                found.add(tablet);
            }
            return found;
        }
    }

    private record Name(String database, String table) {}

    private final Map<Name, Optional<Table>> tables = new ConcurrentHashMap<>();

    void forget() {
        tables.clear();
    }

    /** A user table or the table of an index, null if there is none of this name. */
    @Nullable
    Table find(KernelLink kernel, String database, String table) throws IOException {
        Name name = new Name(database, table);
        Optional<Table> known = tables.get(name);
        if (known == null) {
            known = Optional.ofNullable(read(kernel, database, table));
            tables.put(name, known);
        }
        return known.orElse(null);
    }

    private static @Nullable Table read(KernelLink kernel, String database, String table) throws IOException {
        List<List<@Nullable String>> rows = rows(
                kernel,
                "select t.table_id, t.tablet_id, t.part_level from oceanbase.__all_table t"
                        + " join oceanbase.__all_database d on d.database_id = t.database_id"
                        + " where t.table_type in (3, 5) and d.database_name = " + quote(database)
                        + " and t.table_name = "
                        + quote(table));
        if (rows.isEmpty() || number(rows.getFirst().get(0)) < FIRST_USER_TABLE) {
            return null;
        }
        long id = number(rows.getFirst().get(0));
        long level = number(rows.getFirst().get(2));
        if (level == 0) {
            return new Table(id, number(rows.getFirst().get(1)), Map.of(), List.of());
        }
        List<String> keys = new ArrayList<>();
        for (List<@Nullable String> row : rows(
                kernel,
                "select part_key_name from oceanbase.__all_virtual_proxy_partition_info where tenant_name = 'sys'"
                        + " and table_id = " + id + " order by part_key_idx")) {
            keys.add(String.valueOf(row.getFirst()));
        }
        return new Table(id, 0, level == 1 ? oneLevel(kernel, id) : twoLevels(kernel, id), keys);
    }

    private static Map<PartitionIndex, Long> oneLevel(KernelLink kernel, long id) throws IOException {
        Map<PartitionIndex, Long> tablets = new HashMap<>();
        for (List<@Nullable String> row : rows(
                kernel, "select tablet_id from oceanbase.__all_part where table_id = " + id + " order by part_idx")) {
            tablets.put(new PartitionIndex(tablets.size(), -1), number(row.getFirst()));
        }
        return tablets;
    }

    private static Map<PartitionIndex, Long> twoLevels(KernelLink kernel, long id) throws IOException {
        Map<PartitionIndex, Long> tablets = new HashMap<>();
        int part = -1;
        int sub = -1;
        long lastPart = -1;
        for (List<@Nullable String> row : rows(
                kernel,
                "select p.part_id, s.tablet_id from oceanbase.__all_sub_part s join oceanbase.__all_part p"
                        + " on p.table_id = s.table_id and p.part_id = s.part_id where s.table_id = " + id
                        + " order by p.part_idx, s.sub_part_idx")) {
            long partId = number(row.get(0));
            if (partId != lastPart) {
                lastPart = partId;
                part++;
                sub = -1;
            }
            sub++;
            tablets.put(new PartitionIndex(part, sub), number(row.get(1)));
        }
        return tablets;
    }

    private static List<List<@Nullable String>> rows(KernelLink kernel, String sql) throws IOException {
        var response = kernel.run(null, sql);
        if (response.isError()) {
            throw new IOException(response.error().message());
        }
        return response.rows();
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
