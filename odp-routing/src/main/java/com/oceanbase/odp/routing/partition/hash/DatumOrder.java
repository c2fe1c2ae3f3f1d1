package com.oceanbase.odp.routing.partition.hash;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Order of stored values of one type, as the server compares them with bounds: NULL first, MAXVALUE last. */
public final class DatumOrder {
    private DatumOrder() {}

    /** Whether values of a type can be compared here. */
    public static boolean supports(ColumnType type) {
        return switch (type.type().kind()) {
            case WHOLE, REAL, EXACT, ZONED -> true;
            case TEXT -> StringRule.of(type.collation()).compares();
            case NONE, NULL -> false;
        };
    }

    /** Negative, zero or positive as {@code left} is less than, equal to or greater than {@code right}. */
    public static int compare(ColumnType type, Datum left, Datum right) {
        int rank = Integer.compare(rank(left), rank(right));
        if (rank != 0 || rank(left) != 1) {
            return rank;
        }
        if (left instanceof Datum.Whole(long a) && right instanceof Datum.Whole(long b)) {
            return type.type().isUnsignedWhole() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
        }
        if (left instanceof Datum.Text(byte[] a) && right instanceof Datum.Text(byte[] b)) {
            return StringHash.compare(type.collation(), a, b);
        }
        if (left instanceof Datum.Real(double a) && right instanceof Datum.Real(double b)) {
            return Double.compare(a == 0 ? 0.0 : a, b == 0 ? 0.0 : b);
        }
        if (left instanceof Datum.Exact(BigDecimal a) && right instanceof Datum.Whole whole) {
            return a.compareTo(decimal(type, whole));
        }
        if (left instanceof Datum.Whole whole && right instanceof Datum.Exact(BigDecimal b)) {
            return decimal(type, whole).compareTo(b);
        }
        if (left instanceof Datum.Exact a && right instanceof Datum.Exact b) {
            return a.value().compareTo(b.value());
        }
        if (left instanceof Datum.Zoned a && right instanceof Datum.Zoned b) {
            int micros = Long.compare(a.micros(), b.micros());
            return micros != 0 ? micros : Integer.compare(a.descriptor() & 0x3FF, b.descriptor() & 0x3FF);
        }
        throw new IllegalArgumentException(left + " and " + right + " are not of one kind");
    }

    /** A constant between two integers is compared as the number that it is. */
    private static BigDecimal decimal(ColumnType type, Datum.Whole whole) {
        long value = whole.value();
        return type.type().isUnsignedWhole() && value < 0
                ? new BigDecimal(BigInteger.valueOf(value).add(BigInteger.ONE.shiftLeft(Long.SIZE)))
                : BigDecimal.valueOf(value);
    }

    /** Order of two rows; the shorter one must be the prefix that decides. */
    public static int compareRows(List<ColumnType> types, List<Datum> left, List<Datum> right) {
        int count = Math.min(left.size(), right.size());
        for (int i = 0; i < count; i++) {
            int order = compare(types.get(i), left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int rank(Datum value) {
        return switch (value) {
            case Datum.Null _ -> 0;
            case Datum.Max _ -> 2;
            default -> 1;
        };
    }
}
