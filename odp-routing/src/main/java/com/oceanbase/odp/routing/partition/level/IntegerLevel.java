package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.hash.Murmur;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Partitions of one level whose key columns are integers and are compared with plain integers. Immutable; no allocation per lookup. */
public abstract sealed class IntegerLevel {
    /** What {@link Evaluator#plainLong} returns for all that is not a plain integer. */
    private static final long NONE = Long.MIN_VALUE;

    private IntegerLevel() {}

    /** Index of the partition, -1 if a value is not a plain integer or no partition is for it. */
    public abstract int index(EvaluationContext context);

    /**
     * The lookup of a level.
     *
     * @param values for each column of the table what it is compared with, null for none
     * @return null if the key is not made of integer columns, or one of them has no value
     */
    public static @Nullable IntegerLevel of(
            PartitionedTable table, PartitionLevel level, List<Partition> partitions, @Nullable Expression[] values) {
        int count = level.columns().size();
        if (level.expression() != null || count == 0) {
            return null;
        }
        Expression[] key = new Expression[count];
        boolean[] unsigned = new boolean[count];
        for (int i = 0; i < count; i++) {
            int column = level.columns().get(i);
            ObjectType type = table.columns().get(column).type().type();
            Expression value = values[column];
            if (value == null || !type.isInteger()) {
                return null;
            }
            key[i] = value;
            unsigned[i] = type.isUnsignedWhole();
        }
        PartitionFunction function = level.function();
        return switch (function) {
            case KEY -> new Key(key, unsigned, partitions.size());
            case HASH -> count == 1 ? new Hash(key[0], unsigned[0], partitions.size()) : null;
            case RANGE, RANGE_COLUMNS -> count == 1 ? Range.of(key[0], unsigned[0], partitions) : null;
            case LIST, LIST_COLUMNS -> count == 1 ? Values.of(key[0], unsigned[0], partitions) : null;
            case UNSUPPORTED -> null;
        };
    }

    private static long value(Expression expression, boolean unsigned, EvaluationContext context) {
        long value = Evaluator.plainLong(expression, context, NONE);
        return unsigned && value < 0 ? NONE : value;
    }

    private static final class Hash extends IntegerLevel {
        private final Expression key;
        private final boolean unsigned;
        private final int count;

        Hash(Expression key, boolean unsigned, int count) {
            this.key = key;
            this.unsigned = unsigned;
            this.count = count;
        }

        @Override
        public int index(EvaluationContext context) {
            long value = value(key, unsigned, context);
            return value == NONE ? -1 : HashIndex.modulo(value, count);
        }
    }

    private static final class Key extends IntegerLevel {
        private final Expression[] key;
        private final boolean[] unsigned;
        private final int count;

        Key(Expression[] key, boolean[] unsigned, int count) {
            this.key = key;
            this.unsigned = unsigned;
            this.count = count;
        }

        @Override
        public int index(EvaluationContext context) {
            long hash = 0;
            for (int i = 0; i < key.length; i++) {
                long value = value(key[i], unsigned[i], context);
                if (value == NONE) {
                    return -1;
                }
                hash = Murmur.hash(value, hash);
            }
            return HashIndex.modulo(hash, count);
        }
    }

    private static final class Range extends IntegerLevel {
        private final Expression key;
        private final boolean unsigned;

        /** Bounds below {@link Long#MAX_VALUE}; plain integers are never above it. */
        private final long[] bounds;

        private final int count;

        private Range(Expression key, boolean unsigned, long[] bounds, int count) {
            this.key = key;
            this.unsigned = unsigned;
            this.bounds = bounds;
            this.count = count;
        }

        static @Nullable Range of(Expression key, boolean unsigned, List<Partition> partitions) {
            long[] bounds = new long[partitions.size()];
            int known = 0;
            for (Partition partition : partitions) {
                Datum bound =
                        partition.bound().isEmpty() ? null : partition.bound().getFirst();
                if (bound instanceof Datum.Whole(long value)) {
                    if (unsigned && value < 0) {
                        break;
                    }
                    bounds[known++] = value;
                } else if (bound instanceof Datum.Max) {
                    break;
                } else {
                    return null;
                }
            }
            return new Range(key, unsigned, Arrays.copyOf(bounds, known), partitions.size());
        }

        @Override
        public int index(EvaluationContext context) {
            long value = value(key, unsigned, context);
            if (value == NONE) {
                return -1;
            }
            int found = Arrays.binarySearch(bounds, value);
            int index = found >= 0 ? found + 1 : -found - 1;
            return index < count ? index : -1;
        }
    }

    private static final class Values extends IntegerLevel {
        private final Expression key;
        private final boolean unsigned;
        private final long[] values;
        private final int[] indexes;
        private final int otherwise;

        private Values(Expression key, boolean unsigned, long[] values, int[] indexes, int otherwise) {
            this.key = key;
            this.unsigned = unsigned;
            this.values = values;
            this.indexes = indexes;
            this.otherwise = otherwise;
        }

        static @Nullable Values of(Expression key, boolean unsigned, List<Partition> partitions) {
            TreeMap<Long, Integer> places = new TreeMap<>();
            int otherwise = -1;
            for (int i = 0; i < partitions.size(); i++) {
                if (partitions.get(i).isDefault()) {
                    otherwise = i;
                }
                for (List<Datum> row : partitions.get(i).values()) {
                    switch (row.getFirst()) {
                        case Datum.Whole(long value) -> places.put(value, i);
                        case Datum.Null _ -> {
                            // A plain integer is not NULL.
                        }
                        default -> {
                            return null;
                        }
                    }
                }
            }
            long[] values = places.keySet().stream().mapToLong(Long::longValue).toArray();
            int[] indexes = places.values().stream().mapToInt(Integer::intValue).toArray();
            return new Values(key, unsigned, values, indexes, otherwise);
        }

        @Override
        public int index(EvaluationContext context) {
            long value = value(key, unsigned, context);
            if (value == NONE) {
                return -1;
            }
            int found = Arrays.binarySearch(values, value);
            return found >= 0 ? indexes[found] : otherwise;
        }
    }
}
