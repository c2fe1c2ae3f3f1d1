package com.oceanbase.odp.sql;

/** Classes of the bytes that mean something in SQL. */
final class Ascii {
    private static final boolean[] NAME_PART = new boolean[128];

    static {
        for (int c = 0; c < 128; c++) {
            NAME_PART[c] =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
        }
    }

    private Ascii() {}

    /** Letter, digit, underscore or dollar; not a byte above 127. */
    static boolean isNamePart(byte b) {
        return b >= 0 && NAME_PART[b];
    }

    /** What must follow two dashes for a comment to begin. */
    static boolean isBlankOrControl(byte b) {
        return (b >= 0 && b <= ' ') || b == 127;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isHex(byte b) {
        int lower = b | 0x20;
        return isDigit(b) || (lower >= 'a' && lower <= 'f');
    }

    static byte upper(byte b) {
        return b >= 'a' && b <= 'z' ? (byte) (b - 32) : b;
    }

    /** What closes a string of the form {@code q'<open>..<close>'}. */
    static byte closing(byte open) {
        return switch (open) {
            case '[' -> ']';
            case '{' -> '}';
            case '(' -> ')';
            case '<' -> '>';
            default -> open;
        };
    }

    /** Whether two bytes that follow one another belong to one operator. */
    static boolean joinsOperator(byte left, byte right) {
        return switch (left) {
            case '<' -> right == '=' || right == '>' || right == '<';
            case '>' -> right == '=' || right == '>';
            case '!' -> right == '=';
            case '=' -> right == '>';
            case '|' -> right == '|';
            case '&' -> right == '&';
            case '-' -> right == '>';
            default -> false;
        };
    }
}
