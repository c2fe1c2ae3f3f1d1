package com.oceanbase.odp.routing.partition.hash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weights of characters in collations, from the module's resources. */
final class WeightTables {
    /** Weight of each character up to U+FFFF in utf8mb4_general_ci. */
    static final char[] GENERAL_CI = generalCi();

    /** Weights of the 256 bytes by name of the collation. */
    private static final Map<String, byte[]> BYTES = bytes();

    private WeightTables() {}

    /** Weights of the 256 bytes in a collation that hashes byte by byte. */
    static byte[] bytes(String collation) {
        byte[] table = BYTES.get(collation);
        if (table == null) {
            throw new IllegalArgumentException("no weights of " + collation);
        }
        return table;
    }

    private static char[] generalCi() {
        char[] weights = new char[0x10000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (char) i;
        }
        for (String line : lines("general-ci-weights.txt")) {
            String[] codes = line.split(" ");
            char weight = (char) Integer.parseInt(codes[0], 16);
            for (int i = 1; i < codes.length; i++) {
                weights[Integer.parseInt(codes[i], 16)] = weight;
            }
        }
        return weights;
    }

    private static Map<String, byte[]> bytes() {
        Map<String, byte[]> tables = new HashMap<>();
        for (String line : lines("byte-weights.txt")) {
            String[] parts = line.split(" ");
            byte[] weights = new byte[256];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (byte) Integer.parseInt(parts[i + 1], 16);
            }
            tables.put(parts[0], weights);
        }
        return tables;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = WeightTables.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
