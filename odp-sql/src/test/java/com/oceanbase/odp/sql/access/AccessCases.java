package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.SqlMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Texts of the resource files. */
public final class AccessCases {
    private AccessCases() {}

    /** A line {@code text ==> expected}. */
    record Case(String text, String expected) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A line {@code mode table text} of a statement over a partitioned table. */
    public record Vector(SqlMode mode, String table, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    static List<Case> cases(String file) {
        return lines(file).stream()
                .map(line -> {
                    int arrow = line.lastIndexOf(" ==>");
                    return new Case(
                            line.substring(0, arrow), line.substring(arrow + 4).strip());
                })
                .toList();
    }

    /** Statements over partitioned tables. */
    public static List<Vector> vectors() {
        return lines("vectors.txt").stream()
                .map(line -> {
                    String[] parts = line.split(" ", 3);
                    return new Vector(mode(parts[0]), parts[1], unescaped(parts[2]));
                })
                .toList();
    }

    private static SqlMode mode(String name) {
        return switch (name) {
            case "mysql" -> SqlMode.MYSQL;
            case "ansi" -> SqlMode.MYSQL.withAnsiQuotes(true);
            case "pipes" -> SqlMode.MYSQL.withPipesAsConcat(true);
            case "nobackslash" -> SqlMode.MYSQL.withNoBackslashEscapes(true);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** {@code \n}, {@code \t} and doubled backslashes stand for themselves. */
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                c = text.charAt(i);
                c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
            }
            out.append(c);
        }
        return out.toString();
    }

    /** All statements of the files. */
    public static List<String> statements() {
        List<String> all = new ArrayList<>();
        for (String file : List.of("statements-mysql.txt", "statements-oracle.txt")) {
            cases(file).forEach(sql -> all.add(sql.text()));
        }
        cases("conditions.txt").forEach(sql -> all.add("select * from t where " + sql.text()));
        vectors().forEach(vector -> all.add(vector.text()));
        return all;
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(AccessCases.class.getResourceAsStream(file))) {
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
