package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.routing.value.Collation;
import java.nio.charset.StandardCharsets;
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
    /** Stands for collations that are not known here: strings of such columns can be neither hashed nor compared. */
    public static final Collation UNKNOWN_COLLATION =
            new Collation(-1, "unknown", "unknown", StandardCharsets.ISO_8859_1);

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

    /** Collation of a number of the dictionary. */
    public static Collation collation(int number) {
        Collation found = Collation.byId(number);
        return found == null ? UNKNOWN_COLLATION : found;
    }

    /** A string type. */
    public static ColumnType of(ObjectType type, Collation collation, int length) {
        return new ColumnType(type, collation, length, -1, -1, List.of());
    }

    /** The same with another number of digits behind the seconds. */
    public ColumnType withFraction(int digits) {
        return new ColumnType(type, collation, length, precision, digits, members);
    }

    /** Digits behind the seconds of a time, 0 if not known. */
    public int fraction() {
        return Math.clamp(scale, 0, 6);
    }
}
