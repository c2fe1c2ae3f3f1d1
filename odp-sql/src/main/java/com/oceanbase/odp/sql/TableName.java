package com.oceanbase.odp.sql;

import org.jspecify.annotations.Nullable;

/**
 * Name of a table in a text, without quotes. In MySQL mode in the letter case of the text; in Oracle mode parts that were not quoted
 * are in upper case, as the server stores them.
 *
 * @param database database or schema; null when the text has none
 */
public record TableName(@Nullable String database, String name) {
    @Override
    public String toString() {
        return database == null ? name : database + '.' + name;
    }
}
