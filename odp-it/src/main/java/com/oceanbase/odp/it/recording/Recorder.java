package com.oceanbase.odp.it.recording;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Records random tables and statements on a kernel. */
final class Recorder implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int MOST_SEEDS = 24;
    /** Number of the first design with classic date types. */
    private static final int CLASSIC = 1_000_000;
    /** Designs that are refused are not counted; this many in a row mean that something else is wrong. */
    private static final int MOST_REFUSALS = 200;

    /**
     * What to record.
     *
     * @param tables number of designs
     * @param statements statements per design behind the seed rows
     */
    record Plan(long seed, int tables, int statements) {}

    /** What was recorded. */
    record Result(int tables, int statements) {}

    private final int port;
    private final Plan plan;
    private final BufferedWriter tableLines;
    private final BufferedWriter vectorLines;
    private int statements;

    Recorder(int port, Plan plan, Path directory) throws IOException {
        this.port = port;
        this.plan = plan;
        Files.createDirectories(directory);
        tableLines = Files.newBufferedWriter(directory.resolve("tables.jsonl"), StandardCharsets.UTF_8);
        vectorLines = Files.newBufferedWriter(directory.resolve("vectors.jsonl"), StandardCharsets.UTF_8);
    }

    /** Two thirds of the designs have the date types of newer kernels, the others the classic ones. */
    Result record() throws IOException {
        int classic = plan.tables / 3;
        int made = record(false, plan.tables - classic);
        if (classic > 0) {
            made += record(true, classic);
        }
        return new Result(made, statements);
    }

    private int record(boolean classic, int count) throws IOException {
        try (KernelSession admin = new KernelSession(port)) {
            admin.run("alter system set _enable_mysql_compatible_dates = " + !classic);
            admin.run("create database if not exists part_vec");
        }
        int made = 0;
        try (KernelSession kernel = new KernelSession(port)) {
            kernel.run("use part_vec");
            @Nullable Recorded before = null;
            int refused = 0;
            for (int number = classic ? CLASSIC : 0; made < count && refused < MOST_REFUSALS; number++) {
                Design design = Designs.of(plan.seed, number, classic);
                if (classic && !design.ddl().contains(" date")) {
                    continue;
                }
                RecordedTable table = create(kernel, design);
                if (table == null) {
                    refused++;
                    continue;
                }
                refused = 0;
                made++;
                before = record(kernel, table, number, before);
            }
        }
        return made;
    }

    /** A table that later ones are joined with. */
    private record Recorded(RecordedTable table, Conditions conditions) {}

    private static @Nullable RecordedTable create(KernelSession kernel, Design design) throws IOException {
        try {
            kernel.run(design.ddl());
            for (String alter : design.alter()) {
                kernel.run(alter);
            }
        } catch (KernelSession.Refusal e) {
            kernel.run("drop table if exists " + design.name());
            return null;
        }
        RecordedTable table = new RecordedTable(design, DictionaryRows.read(kernel, design.name()));
        if (!design.alter().isEmpty()) {
            table.askPlaces(kernel);
        }
        return table;
    }

    private Recorded record(KernelSession kernel, RecordedTable table, int number, @Nullable Recorded before)
            throws IOException {
        Design design = table.design();
        Dice dice = new Dice(plan.seed * 31 + number);
        TableRecorder recorder = new TableRecorder(kernel, table);
        List<List<Value>> seeds = new ArrayList<>();
        Inserts first = new Inserts(dice, design, new Conditions(dice, design.keys(), List.of()), table.names());
        for (int rid = 1; rid <= MOST_SEEDS; rid++) {
            List<Value> row = design.keys().stream()
                    .map(key -> Values.of(key.type(), dice))
                    .toList();
            if (recorder.insert(first.seed(rid, row))) {
                seeds.add(row);
            }
        }
        recorder.locate();
        Conditions conditions = new Conditions(dice, design.keys(), seeds);
        Selects selects = new Selects(dice, design, conditions, table.names());
        Shapes shapes = new Shapes(dice, design, conditions);
        Inserts inserts = new Inserts(dice, design, conditions, table.names());
        List<Draft> writes = new ArrayList<>();
        for (int i = 0; i < plan.statements; i++) {
            int choice = dice.below(100);
            if (choice < 50) {
                recorder.read(selects.any(), null);
            } else if (choice < 59) {
                recorder.read(shapes.query(), null);
            } else if (choice < 65) {
                recorder.read(shapes.write(), null);
            } else if (choice < 70 && before != null) {
                Draft join = shapes.join(before.table.design(), before.conditions);
                recorder.read(join, before.table);
            } else if (choice < 77) {
                recorder.read(inserts.preparedSelect(), null);
            } else {
                writes.add(inserts.any());
            }
        }
        for (Draft write : writes) {
            recorder.insert(write);
        }
        recorder.locate();
        write(table, recorder);
        return new Recorded(table, conditions);
    }

    private void write(RecordedTable table, TableRecorder recorder) throws IOException {
        tableLines.write(JSON.writeValueAsString(table.line()));
        tableLines.write('\n');
        for (Map<String, Object> line : recorder.lines()) {
            vectorLines.write(JSON.writeValueAsString(line));
            vectorLines.write('\n');
            statements++;
        }
        tableLines.flush();
        vectorLines.flush();
    }

    @Override
    public void close() throws IOException {
        try (vectorLines) {
            tableLines.close();
        }
    }
}
