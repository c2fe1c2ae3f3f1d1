package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.it.recording.Expectation.Access;
import com.oceanbase.odp.it.recording.RecordedTable.Leaf;
import com.oceanbase.odp.testkit.cluster.ExplainPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one table on the kernel and notes where they went. */
final class TableRecorder {
    private static final int NO_PARTITION = 1526;
    private static final int NOT_IN_PARTITION = 1748;

    private final KernelSession kernel;
    private final RecordedTable table;
    private final List<Map<String, Object>> lines = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private Map<Integer, Leaf> rows = Map.of();

    /** An INSERT whose rows are looked for later. */
    private record Pending(Draft draft, int line) {}

    TableRecorder(KernelSession kernel, RecordedTable table) {
        this.kernel = kernel;
        this.table = table;
    }

    List<Map<String, Object>> lines() {
        return lines.stream().filter(line -> line.containsKey("expect")).toList();
    }

    /** Executes an INSERT; {@link #locate()} finds out where its rows are. True if the kernel took it. */
    boolean insert(Draft draft) throws IOException {
        try {
            prepare(draft);
            kernel.column(draft.sql(), draft.parameters());
            pending.add(new Pending(draft, lines.size()));
            lines.add(line(draft));
            return true;
        } catch (KernelSession.Refusal e) {
            if (e.code() == NO_PARTITION || e.code() == NOT_IN_PARTITION) {
                Map<String, Object> line = line(draft);
                line.put("tag", tagOfError(draft, e.code()));
                line.put("expect", Expectation.refused(table, e.code()));
                line.put("check", "error");
                lines.add(line);
            }
            return false;
        } finally {
            undo(draft);
        }
    }

    private static String tagOfError(Draft draft, int code) {
        if (code == NOT_IN_PARTITION) {
            return "partition-mismatch";
        }
        return draft.parameters().isEmpty() ? "no-partition" : "ps-no-partition";
    }

    /** Looks for the rows that were inserted since the last time. */
    void locate() throws IOException {
        rows = table.rowsNow(kernel);
        for (Pending insert : pending) {
            List<Leaf> places = new ArrayList<>();
            for (int rid : insert.draft.inserted()) {
                Leaf leaf = rows.get(rid);
                if (leaf != null) {
                    places.add(leaf);
                }
            }
            if (places.size() != insert.draft.inserted().size()) {
                continue;
            }
            Map<String, Object> expect = Expectation.of(table, new LinkedHashSet<>(places));
            if (places.size() > 1) {
                expect.put("per_row", places.stream().map(Leaf::name).toList());
            }
            if (generatesKey(insert.draft)) {
                expect.put("generated_key", true);
            }
            lines.get(insert.line).put("expect", expect);
            lines.get(insert.line).put("check", "landing");
        }
        pending.clear();
    }

    private boolean generatesKey(Draft draft) {
        for (KeyColumn key : table.design().keys()) {
            if (key.attributes().contains("auto_increment")) {
                String sql = draft.sql();
                return !sql.matches("(?s).*\\b" + key.name() + "\\b.*")
                        || sql.matches("(?is).*(\\bnull|\\b0[^\\d.x]|default|\\b0x0).*")
                        || draft.parameters().stream().anyMatch(Parameter::isNull);
            }
        }
        return false;
    }

    /** Notes the plan of a statement that reads, and where the rows are that it finds. */
    void read(Draft draft, @Nullable RecordedTable other) throws IOException {
        try {
            prepare(draft);
            List<String> text = kernel.column("explain extended_noaddr " + draft.sql(), draft.parameters());
            ExplainPlan plan = ExplainPlan.parse(text);
            boolean join = other != null;
            List<Access> accesses = Expectation.accesses(plan, table, alias -> !join || !alias.equals("y"));
            if (accesses == null || accesses.isEmpty()) {
                return;
            }
            Set<Leaf> found = found(draft);
            Map<String, Object> expect = Expectation.read(table, accesses, found);
            if (other != null) {
                List<Access> second = Expectation.accesses(plan, other, "y"::equals);
                if (second == null || second.isEmpty()) {
                    return;
                }
                Map<String, Object> parts =
                        Expectation.of(other, second.getFirst().parts());
                parts.remove("tablets");
                parts.remove("pos");
                expect.put("other", Map.of(other.design().name(), parts));
            }
            Set<Leaf> parts = new LinkedHashSet<>();
            accesses.forEach(access -> parts.addAll(access.parts()));
            Map<String, Object> line = line(draft);
            if (other != null) {
                line.put("tables", List.of(table.design().name(), other.design().name()));
            }
            line.put("expect", expect);
            line.put("check", check(parts, found));
            lines.add(line);
        } catch (KernelSession.Refusal e) {
            // A statement that the kernel does not know is no vector.
            return;
        } finally {
            undo(draft);
        }
    }

    private static String check(Set<Leaf> parts, Set<Leaf> found) {
        if (found.isEmpty()) {
            return "explain";
        }
        if (!parts.containsAll(found)) {
            return "explain<rows";
        }
        return parts.size() == found.size() ? "explain+rows" : "explain>rows";
    }

    private Set<Leaf> found(Draft draft) throws IOException {
        Set<Leaf> found = new LinkedHashSet<>();
        String query = draft.rows();
        if (query == null) {
            return found;
        }
        prepare(draft);
        for (String rid : kernel.column(query, draft.parameters())) {
            Leaf leaf = rid.matches("\\d{1,9}") ? rows.get(Integer.valueOf(rid)) : null;
            if (leaf != null) {
                found.add(leaf);
            }
        }
        return found;
    }

    private void prepare(Draft draft) throws IOException {
        for (String statement : draft.setup()) {
            kernel.run(statement);
        }
    }

    private void undo(Draft draft) throws IOException {
        if (!draft.setup().isEmpty()) {
            kernel.restore();
        }
    }

    private Map<String, Object> line(Draft draft) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", table.design().name() + "-%04d".formatted(lines.size()));
        line.put("table", table.design().name());
        line.put("op", draft.operation());
        line.put("tag", draft.tag());
        line.put("sql", draft.sql());
        if (!draft.setup().isEmpty()) {
            line.put("setup", draft.setup());
        }
        if (!draft.parameters().isEmpty()) {
            line.put(
                    "params",
                    draft.parameters().stream().map(TableRecorder::shown).toList());
        }
        return line;
    }

    @SuppressWarnings("NullAway") // JSON null
    private static Map<String, Object> shown(Parameter parameter) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("type", parameter.type());
        shown.put("value", parameter.value());
        if (parameter.unsigned()) {
            shown.put("unsigned", true);
        }
        if (!parameter.isNull()) {
            shown.put("wire", HexFormat.of().formatHex(parameter.wire()));
        }
        return shown;
    }
}
