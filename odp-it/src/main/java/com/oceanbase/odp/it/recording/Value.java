package com.oceanbase.odp.it.recording;

/**
 * A constant.
 *
 * @param text its characters without quotes
 * @param quoted whether SQL writes it in quotes
 */
record Value(String text, boolean quoted) {
    static Value number(Object number) {
        return new Value(number.toString(), false);
    }

    static Value string(String text) {
        return new Value(text, true);
    }

    /** As an SQL literal. */
    String sql() {
        return quoted ? quote(text) : text;
    }

    /** In single quotes. */
    static String quote(String text) {
        return '\'' + escaped(text) + '\'';
    }

    /** The inside of single quotes. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "''")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\0", "\\0");
    }
}
