package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.hash.DatumHash;
import com.oceanbase.odp.routing.partition.hash.StringHash;
import com.oceanbase.odp.routing.partition.hash.StringRule;
import java.util.Arrays;
import java.util.List;

/** Index of a partition by hash value. */
final class HashIndex {
    private HashIndex() {}

    /** Index of the partition of a row, -1 if a value cannot be hashed. */
    static int of(PartitionFunction function, List<ColumnType> types, List<Datum> row, int count, boolean oracleMode) {
        if (function == PartitionFunction.HASH && !oracleMode) {
            return switch (row.getFirst()) {
                case Datum.Whole(long value) -> modulo(value, count);
                case Datum.Null _ -> 0;
                default -> -1;
            };
        }
        long h = 0;
        for (int i = 0; i < types.size(); i++) {
            ColumnType type = types.get(i);
            if (!DatumHash.supports(type)) {
                return -1;
            }
            if (row.get(i) instanceof Datum.Exact && type.type().kind() != ObjectType.Kind.EXACT) {
                return -1;
            }
            Datum value = oracleMode ? withoutPadding(type, row.get(i)) : row.get(i);
            h = DatumHash.hash(type, value, h, oracleMode);
        }
        return oracleMode && function == PartitionFunction.HASH ? powerOfTwo(absolute(h), count) : modulo(h, count);
    }

    /** Index of a hash value, or of the value of HASH itself. */
    static int modulo(long value, int count) {
        return (int) (absolute(value) % count);
    }

    private static long absolute(long value) {
        return value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
    }

    /** Oracle mode splits one partition after the other: those that are not split yet hold what two will. */
    static int powerOfTwo(long value, int count) {
        int power = Integer.highestOneBit(count);
        int index = (int) (value & (power - 1));
        return index + power < count && (value & power) == power ? index + power : index;
    }

    /** CHAR and NCHAR lose trailing blanks, but for the first character. */
    private static Datum withoutPadding(ColumnType type, Datum value) {
        if (!type.type().isFixedChar() || !(value instanceof Datum.Text(byte[] bytes)) || bytes.length == 0) {
            return value;
        }
        int length = Math.max(1, StringHash.significant(StringRule.of(type.collation()), bytes));
        return length == bytes.length ? value : new Datum.Text(Arrays.copyOf(bytes, length));
    }
}
