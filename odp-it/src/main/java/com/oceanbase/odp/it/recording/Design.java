package com.oceanbase.odp.it.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table to record.
 *
 * @param classic whether the kernel makes it with the classic date types
 * @param ddl the CREATE TABLE text
 * @param alter statements behind it
 * @param keys the columns that decide about the partition: bases instead of generated columns
 * @param generated name of a generated key column, null if there is none
 */
record Design(
        String name,
        boolean classic,
        String ddl,
        List<String> alter,
        List<KeyColumn> keys,
        @Nullable String generated) {
    Design {
        alter = List.copyOf(alter);
        keys = List.copyOf(keys);
    }
}
