package com.oceanbase.odp.it.routecheck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads files of JSON objects, one a line. A line that cannot be used is reported and does not spoil the others. */
final class JsonLines {
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private JsonLines() {}

    /** The content of a line makes no sense. */
    static final class BadLine extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadLine(String message) {
            super(message);
        }
    }

    /**
     * Hands each object to the reader; empty lines are skipped.
     *
     * @return how many objects were read without a problem
     * @throws IOException if the file cannot be read at all
     */
    static int read(Path file, Problems problems, Consumer<JsonNode> reader) throws IOException {
        int read = 0;
        // Bytes that are no UTF-8 spoil their line only.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
                if (!text.isBlank() && accept(text, file, number, problems, reader)) {
                    read++;
                }
            }
        }
        return read;
    }

    private static boolean accept(String text, Path file, int number, Problems problems, Consumer<JsonNode> reader) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new BadLine("not a JSON object");
            }
            reader.accept(node);
            return true;
        } catch (JacksonException e) {
            problems.add(file, number, "not JSON: " + e.getOriginalMessage());
        } catch (BadLine e) {
            problems.add(file, number, e.getMessage());
        } catch (RuntimeException e) {
            // Whatever a strange value leads to: the other lines count.
            problems.add(file, number, "cannot be used: " + e);
        }
        return false;
    }

    /** A text that must be there. */
    static String text(JsonNode node, String field) {
        String value = node.path(field).asString("");
        if (value.isEmpty()) {
            throw new BadLine("no \"" + field + "\"");
        }
        return value;
    }
}
