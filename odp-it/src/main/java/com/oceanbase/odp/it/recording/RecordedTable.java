package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.testkit.cluster.ExplainPlan;
import com.oceanbase.odp.testkit.cluster.ExplainPlan.Operator;
import com.oceanbase.odp.testkit.cluster.ExplainPlan.PartitionIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table that the kernel has, and its leaf partitions in the order of the dictionary. */
final class RecordedTable {
    private final Design design;
    private final Map<String, Object> schema;
    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<PartitionIndex, Leaf> byPlace = new HashMap<>();

    /**
     * A leaf partition.
     *
     * @param place index of the partition, then of the sub-partition
     */
    record Leaf(String name, long tablet, List<Integer> place) {}

    RecordedTable(Design design, Map<String, Object> schema) {
        this.design = design;
        this.schema = schema;
        List<Map<String, Object>> parts = rows("part");
        Map<Object, List<Map<String, Object>>> subs = new LinkedHashMap<>();
        rows("sub_part")
                .forEach(row -> subs.computeIfAbsent(row.get("part_id"), _ -> new ArrayList<>())
                        .add(row));
        if (parts.isEmpty()) {
            add(new Leaf("p0", number(table().get("tablet_id")), List.of(0)), new PartitionIndex(0, -1));
        }
        for (int i = 0; i < parts.size(); i++) {
            Map<String, Object> part = parts.get(i);
            List<Map<String, Object>> children = subs.getOrDefault(part.get("part_id"), List.of());
            if (children.isEmpty()) {
                Leaf leaf = new Leaf(text(part.get("part_name")), number(part.get("tablet_id")), List.of(i));
                add(leaf, new PartitionIndex(i, -1));
            }
            for (int k = 0; k < children.size(); k++) {
                Map<String, Object> sub = children.get(k);
                Leaf leaf = new Leaf(text(sub.get("sub_part_name")), number(sub.get("tablet_id")), List.of(i, k));
                add(leaf, new PartitionIndex(i, k));
            }
        }
    }

    private void add(Leaf leaf, PartitionIndex place) {
        leaves.add(leaf);
        byPlace.put(place, leaf);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> rows(String name) {
        return (List<Map<String, Object>>) schema.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> table() {
        return (Map<String, Object>) schema.getOrDefault("table", Map.of());
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    Design design() {
        return design;
    }

    List<Leaf> leaves() {
        return leaves;
    }

    List<String> names() {
        return leaves.stream().map(Leaf::name).toList();
    }

    boolean isPartitioned() {
        return !rows("part").isEmpty();
    }

    @Nullable
    Leaf at(PartitionIndex place) {
        return byPlace.get(place);
    }

    /** The partition that plans name when no row can match. */
    Leaf first() {
        Leaf plain = byPlace.getOrDefault(new PartitionIndex(0, -1), leaves.getFirst());
        return byPlace.getOrDefault(new PartitionIndex(0, 0), plain);
    }

    /**
     * Asks plans for the places of partitions. Behind ALTER TABLE the order of LIST partitions in plans is no longer that of the
     * dictionary.
     */
    void askPlaces(KernelSession kernel) throws IOException {
        Map<PartitionIndex, Leaf> asked = new HashMap<>();
        for (Leaf leaf : leaves) {
            String sql =
                    "explain extended_noaddr select rid from " + design.name() + " partition(`" + leaf.name() + "`)";
            for (Operator operator :
                    ExplainPlan.parse(kernel.column(sql, List.of())).operators()) {
                List<PartitionIndex> places = operator.partitions();
                if (places != null) {
                    places.forEach(place -> asked.put(place, leaf));
                }
            }
        }
        byPlace.clear();
        byPlace.putAll(asked);
    }

    /** The partition of each row that is there now, by {@code rid}. */
    Map<Integer, Leaf> rowsNow(KernelSession kernel) throws IOException {
        Map<Integer, Leaf> found = new HashMap<>();
        for (Leaf leaf : leaves) {
            String clause = isPartitioned() ? " partition(`" + leaf.name() + "`)" : "";
            for (List<@Nullable String> row : kernel.run("select rid from part_vec." + design.name() + clause)) {
                String rid = row.getFirst();
                if (rid != null) {
                    found.put(Integer.valueOf(rid), leaf);
                }
            }
        }
        return found;
    }

    /** The line of {@code tables.jsonl}. */
    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", design.name());
        line.put("db", "part_vec");
        line.put("ddl", design.ddl());
        line.put("alter", design.alter());
        line.put("kind", isPartitioned() ? rows("sub_part").isEmpty() ? "one" : "two" : "none");
        line.put("leaves", leaves.size());
        line.put("schema", schema);
        return line;
    }
}
