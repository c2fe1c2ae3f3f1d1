package com.oceanbase.odp.routing.partition.dictionary;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A row of a dictionary view; columns by name. */
@FunctionalInterface
public interface DictionaryRow {
    /** Bytes of a column as the text protocol sends them; null for NULL, and if the row has no such column. */
    byte @Nullable [] bytes(String column);

    /** Text of a column, empty for NULL. */
    default String text(String column) {
        byte[] value = bytes(column);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    /** Number in a column; {@code otherwise} for NULL, for other text, and if there is no such column. */
    default long number(String column, long otherwise) {
        String value = text(column);
        try {
            return value.isEmpty() ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
