package com.oceanbase.odp.routing.partition.rowid;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import java.util.Base64;
import java.util.List;

/** A ROWID of Oracle mode, read from its text (layouts: {@code ob_urowid.h} of the original proxy). Immutable. */
public sealed interface Rowid {
    /** A row of a table without primary key: the ROWID names the tablet. */
    record Heap(boolean extended, long tabletId) implements Rowid {}

    /**
     * A row by the values of its key.
     *
     * @param primaryKey the key is the primary key; else the table has none, and the server made one
     * @param values in the order of the ROWID
     */
    record Logical(boolean primaryKey, List<KeyValue> values) implements Rowid {}

    /** The text is no ROWID that is understood here; {@code reason} in plain words. */
    record Malformed(String reason) implements Rowid {}

    /** One value of a key with the type that the ROWID says it has. */
    record KeyValue(ObjectType type, Datum value) {}

    /** Reads a text: Base64, with or without a star in front. Never throws. */
    static Rowid of(String text) {
        byte[] content;
        try {
            content = Base64.getDecoder().decode(text.startsWith("*") ? text.substring(1) : text);
        } catch (IllegalArgumentException _) {
            return new Malformed("the ROWID is not Base64");
        }
        return content.length == 0 ? new Malformed("the ROWID is empty") : new RowidReader(content).read();
    }
}
