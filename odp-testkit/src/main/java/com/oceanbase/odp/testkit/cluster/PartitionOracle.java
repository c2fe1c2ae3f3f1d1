package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.cluster.ExplainPlan.Operator;
import com.oceanbase.odp.testkit.cluster.ExplainPlan.PartitionIndex;
import com.oceanbase.odp.testkit.cluster.TabletDictionary.Table;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Knows which tablets a statement touches, by asking the kernel's EXPLAIN on a connection beside the session. Answers
 * are remembered for each database and text until a definition changes. Thread safe.
 *
 * <p>What the kernel cannot tell before execution (user variables, sequences, more than 1000 inserted rows, texts over
 * 64 KB) has no tablets, which counts as a hit.
 */
final class PartitionOracle implements AutoCloseable {

    private static final int MAX_TEXT = 64 * 1024;
    private static final int REMEMBERED = 4096;
    /** Where a session without a database is: names no user table, so that unqualified names are refused. */
    private static final String NO_DATABASE = "oceanbase";

    private record Key(String database, String text) {}

    private final List<KernelLink> links = new ArrayList<>();
    private final TabletDictionary dictionary = new TabletDictionary();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Key, CompletableFuture<List<Long>>> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<List<Long>>> eldest) {
            return size() > REMEMBERED;
        }
    };

    PartitionOracle(int kernelPort, int nodes) {
        for (int i = 0; i < nodes; i++) {
            links.add(new KernelLink(kernelPort));
        }
    }

    /** The tablets of a statement in the future, on some thread; null if its kind is not judged. */
    @Nullable
    CompletableFuture<List<Long>> tablets(int node, String database, String text) {
        if (text.length() > MAX_TEXT || !StatementHead.of(text).isJudged()) {
            return null;
        }
        synchronized (remembered) {
            return remembered.computeIfAbsent(new Key(database, text), key -> ask(node, key));
        }
    }

    /** What the kernel could not answer is not remembered. */
    private CompletableFuture<List<Long>> ask(int node, Key key) {
        CompletableFuture<List<Long>> answer =
                CompletableFuture.supplyAsync(() -> decide(links.get(node - 1), key.database, key.text), executor);
        return answer.whenComplete((_, failure) -> {
            if (failure != null) {
                executor.execute(() -> forget(key));
            }
        });
    }

    private void forget(Key key) {
        synchronized (remembered) {
            remembered.remove(key);
        }
    }

    /** Forgets everything if the statement changes definitions. */
    void statementPassed(String text) {
        if (StatementHead.of(text).isDefining()) {
            dictionary.forget();
            synchronized (remembered) {
                remembered.clear();
            }
        }
    }

    private List<Long> decide(KernelLink link, String database, String text) {
        try {
            ExplainPlan plan = explain(link, database, text);
            if (plan == null || plan.weakRead()) {
                return List.of();
            }
            List<Long> tablets = new ArrayList<>();
            boolean named = false;
            for (Operator operator : plan.operators()) {
                List<PartitionIndex> partitions = operator.partitions();
                if (partitions == null) {
                    continue;
                }
                named = true;
                Table table = table(link, database, text, plan, operator);
                List<Long> found = table == null ? null : table.of(partitions);
                if (found != null) {
                    tablets.addAll(found);
                }
            }
            return named ? tablets : inserted(link, database, text, plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable ExplainPlan explain(KernelLink link, String database, String text) throws IOException {
        Response response = link.run(database.isEmpty() ? NO_DATABASE : database, "explain extended_noaddr " + text);
        if (response.isError()) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        for (List<@Nullable String> row : response.rows()) {
            String line = row.getFirst();
            if (line != null) {
                lines.addAll(line.lines().toList());
            }
        }
        return ExplainPlan.parse(lines);
    }

    private @Nullable Table table(KernelLink link, String database, String text, ExplainPlan plan, Operator operator)
            throws IOException {
        String target = operator.name().isEmpty() ? operator.target() : null;
        String shown = target == null ? operator.table() : target;
        String owner = plan.qualified().get(shown);
        if (owner != null) {
            return looked(link, operator, owner, dictionary.find(link, owner, shown));
        }
        Set<String> candidates = plan.realNames().getOrDefault(shown, Set.of(shown));
        for (String candidate : candidates) {
            String in = database(text, candidate, database);
            Table table = dictionary.find(link, in, candidate);
            if (table != null) {
                return looked(link, operator, in, table);
            }
        }
        String in = database(text, shown, database);
        return looked(link, operator, in, dictionary.find(link, in, shown));
    }

    /** The table itself, or that of its global index in which the operator looks. */
    private @Nullable Table looked(KernelLink link, Operator operator, String database, @Nullable Table table)
            throws IOException {
        String index = table == null ? null : operator.globalIndex();
        return table == null || index == null
                ? table
                : dictionary.find(link, database, "__idx_" + table.id() + "_" + index);
    }

    /** The database with which a statement's text qualifies a table, or the session's. */
    private static String database(String text, String table, String sessionDatabase) {
        SqlTokens tokens = new SqlTokens(text);
        String qualifier = "";
        boolean behindDot = false;
        while (tokens.next()) {
            switch (tokens.kind()) {
                case IDENTIFIER -> {
                    if (behindDot && tokens.name().equalsIgnoreCase(table)) {
                        return qualifier;
                    }
                    qualifier = tokens.name();
                    behindDot = false;
                }
                case DOT -> behindDot = true;
                case SPACE -> {
                    // Blanks may stand around the dot.
                }
                default -> behindDot = false;
            }
        }
        return sessionDatabase;
    }

    private List<Long> inserted(KernelLink link, String database, String text, ExplainPlan plan) throws IOException {
        StatementHead.Name target = StatementHead.of(text).target();
        if (target == null) {
            return List.of();
        }
        String owner = target.database() == null ? database : target.database();
        Table table = dictionary.find(link, owner, target.table());
        if (table == null) {
            return List.of();
        }
        if (table.single() > 0) {
            return List.of(table.single());
        }
        InsertedRows rows = InsertedRows.of(plan.operators());
        String query = rows == null ? null : rows.keyQuery("`" + owner + "`.`" + target.table() + "`", table.keys());
        ExplainPlan keys = query == null ? null : explain(link, owner, query);
        List<Long> tablets = new ArrayList<>();
        if (keys != null) {
            for (Operator operator : keys.operators()) {
                List<PartitionIndex> partitions = operator.partitions();
                List<Long> found = partitions == null ? null : table.of(partitions);
                tablets.addAll(found == null ? List.of() : found);
            }
        }
        return tablets;
    }

    @Override
    public void close() throws IOException {
        for (KernelLink link : links) {
            link.close();
        }
        executor.shutdownNow();
    }
}
