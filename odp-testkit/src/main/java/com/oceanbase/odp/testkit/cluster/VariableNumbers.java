package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.script.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the words that the kernel uses for values of integer session variables into the numbers which a cluster of
 * several nodes tells.
 *
 * <p>Types and defaults come from the kernel's own table of system variables. The words of the enumerations are those
 * of OceanBase's system variable definitions (obproxy: ob_system_variable_init.cpp); an unknown word becomes the
 * variable's default.
 */
final class VariableNumbers {

    private static final int VARCHAR = 22;

    private static final Map<String, Map<String, Integer>> ENUMERATIONS = Map.of(
            "ob_read_consistency", Map.of("FROZEN", 1, "WEAK", 2, "STRONG", 3),
            "binlog_row_image", Map.of("MINIMAL", 0, "NOBLOB", 1, "FULL", 2),
            "ob_route_policy",
                    Map.of(
                            "READONLY_ZONE_FIRST",
                            1,
                            "ONLY_READONLY_ZONE",
                            2,
                            "UNMERGE_ZONE_FIRST",
                            3,
                            "UNMERGE_FOLLOWER_FIRST",
                            4));

    /** Numbers of collations; a character set has the number of its default collation. */
    private static final Map<String, Integer> COLLATIONS = Map.ofEntries(
            Map.entry("utf8mb4", 45),
            Map.entry("utf8", 45),
            Map.entry("utf8mb3", 45),
            Map.entry("binary", 63),
            Map.entry("gbk", 28),
            Map.entry("gb18030", 248),
            Map.entry("utf16", 101),
            Map.entry("latin1", 47),
            Map.entry("utf8mb4_general_ci", 45),
            Map.entry("utf8mb4_bin", 46),
            Map.entry("utf8mb4_unicode_ci", 224),
            Map.entry("utf8mb4_0900_ai_ci", 255),
            Map.entry("gbk_chinese_ci", 28),
            Map.entry("gbk_bin", 87),
            Map.entry("latin1_swedish_ci", 8),
            Map.entry("latin1_bin", 47));

    /** Bits of sql_mode. */
    private static final Map<String, Integer> SQL_MODES = Map.ofEntries(
            Map.entry("REAL_AS_FLOAT", 0),
            Map.entry("PIPES_AS_CONCAT", 1),
            Map.entry("ANSI_QUOTES", 2),
            Map.entry("IGNORE_SPACE", 3),
            Map.entry("ONLY_FULL_GROUP_BY", 5),
            Map.entry("NO_UNSIGNED_SUBTRACTION", 6),
            Map.entry("NO_AUTO_VALUE_ON_ZERO", 19),
            Map.entry("NO_BACKSLASH_ESCAPES", 20),
            Map.entry("STRICT_TRANS_TABLES", 21),
            Map.entry("STRICT_ALL_TABLES", 22),
            Map.entry("NO_ZERO_IN_DATE", 23),
            Map.entry("NO_ZERO_DATE", 24),
            Map.entry("ALLOW_INVALID_DATES", 25),
            Map.entry("ERROR_FOR_DIVISION_BY_ZERO", 26),
            Map.entry("NO_AUTO_CREATE_USER", 28),
            Map.entry("HIGH_NOT_PRECEDENCE", 29),
            Map.entry("NO_ENGINE_SUBSTITUTION", 30),
            Map.entry("PAD_CHAR_TO_FULL_LENGTH", 31));

    private record Definition(int type, String defaultValue) {}

    private final Map<String, Definition> definitions = new HashMap<>();

    /** Reads the definitions from an answer with name, data_type, value. */
    VariableNumbers(Response catalog) {
        for (List<@Nullable String> row : catalog.rows()) {
            String name = row.get(0);
            String type = row.get(1);
            if (name != null && type != null) {
                String value = row.get(2);
                definitions.put(name, new Definition(Integer.parseInt(type), value == null ? "" : value));
            }
        }
    }

    /** The value as a number where the variable is one. */
    String number(String name, String value) {
        Definition definition = definitions.get(name);
        if (definition == null || definition.type == VARCHAR || isNumber(value)) {
            return value;
        }
        if (value.isEmpty() && name.equals("character_set_results")) {
            return value;
        }
        String word = value.toUpperCase(Locale.ROOT);
        if (word.equals("ON") || word.equals("OFF")) {
            return word.equals("ON") ? "1" : "0";
        }
        if (name.equals("sql_mode")) {
            return Long.toUnsignedString(sqlMode(word));
        }
        Integer enumerated = ENUMERATIONS.getOrDefault(name, Map.of()).get(word);
        if (enumerated == null && (name.contains("character_set") || name.contains("collation"))) {
            enumerated = COLLATIONS.get(value);
        }
        return enumerated == null ? definition.defaultValue : enumerated.toString();
    }

    private static long sqlMode(String words) {
        long bits = 0;
        for (String mode : words.split(",")) {
            Integer bit = SQL_MODES.get(mode.strip());
            if (bit != null) {
                bits |= 1L << bit;
            }
        }
        return bits;
    }

    private static boolean isNumber(String value) {
        int digits = value.startsWith("-") ? 1 : 0;
        return value.length() > digits && value.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
    }
}
