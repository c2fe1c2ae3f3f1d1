package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.plan.PartitionCalculator;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Runs recorded statements through parser and calculator. */
final class RouteCheck {
    private final Map<String, PartitionedTable> tables;
    private final Problems problems;

    RouteCheck(Map<String, PartitionedTable> tables, Problems problems) {
        this.tables = tables;
        this.problems = problems;
    }

    /**
     * Checks all statements of a file.
     *
     * @throws IOException if the file cannot be read at all; lines that cannot be used are told to the problems
     */
    CheckReport run(Path vectors) throws IOException {
        CheckReport report = new CheckReport();
        long start = System.nanoTime();
        JsonLines.read(vectors, problems, vector -> check(vector, report));
        report.took(System.nanoTime() - start);
        return report;
    }

    private void check(JsonNode vector, CheckReport report) {
        String sql = JsonLines.text(vector, "sql");
        String main = JsonLines.text(vector, "table");
        if (!vector.path("expect").isObject()) {
            throw new JsonLines.BadLine("no \"expect\"");
        }
        if (!tables.containsKey(main.toLowerCase(Locale.ROOT))) {
            report.add(vector, Verdict.UNKNOWN, List.of());
            throw new JsonLines.BadLine("table \"" + main + "\" is not in the file of tables");
        }
        List<String> setup = new ArrayList<>();
        vector.path("setup").forEach(node -> setup.add(node.asString()));
        RecordedSession session = new RecordedSession(setup);
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        LiteralSlots slots = new LiteralSlots();
        slots.reset(text, session.mode());
        StatementAccess access = AccessParser.parse(text, 0, text.length, session.mode(), slots);
        EvaluationContext context =
                new EvaluationContext(slots, WireParameters.of(vector.path("params")), session.values());
        List<Answer> answers = new ArrayList<>();
        for (QueryBlock block : access.blocks()) {
            answer(block, context, answers);
        }
        report.add(vector, Scoring.score(vector, answers), answers);
    }

    private void answer(QueryBlock block, EvaluationContext context, List<Answer> answers) {
        for (TableAccess use : block.tables()) {
            PartitionedTable table = tables.get(use.table().name().toLowerCase(Locale.ROOT));
            if (table != null) {
                List<PartitionCalculator.Joined> joined = new ArrayList<>();
                for (TableAccess other : block.tables()) {
                    PartitionedTable definition =
                            tables.get(other.table().name().toLowerCase(Locale.ROOT));
                    if (other != use && definition != null) {
                        joined.add(new PartitionCalculator.Joined(other, definition));
                    }
                }
                answers.add(new Answer(
                        table,
                        PartitionCalculator.compile(table, block, use, joined).evaluate(context)));
            }
        }
    }
}
