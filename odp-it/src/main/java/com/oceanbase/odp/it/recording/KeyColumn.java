package com.oceanbase.odp.it.recording;

import java.util.regex.Pattern;

/**
 * A column on which statements put conditions.
 *
 * @param name without quotes
 * @param attributes what follows the type in the DDL, such as NOT NULL or a default
 */
record KeyColumn(String name, KeyType type, String attributes) {
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    KeyColumn(String name, KeyType type) {
        this(name, type, "");
    }

    /** As SQL writes it. */
    String sql() {
        return PLAIN.matcher(name).matches() && !"key".equalsIgnoreCase(name) ? name : "`" + name + "`";
    }

    String definition() {
        return sql() + " " + type.ddl() + (attributes.isEmpty() ? "" : " " + attributes);
    }

    boolean hasDefault() {
        return attributes.contains("default") || attributes.contains("auto_increment");
    }

    boolean isNullable() {
        return !attributes.contains("not null") && !attributes.contains("primary");
    }
}
