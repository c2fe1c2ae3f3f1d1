package com.oceanbase.odp.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Texts of the resource files, and summaries of texts. */
final class Texts {
    private Texts() {}

    static StatementSummary mysql(String text) {
        return summarize(text, SqlMode.MYSQL);
    }

    static StatementSummary oracle(String text) {
        return summarize(text, SqlMode.ORACLE);
    }

    static StatementSummary summarize(String text, SqlMode mode) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return StatementSummarizer.summarize(bytes, 0, bytes.length, mode);
    }

    /** A line {@code text ==> expected}. */
    record Case(String text, String expected) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** The cases of a file; lines that start with {@code "# "} are comments. */
    static List<Case> cases(String file) {
        return lines(file).stream()
                .map(line -> {
                    int arrow = line.lastIndexOf(" ==> ");
                    String text = line.substring(0, arrow).replace("\\n", "\n").replace("\\t", "\t");
                    return new Case(text.replace("\\\\", "\\"), line.substring(arrow + 5));
                })
                .toList();
    }

    static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(file))) {
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isEmpty() && (!line.startsWith("# ") || line.startsWith("# comment ==>")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
