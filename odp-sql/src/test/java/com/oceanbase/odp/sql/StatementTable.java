package com.oceanbase.odp.sql;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables of statements in resource files. A line may begin with a mode in brackets; {@code {xx}} is a byte in hexadecimal. Lines that begin
 * with {@code #} and a blank are comments.
 */
final class StatementTable {
    private StatementTable() {}

    /** A text and how it is read. */
    record Text(SqlMode mode, byte[] bytes) {
        StatementSummary summarize() {
            return StatementSummarizer.summarize(bytes, 0, bytes.length, mode);
        }
    }

    /** Lines of a file, without comments. */
    static List<String> lines(String file) {
        try (InputStream in = StatementTable.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("# ") && !line.isBlank())
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Text text(String cell) {
        if (!cell.startsWith("[")) {
            return new Text(SqlMode.MYSQL, bytes(cell));
        }
        int close = cell.indexOf(']');
        return new Text(
                mode(cell.substring(1, close)), bytes(cell.substring(close + 1).strip()));
    }

    static StatementSummary summarize(String cell) {
        return text(cell).summarize();
    }

    /** Everything the summary says, in one line. */
    static String describe(StatementSummary summary) {
        List<String> parts = new ArrayList<>();
        parts.add(summary.kind() + (summary.isMulti() ? "+" : ""));
        if (!summary.tables().isEmpty()) {
            parts.add(summary.tables().toString());
        }
        if (!summary.flags().isEmpty()) {
            parts.add(summary.flags().stream().map(Enum::name).collect(Collectors.joining(" ", "{", "}")));
        }
        if (summary.readConsistency() != null) {
            parts.add(summary.readConsistency().name());
        }
        if (summary.queryTimeoutMicros() >= 0) {
            parts.add("timeout " + summary.queryTimeoutMicros());
        }
        if (summary.detail() != null) {
            parts.add(describe(summary.detail()));
        }
        if (summary.proxyCommand() != null) {
            parts.add(summary.proxyCommand().arguments().stream()
                    .map(argument -> argument.form().name().charAt(0) + ":" + argument.text())
                    .collect(Collectors.joining(" ", summary.proxyCommand().type() + "(", ")")));
        }
        return String.join(" ", parts);
    }

    private static String describe(StatementDetail detail) {
        return detail instanceof StatementDetail.Assignments(List<SetItem> items)
                ? items.stream()
                        .map(item -> item.scope() + " " + item.name() + "=" + item.value())
                        .collect(Collectors.joining("; ", "<", ">"))
                : detail.toString();
    }

    private static SqlMode mode(String name) {
        return switch (name) {
            case "oracle" -> SqlMode.ORACLE;
            case "ansi" -> SqlMode.MYSQL.withAnsiQuotes(true);
            case "nobackslash" -> SqlMode.MYSQL.withNoBackslashEscapes(true);
            case "latin1" -> SqlMode.MYSQL.withMultiByte(MultiByteRule.SINGLE_BYTE);
            default -> SqlMode.MYSQL.withMultiByte(MultiByteRule.valueOf(name.toUpperCase(java.util.Locale.ROOT)));
        };
    }

    private static byte[] bytes(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '{'
                    && i + 3 < raw.length
                    && raw[i + 3] == '}'
                    && hex(raw[i + 1]) >= 0
                    && hex(raw[i + 2]) >= 0) {
                out.write(hex(raw[i + 1]) << 4 | hex(raw[i + 2]));
                i += 3;
            } else {
                out.write(raw[i]);
            }
        }
        return out.toByteArray();
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
