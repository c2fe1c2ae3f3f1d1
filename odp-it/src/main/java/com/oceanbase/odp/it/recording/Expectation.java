package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.it.recording.RecordedTable.Leaf;
import com.oceanbase.odp.testkit.cluster.ExplainPlan;
import com.oceanbase.odp.testkit.cluster.ExplainPlan.Operator;
import com.oceanbase.odp.testkit.cluster.ExplainPlan.PartitionIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The object {@code expect} of a statement. */
final class Expectation {
    private static final int MOST_TABLETS = 4;
    private static final int MOST_NAMES = 16;

    private Expectation() {}

    /** An access to a table in a plan. */
    record Access(String alias, Set<Leaf> parts) {}

    /** What a plan reads of a table; {@code mine} tells by alias whether it is this table. Null if the plan does not say. */
    static @Nullable List<Access> accesses(
            ExplainPlan plan, RecordedTable table, java.util.function.Predicate<String> mine) {
        List<Access> found = new ArrayList<>();
        for (Operator operator : plan.operators()) {
            List<PartitionIndex> places = operator.partitions();
            if (places == null || operator.table().isEmpty() || !mine.test(operator.table())) {
                continue;
            }
            Set<Leaf> parts = new LinkedHashSet<>();
            for (PartitionIndex place : places) {
                Leaf leaf = table.at(place);
                if (leaf == null) {
                    return null;
                }
                parts.add(leaf);
            }
            found.add(new Access(operator.table(), parts));
        }
        return found;
    }

    static Map<String, Object> of(RecordedTable table, Set<Leaf> parts) {
        Map<String, Object> expect = new LinkedHashMap<>();
        int of = table.leaves().size();
        expect.put("n", parts.size());
        expect.put("of", of);
        List<Leaf> sorted = parts.stream()
                .sorted(Comparator.comparing(table.leaves()::indexOf))
                .toList();
        expect.put("parts", parts.size() == of && of > 1 ? "ALL" : names(sorted));
        if (!parts.isEmpty() && parts.size() <= MOST_TABLETS) {
            expect.put("tablets", sorted.stream().map(Leaf::tablet).toList());
            expect.put("pos", sorted.stream().map(Leaf::place).toList());
        }
        return expect;
    }

    /** A read: the partitions of its plan, and of the rows that it found. */
    static Map<String, Object> read(RecordedTable table, List<Access> accesses, Set<Leaf> rows) {
        Set<Leaf> parts = new LinkedHashSet<>();
        accesses.forEach(access -> parts.addAll(access.parts()));
        Map<String, Object> expect = of(table, parts);
        expect.put("rows_in", rows.size() > MOST_NAMES ? rows.size() : names(List.copyOf(rows)));
        if (accesses.size() > 1) {
            List<Map<String, Object>> list = new ArrayList<>();
            for (Access access : accesses) {
                Map<String, Object> one = of(table, access.parts());
                list.add(Map.of(
                        "alias",
                        access.alias(),
                        "n",
                        access.parts().size(),
                        "parts",
                        one.getOrDefault("parts", "ALL")));
            }
            expect.put("accesses", list);
        }
        boolean first = parts.size() == 1 && parts.contains(table.first());
        if (rows.isEmpty() && first && table.leaves().size() > 1) {
            expect.put("maybe_empty", true);
        }
        return expect;
    }

    static Map<String, Object> refused(RecordedTable table, int code) {
        Map<String, Object> expect = of(table, Set.of());
        expect.put("error", code);
        return expect;
    }

    private static List<String> names(List<Leaf> leaves) {
        return leaves.stream().map(Leaf::name).toList();
    }
}
