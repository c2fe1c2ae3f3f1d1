package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.partition.PartitionSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compares answers with what the kernel did, by the rules of the recording's README. */
final class Scoring {
    private Scoring() {}

    /**
     * Several answers (joins, subqueries): one that names a single partition decides, as it does for a route; each must fit.
     */
    static Verdict score(JsonNode vector, List<Answer> answers) {
        JsonNode expect = vector.path("expect");
        if (answers.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        Verdict best = Verdict.WRONG;
        for (Answer answer : answers) {
            Verdict verdict = score(vector, expect, answer);
            if (verdict == Verdict.WRONG) {
                return verdict;
            }
            if (verdict.compareTo(best) < 0) {
                best = verdict;
            }
        }
        return best;
    }

    private static Verdict score(JsonNode vector, JsonNode expect, Answer answer) {
        boolean main =
                answer.table().name().equalsIgnoreCase(vector.path("table").asString(""));
        if (!main && !expect.has("other")) {
            return Verdict.UNKNOWN;
        }
        if (expect.has("error")
                || expect.path("maybe_empty").asBoolean(false)
                || expect.path("generated_key").asBoolean(false)) {
            return Verdict.EXACT;
        }
        if (expect.has("per_row")) {
            return perRow(expect, answer);
        }
        List<Set<String>> accepted = new ArrayList<>();
        JsonNode other = expect.path("other").path(answer.table().name()).path("parts");
        accepted.add(names(main ? expect.path("parts") : other, answer));
        if (main && isSelfJoin(vector)) {
            accepted.add(names(other, answer));
        }
        if (main) {
            for (JsonNode access : expect.path("accesses")) {
                accepted.add(names(access.path("parts"), answer));
            }
        }
        Verdict best = Verdict.WRONG;
        for (Set<String> parts : accepted) {
            Verdict verdict = compare(parts, answer);
            if (verdict.compareTo(best) < 0) {
                best = verdict;
            }
        }
        return best;
    }

    private static boolean isSelfJoin(JsonNode vector) {
        JsonNode tables = vector.path("tables");
        return tables.size() == 2
                && tables.get(0).asString("").equalsIgnoreCase(tables.get(1).asString(""));
    }

    private static Verdict perRow(JsonNode expect, Answer answer) {
        Set<String> rows = new HashSet<>();
        expect.path("per_row").forEach(node -> rows.add(node.asString("")));
        if (answer.set().precision() == PartitionSet.Precision.UNKNOWN
                && rows.size() < answer.table().leafCount()) {
            return Verdict.UNKNOWN;
        }
        if (rows.contains(answer.preferred())) {
            return answer.set().precision() == PartitionSet.Precision.EXACT ? Verdict.EXACT : Verdict.SUPERSET;
        }
        return answer.names().stream().anyMatch(rows::contains)
                        && answer.set().precision() != PartitionSet.Precision.EXACT
                ? Verdict.SUPERSET
                : Verdict.WRONG;
    }

    private static Set<String> names(JsonNode parts, Answer answer) {
        Set<String> names = new HashSet<>();
        if (parts.isArray()) {
            parts.forEach(node -> names.add(node.asString("")));
        } else {
            answer.table().leaves().forEach(leaf -> names.add(leaf.name()));
        }
        return names;
    }

    private static Verdict compare(Set<String> accepted, Answer answer) {
        Set<String> named = answer.names();
        if (accepted.containsAll(named)) {
            return Verdict.EXACT;
        }
        if (named.stream().noneMatch(accepted::contains)) {
            return Verdict.WRONG;
        }
        return answer.set().precision() == PartitionSet.Precision.UNKNOWN ? Verdict.UNKNOWN : Verdict.SUPERSET;
    }
}
