package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of one level whose key columns are integers or times, or of KEY also decimals and strings, and are given as plain values. Immutable;
 * no allocation per look-up.
 */
public abstract sealed class PointLevel {
    private static final long NONE = KeyPart.NONE;

    private final int count;

    private PointLevel(int count) {
        this.count = count;
    }

    /** Index of the partition of a key, -1 if a value is not plain or no partition is for it. */
    public abstract int index(
            Expression[] key, LiteralSlots literals, ParameterValues parameters, SessionValues session);

    /**
     * The look-up of a level.
     *
     * @param stored whether keys are written to rows, not compared with them
     * @return null if the key is not made of such columns
     */
    public static @Nullable PointLevel of(
            PartitionedTable table, PartitionLevel level, List<Partition> partitions, boolean stored) {
        int columns = level.columns().size();
        if (level.expression() != null || columns == 0) {
            return null;
        }
        KeyPart[] parts = new KeyPart[columns];
        for (int i = 0; i < columns; i++) {
            KeyPart part = KeyPart.of(table.columns().get(level.columns().get(i)), stored);
            if (part == null) {
                return null;
            }
            parts[i] = part;
        }
        if (level.function() == PartitionFunction.KEY) {
            return new Key(parts, partitions.size());
        }
        KeyPart part = parts[0];
        if (columns > 1 || !part.isOrdered()) {
            return null;
        }
        return switch (level.function()) {
            case HASH -> part.isInteger() ? new Hash(part, partitions.size()) : null;
            case RANGE, RANGE_COLUMNS -> Range.of(part, partitions);
            case LIST, LIST_COLUMNS -> Values.of(part, partitions);
            case KEY, UNSUPPORTED -> null;
        };
    }

    /** Number of the level's partitions. */
    public int count() {
        return count;
    }

    /**
     * Sets the bits of the partitions that a condition selects.
     *
     * @param offset bit of the first partition
     * @return false if a value is not plain, or no partition is for it; some bits may be set then
     */
    public boolean select(
            Selection selection,
            LiteralSlots literals,
            ParameterValues parameters,
            SessionValues session,
            long[] bits,
            int offset) {
        switch (selection) {
            case Selection.Keys(Expression[][] keys) -> {
                for (Expression[] key : keys) {
                    int index = index(key, literals, parameters, session);
                    if (index < 0) {
                        return false;
                    }
                    set(bits, offset + index);
                }
                return true;
            }
            case Selection.Between between -> {
                long range = range(between, literals, parameters, session);
                for (int i = (int) (range >> Integer.SIZE); i < (int) range; i++) {
                    set(bits, offset + i);
                }
                return range >= 0;
            }
            case Selection.All _ -> {
                for (int i = 0; i < count; i++) {
                    set(bits, offset + i);
                }
                return true;
            }
        }
    }

    private static void set(long[] bits, int index) {
        bits[index >> 6] |= 1L << index;
    }

    /** The first partition of a range in the upper half and the one behind its last in the lower half; -1 if it is empty or not plain. */
    long range(Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return -1;
    }

    /** Whether ranges of keys can be looked up. */
    public boolean hasRanges() {
        return this instanceof Range;
    }

    private static final class Hash extends PointLevel {
        private final KeyPart part;

        Hash(KeyPart part, int count) {
            super(count);
            this.part = part;
        }

        @Override
        public int index(Expression[] key, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long value = part.whole(key[0], literals, parameters, session);
            return value == NONE ? -1 : HashIndex.modulo(value, count());
        }
    }

    private static final class Key extends PointLevel {
        private final KeyPart[] parts;

        Key(KeyPart[] parts, int count) {
            super(count);
            this.parts = parts;
        }

        @Override
        public int index(Expression[] key, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long hash = 0;
            for (int i = 0; i < parts.length; i++) {
                KeyPart part = parts[i];
                if (part.isText()) {
                    if (!part.isPlain(key[i], literals, parameters, session)) {
                        return -1;
                    }
                    hash = part.hash(key[i], literals, parameters, hash);
                    continue;
                }
                long value = part.whole(key[i], literals, parameters, session);
                if (value == NONE) {
                    return -1;
                }
                hash = part.hash(value, hash);
            }
            return HashIndex.modulo(hash, count());
        }
    }

    private static final class Range extends PointLevel {
        private final KeyPart part;

        /** Bounds below {@link Long#MAX_VALUE}; plain values are never above it. */
        private final long[] bounds;

        private Range(KeyPart part, long[] bounds, int count) {
            super(count);
            this.part = part;
            this.bounds = bounds;
        }

        static @Nullable Range of(KeyPart part, List<Partition> partitions) {
            long[] bounds = new long[partitions.size()];
            int known = 0;
            for (Partition partition : partitions) {
                Datum bound =
                        partition.bound().isEmpty() ? null : partition.bound().getFirst();
                if (bound instanceof Datum.Whole(long value)) {
                    if (part.isUnsigned() && value < 0) {
                        break;
                    }
                    bounds[known++] = value;
                } else if (bound instanceof Datum.Max) {
                    break;
                } else {
                    return null;
                }
            }
            return new Range(part, Arrays.copyOf(bounds, known), partitions.size());
        }

        @Override
        public int index(Expression[] key, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long value = part.whole(key[0], literals, parameters, session);
            if (value == NONE) {
                return -1;
            }
            int index = above(value, true);
            return index < count() ? index : -1;
        }

        /** The first partition whose bound is greater than a value, or not less than it if not {@code strictly}. */
        private int above(long value, boolean strictly) {
            int found = Arrays.binarySearch(bounds, value);
            return found < 0 ? -found - 1 : strictly ? found + 1 : found;
        }

        @Override
        long range(
                Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            Expression low = between.low();
            Expression high = between.high();
            long from = low == null ? Long.MIN_VALUE + 1 : part.whole(low, literals, parameters, session);
            long to = high == null ? Long.MAX_VALUE : part.whole(high, literals, parameters, session);
            boolean closed = high != null && between.highInclusive();
            boolean empty = from > to || from == to && !(between.lowInclusive() && closed);
            if (from == NONE || to == NONE || empty) {
                return -1;
            }
            int first = low == null ? 0 : above(from, true);
            int last = high == null ? count() - 1 : Math.min(above(to, closed), count() - 1);
            return first > last ? -1 : (long) first << Integer.SIZE | last + 1;
        }
    }

    private static final class Values extends PointLevel {
        private final KeyPart part;
        private final long[] values;
        private final int[] indexes;
        private final int otherwise;

        private Values(KeyPart part, TreeMap<Long, Integer> places, int otherwise, int count) {
            super(count);
            this.part = part;
            this.values = places.keySet().stream().mapToLong(Long::longValue).toArray();
            this.indexes = places.values().stream().mapToInt(Integer::intValue).toArray();
            this.otherwise = otherwise;
        }

        static @Nullable Values of(KeyPart part, List<Partition> partitions) {
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
                            // A plain value is not NULL.
                        }
                        default -> {
                            return null;
                        }
                    }
                }
            }
            return new Values(part, places, otherwise, partitions.size());
        }

        @Override
        public int index(Expression[] key, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long value = part.whole(key[0], literals, parameters, session);
            if (value == NONE) {
                return -1;
            }
            int found = Arrays.binarySearch(values, value);
            return found >= 0 ? indexes[found] : otherwise;
        }
    }
}
