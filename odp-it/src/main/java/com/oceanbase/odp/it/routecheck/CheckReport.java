package com.oceanbase.odp.it.routecheck;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Numbers of a run, and the statements that did not come out exact. */
final class CheckReport {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int MAX_NAMES = 20;

    private final Map<Verdict, Integer> total = new EnumMap<>(Verdict.class);
    private final Map<String, Map<Verdict, Integer>> byTag = new TreeMap<>();
    private final Map<Verdict, List<Finding>> findings = new EnumMap<>(Verdict.class);
    private int single;
    private int singleExact;
    private long nanos;

    /** A statement that did not come out exact. */
    record Finding(
            String id,
            String table,
            String tag,
            String sql,
            JsonNode params,
            JsonNode setup,
            String expected,
            String got,
            String why) {}

    void add(JsonNode vector, Verdict verdict, List<Answer> answers) {
        String tag = vector.path("tag").asString("");
        total.merge(verdict, 1, Integer::sum);
        byTag.computeIfAbsent(tag, _ -> new EnumMap<>(Verdict.class)).merge(verdict, 1, Integer::sum);
        if (vector.path("expect").path("n").asInt(0) == 1) {
            single++;
            singleExact += verdict == Verdict.EXACT ? 1 : 0;
        }
        if (verdict != Verdict.EXACT) {
            findings.computeIfAbsent(verdict, _ -> new ArrayList<>()).add(finding(vector, answers));
        }
    }

    private static Finding finding(JsonNode vector, List<Answer> answers) {
        StringBuilder got = new StringBuilder();
        StringBuilder why = new StringBuilder();
        for (Answer answer : answers) {
            if (!got.isEmpty()) {
                got.append("; ");
                why.append("; ");
            }
            got.append(answer.table().name()).append(' ').append(shortened(answer.names()));
            why.append(answer.set().reason());
        }
        return new Finding(
                vector.path("id").asString(""),
                vector.path("table").asString(""),
                vector.path("tag").asString(""),
                vector.path("sql").asString(""),
                vector.path("params"),
                vector.path("setup"),
                vector.path("expect").toString(),
                got.toString(),
                why.toString());
    }

    private static String shortened(Collection<String> names) {
        return names.size() <= MAX_NAMES ? names.toString() : names.size() + " partitions";
    }

    void took(long elapsed) {
        nanos = elapsed;
    }

    boolean isEmpty() {
        return total.isEmpty();
    }

    int count(Verdict verdict) {
        return total.getOrDefault(verdict, 0);
    }

    void print(PrintStream out, int shown) {
        out.printf(
                "exact %d, superset %d, unknown %d, wrong %d; of %d that use one partition %d exact (%.1f s)%n",
                count(Verdict.EXACT),
                count(Verdict.SUPERSET),
                count(Verdict.UNKNOWN),
                count(Verdict.WRONG),
                single,
                singleExact,
                nanos / 1e9);
        out.printf("%-24s %8s %8s %8s %8s%n", "tag", "exact", "superset", "unknown", "wrong");
        byTag.forEach((tag, counts) -> out.printf(
                "%-24s %8d %8d %8d %8d%n",
                tag,
                counts.getOrDefault(Verdict.EXACT, 0),
                counts.getOrDefault(Verdict.SUPERSET, 0),
                counts.getOrDefault(Verdict.UNKNOWN, 0),
                counts.getOrDefault(Verdict.WRONG, 0)));
        List<Finding> wrong = findings.getOrDefault(Verdict.WRONG, List.of());
        for (Finding finding : wrong.subList(0, Math.min(shown, wrong.size()))) {
            out.printf(
                    "wrong %s (%s): %s%n  expected %s, got %s%s%n",
                    finding.id(),
                    finding.table(),
                    finding.sql(),
                    finding.expected(),
                    finding.got(),
                    finding.why().isBlank() ? "" : ": " + finding.why());
        }
        if (wrong.size() > shown) {
            out.printf("and %d more%n", wrong.size() - shown);
        }
    }

    void write(Path file) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            report.put(verdict.name().toLowerCase(Locale.ROOT), count(verdict));
        }
        report.put("single", single);
        report.put("single_exact", singleExact);
        report.put("seconds", nanos / 1e9);
        Map<String, Map<String, Integer>> tags = new LinkedHashMap<>();
        byTag.forEach((tag, counts) -> {
            Map<String, Integer> numbers = new LinkedHashMap<>();
            for (Verdict verdict : Verdict.values()) {
                numbers.put(verdict.name().toLowerCase(Locale.ROOT), counts.getOrDefault(verdict, 0));
            }
            tags.put(tag, numbers);
        });
        report.put("by_tag", tags);
        for (Verdict verdict : List.of(Verdict.WRONG, Verdict.UNKNOWN, Verdict.SUPERSET)) {
            report.put(verdict.name().toLowerCase(Locale.ROOT) + "_vectors", findings.getOrDefault(verdict, List.of()));
        }
        Files.write(file, JSON.writeValueAsBytes(report));
    }
}
