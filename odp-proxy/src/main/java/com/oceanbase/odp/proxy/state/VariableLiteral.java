package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.topology.SystemVariableCatalog;

/** Prints variables in SQL. */
final class VariableLiteral {
    private VariableLiteral() {}

    /**
     * Appends the value of a system variable as a literal. Servers report some values as words where the variable is a
     * number ({@code ON}, {@code utf8mb4_general_ci}): {@code ON}/{@code OFF} become 1/0 as the original writes them,
     * other words go as strings, which every server accepts.
     */
    static void appendSystem(StringBuilder sql, String name, String value, SystemVariableCatalog catalog) {
        boolean string = catalog.contains(name) && catalog.isString(name);
        if (value.isEmpty() && catalog.isNullable(name)) {
            sql.append("NULL");
        } else if (!string && isInteger(value)) {
            sql.append(value);
        } else if (!string && value.equals("ON")) {
            sql.append('1');
        } else if (!string && value.equals("OFF")) {
            sql.append('0');
        } else {
            appendString(sql, value);
        }
    }

    /** Appends the name of a user variable, quoted where it must be. */
    static void appendName(StringBuilder sql, String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c == '_' || c == '$' || c == '.' || c >= 0x80 || Character.isLetterOrDigit(c);
            if (!plain) {
                sql.append('`').append(name.replace("`", "``")).append('`');
                return;
            }
        }
        sql.append(name);
    }

    private static void appendString(StringBuilder sql, String value) {
        sql.append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\'') {
                sql.append("''");
            } else if (c == '\\') {
                sql.append("\\\\");
            } else {
                sql.append(c);
            }
        }
        sql.append('\'');
    }

    private static boolean isInteger(String value) {
        int start = value.startsWith("-") ? 1 : 0;
        if (value.length() == start || value.length() > 20) {
            return false;
        }
        for (int i = start; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
