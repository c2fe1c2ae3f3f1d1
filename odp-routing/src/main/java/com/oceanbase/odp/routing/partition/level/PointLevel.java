package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.hash.Murmur;
import com.oceanbase.odp.routing.partition.hash.StringHash;
import com.oceanbase.odp.routing.partition.hash.StringRule;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.routing.value.evaluation.PlainStrings;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Partitions of one level whose key columns are integers, or of KEY also strings, and equal plain literals. Immutable; no allocation per lookup. */
public abstract sealed class PointLevel {
    /** What {@link Evaluator#plainLong} returns for all that is not a plain integer. */
    private static final long NONE = Long.MIN_VALUE;

    private PointLevel() {}

    /** Index of the partition, -1 if a value is not a plain literal or no partition is for it. */
    public abstract int index(LiteralSlots literals, ParameterValues parameters, SessionValues session);

    /**
     * The lookup of a level.
     *
     * @param values for each column of the table what it is compared with, null for none
     * @return null if the key is not made of such columns, or one of them has no value
     */
    public static @Nullable PointLevel of(
            PartitionedTable table, PartitionLevel level, List<Partition> partitions, @Nullable Expression[] values) {
        int count = level.columns().size();
        if (level.expression() != null || count == 0) {
            return null;
        }
        Expression[] key = new Expression[count];
        boolean[] unsigned = new boolean[count];
        @Nullable StringRule[] rules = new StringRule[count];
        Collation[] collations = new Collation[count];
        for (int i = 0; i < count; i++) {
            int column = level.columns().get(i);
            ColumnType type = table.columns().get(column).type();
            Expression value = values[column];
            boolean text = level.function() == PartitionFunction.KEY && isHashedText(type);
            if (value == null || !text && !type.type().isInteger()) {
                return null;
            }
            key[i] = value;
            unsigned[i] = type.type().isUnsignedWhole();
            rules[i] = text ? StringRule.of(type.collation()) : null;
            collations[i] = type.collation();
        }
        PartitionFunction function = level.function();
        return switch (function) {
            case KEY -> new Key(key, unsigned, rules, collations, partitions.size());
            case HASH -> count == 1 ? new Hash(key[0], unsigned[0], partitions.size()) : null;
            case RANGE, RANGE_COLUMNS -> count == 1 ? Range.of(key[0], unsigned[0], partitions) : null;
            case LIST, LIST_COLUMNS -> count == 1 ? Values.of(key[0], unsigned[0], partitions) : null;
            case UNSUPPORTED -> null;
        };
    }

    private static boolean isHashedText(ColumnType type) {
        return (type.type() == ObjectType.VARCHAR || type.type() == ObjectType.CHAR)
                && StringRule.of(type.collation()).hashes();
    }

    private static long value(
            Expression expression, boolean unsigned, LiteralSlots literals, ParameterValues parameters) {
        long value = Evaluator.plainLong(expression, literals, parameters, NONE);
        return unsigned && value < 0 ? NONE : value;
    }

    private static final class Hash extends PointLevel {
        private final Expression key;
        private final boolean unsigned;
        private final int count;

        Hash(Expression key, boolean unsigned, int count) {
            this.key = key;
            this.unsigned = unsigned;
            this.count = count;
        }

        @Override
        public int index(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long value = value(key, unsigned, literals, parameters);
            return value == NONE ? -1 : HashIndex.modulo(value, count);
        }
    }

    private static final class Key extends PointLevel {
        private final Expression[] key;
        private final boolean[] unsigned;

        /** For each column how its strings are hashed, null for integers. */
        private final @Nullable StringRule[] rules;

        private final Collation[] collations;
        private final int count;

        Key(Expression[] key, boolean[] unsigned, @Nullable StringRule[] rules, Collation[] collations, int count) {
            this.key = key;
            this.unsigned = unsigned;
            this.rules = rules;
            this.collations = collations;
            this.count = count;
        }

        @Override
        public int index(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long hash = 0;
            for (int i = 0; i < key.length; i++) {
                StringRule rule = rules[i];
                if (rule != null) {
                    if (!(key[i] instanceof Expression.Literal literal)
                            || !PlainStrings.isPlain(literal, literals, session, collations[i])) {
                        return -1;
                    }
                    int start = PlainStrings.start(literal, literals);
                    hash = StringHash.hashPart(rule, literals.text(), start, PlainStrings.end(literal, literals), hash);
                    continue;
                }
                long value = value(key[i], unsigned[i], literals, parameters);
                if (value == NONE) {
                    return -1;
                }
                hash = Murmur.hash(value, hash);
            }
            return HashIndex.modulo(hash, count);
        }
    }

    private static final class Range extends PointLevel {
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
        public int index(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long value = value(key, unsigned, literals, parameters);
            if (value == NONE) {
                return -1;
            }
            int found = Arrays.binarySearch(bounds, value);
            int index = found >= 0 ? found + 1 : -found - 1;
            return index < count ? index : -1;
        }
    }

    private static final class Values extends PointLevel {
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
        public int index(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long value = value(key, unsigned, literals, parameters);
            if (value == NONE) {
                return -1;
            }
            int found = Arrays.binarySearch(values, value);
            return found >= 0 ? indexes[found] : otherwise;
        }
    }
}
