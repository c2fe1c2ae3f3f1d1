package com.oceanbase.odp.it.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A way to partition a table.
 *
 * @param name name of the table
 * @param columns definitions of its key columns
 * @param partitioning what follows PARTITION BY
 * @param rows values of the key columns
 */
record TableDesign(String name, String columns, String partitioning, List<KeyRow> rows) {
    /**
     * Values of the key columns.
     *
     * @param columns their names
     * @param literals a literal for each
     */
    record KeyRow(List<String> columns, List<String> literals) {
        /** {@code a = 1 and b = 'x'}, each column with this qualifier. */
        String condition(String qualifier) {
            List<String> terms = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                terms.add(qualifier + columns.get(i) + " = " + literals.get(i));
            }
            return String.join(" and ", terms);
        }

        String columnList() {
            return String.join(",", columns);
        }

        String literalList() {
            return String.join(",", literals);
        }

        /** As assignments of a SET. */
        String assignments() {
            return condition("").replace(" and ", ", ");
        }
    }

    String createTable() {
        return "create table " + name + "(rid int, note varchar(64), " + columns + ") partition by " + partitioning;
    }

    /** All designs of the catalogue. */
    static List<TableDesign> all() {
        try (InputStream in = TableDesign.class.getResourceAsStream("/routing/designs.txt")) {
            if (in == null) {
                throw new IllegalStateException("designs.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TableDesign::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TableDesign of(String line) {
        String[] parts = line.split(" \\| ");
        List<KeyRow> rows =
                Arrays.stream(parts[3].split(" ; ")).map(TableDesign::row).toList();
        return new TableDesign(parts[0].strip(), parts[1].strip(), parts[2].strip(), rows);
    }

    private static KeyRow row(String text) {
        List<String> columns = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        for (String assignment : text.strip().split(", ")) {
            int equals = assignment.indexOf('=');
            columns.add(assignment.substring(0, equals));
            literals.add(assignment.substring(equals + 1));
        }
        return new KeyRow(columns, literals);
    }
}
