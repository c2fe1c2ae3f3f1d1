package com.oceanbase.odp.proxy.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Values of {@code sql_mode}: some servers report the words, others the bits. Source: {@code enum enum_sql_mode} in MySQL
 * 5.7's sql_class.h, the same in OceanBase.
 */
final class SqlModeText {
    static final String VARIABLE = "sql_mode";

    private static final String[] NAMES = new String[32];

    static {
        NAMES[1] = "PIPES_AS_CONCAT";
        NAMES[2] = "ANSI_QUOTES";
        NAMES[3] = "IGNORE_SPACE";
        NAMES[6] = "NO_UNSIGNED_SUBTRACTION";
        NAMES[19] = "NO_AUTO_VALUE_ON_ZERO";
        NAMES[20] = "NO_BACKSLASH_ESCAPES";
        NAMES[21] = "STRICT_TRANS_TABLES";
        NAMES[22] = "STRICT_ALL_TABLES";
        NAMES[23] = "NO_ZERO_IN_DATE";
        NAMES[24] = "NO_ZERO_DATE";
        NAMES[25] = "ALLOW_INVALID_DATES";
        NAMES[27] = "TRADITIONAL";
        NAMES[31] = "PAD_CHAR_TO_FULL_LENGTH";
    }

    private SqlModeText() {}

    /** The words, in upper case, of what a server reported. */
    static String words(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9') || value.length() > 18) {
            return value.toUpperCase(Locale.ROOT);
        }
        long bits = Long.parseLong(value);
        List<String> words = new ArrayList<>();
        for (int bit = 0; bit < NAMES.length; bit++) {
            if ((bits >> bit & 1) != 0 && NAMES[bit] != null) {
                words.add(NAMES[bit]);
            }
        }
        return String.join(",", words);
    }
}
