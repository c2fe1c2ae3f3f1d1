package com.oceanbase.odp.routing.partition;

import java.util.List;

/**
 * Type of a column.
 *
 * @param type type number
 * @param collation collation of strings, {@link Collation#BINARY} of others
 * @param length length in characters (bytes of binary strings); -1 if not known
 * @param precision decimal digits, bits of BIT; -1 if not known or without meaning
 * @param scale digits behind the point, of seconds for times; -1 if not known or without meaning
 * @param members names of ENUM and SET in their order, else empty
 */
public record ColumnType(
        ObjectType type, Collation collation, int length, int precision, int scale, List<String> members) {
    /** The type of integer expressions. */
    public static final ColumnType BIGINT = of(ObjectType.BIGINT);

    /** The type of unsigned integer expressions. */
    public static final ColumnType BIGINT_UNSIGNED = of(ObjectType.BIGINT_UNSIGNED);

    /** Copies the list. */
    public ColumnType {
        members = List.copyOf(members);
    }

    /** A type without attributes. */
    public static ColumnType of(ObjectType type) {
        return new ColumnType(type, Collation.BINARY, -1, -1, -1, List.of());
    }

    /** A string type. */
    public static ColumnType of(ObjectType type, Collation collation, int length) {
        return new ColumnType(type, collation, length, -1, -1, List.of());
    }

    /** Digits behind the seconds of a time, 0 if not known. */
    public int fraction() {
        return Math.clamp(scale, 0, 6);
    }
}
