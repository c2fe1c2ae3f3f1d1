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
 * Partitions of one level whose key columns are integers, times or strings, or of KEY also decimals, or that is divided by a {@link DateFunction}, where
 * keys are given as plain values. Immutable; no allocation per look-up, but for strings with escapes.
 */
public abstract sealed class PointLevel permits HashedLevel, TextLevel, PointLevel.Range, PointLevel.Values {
    private static final long NONE = KeyPart.NONE;

    private final int count;

    PointLevel(int count) {
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
        boolean numbers =
                level.boundType().stream().allMatch(type -> type.type().isInteger());
        if (columns == 0 || level.expression() != null && !(columns == 1 && numbers)) {
            return null;
        }
        KeyPart[] parts = new KeyPart[columns];
        for (int i = 0; i < columns; i++) {
            KeyPart part = KeyPart.of(table.columns().get(level.columns().get(i)), level.expression(), stored);
            if (part == null) {
                return null;
            }
            parts[i] = part;
        }
        if (level.function() == PartitionFunction.KEY) {
            return new HashedLevel(level.function(), parts, partitions.size());
        }
        KeyPart part = parts[0];
        if (columns > 1) {
            return null;
        }
        if (part.isText() && part.isComparable()) {
            return switch (level.function()) {
                case RANGE_COLUMNS -> TextLevel.ofBounds(part, partitions);
                case LIST_COLUMNS -> TextLevel.ofLists(part, partitions);
                default -> null;
            };
        }
        if (!part.isOrdered()) {
            return null;
        }
        return switch (level.function()) {
            case HASH -> part.isInteger() ? new HashedLevel(level.function(), parts, partitions.size()) : null;
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
                return set(bits, offset, range(between, literals, parameters, session));
            }
            case Selection.Part _, Selection.All _ -> {
                return set(bits, offset, run(selection, literals, parameters, session));
            }
        }
    }

    private static boolean set(long[] bits, int offset, long run) {
        for (int i = Run.first(run); i < Run.end(run); i++) {
            set(bits, offset + i);
        }
        return run >= 0;
    }

    /** Whether the bit was not set yet. */
    static boolean set(long[] bits, int index) {
        long before = bits[index >> 6];
        bits[index >> 6] = before | 1L << index;
        return bits[index >> 6] != before;
    }

    /** The partitions that a condition selects, as a {@link Run}. */
    public final long run(
            Selection selection, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return switch (selection) {
            case Selection.Keys(Expression[][] keys)
            when keys.length == 1 -> {
                int index = index(keys[0], literals, parameters, session);
                yield index < 0 ? Run.NONE : Run.of(index, index + 1);
            }
            case Selection.Keys _ -> Run.SCATTERED;
            case Selection.Between between -> range(between, literals, parameters, session);
            case Selection.Part(Expression[][] given) -> part(given, literals, parameters, session);
            case Selection.All _ -> Run.of(0, count);
        };
    }

    /** The partitions of a part of a key, as a {@link Run}. */
    long part(Expression[][] given, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return Run.NONE;
    }

    /** The partitions of a range of keys, as a {@link Run}; {@link Run#NONE} also if the range is empty. */
    long range(Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return Run.NONE;
    }

    /** Whether ranges of keys can be looked up. */
    public boolean hasRanges() {
        return false;
    }

    static final class Range extends PointLevel {
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
        public boolean hasRanges() {
            return true;
        }

        @Override
        long range(
                Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            if (part.isComputed()) {
                return computedRange(between, literals, parameters, session);
            }
            Expression low = between.low();
            Expression high = between.high();
            long from = low == null ? Long.MIN_VALUE + 1 : part.whole(low, literals, parameters, session);
            long to = high == null ? Long.MAX_VALUE : part.whole(high, literals, parameters, session);
            boolean closed = high != null && between.highInclusive();
            boolean empty = from > to || from == to && !(between.lowInclusive() && closed);
            return from == NONE || to == NONE || empty
                    ? Run.NONE
                    : run(
                            low == null ? 0 : above(from, true),
                            high == null ? count() - 1 : Math.min(above(to, closed), count() - 1));
        }

        /** Between what a function makes of the least and the greatest value that are in the range themselves. */
        private long computedRange(
                Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
            long from = between.low() == null ? Long.MIN_VALUE + 1 : part.least(between, literals, parameters, session);
            long to = between.high() == null ? Long.MAX_VALUE : part.greatest(between, literals, parameters, session);
            return from == NONE || to == NONE || from > to
                    ? Run.NONE
                    : run(
                            between.low() == null ? 0 : above(part.image(from), true),
                            between.high() == null ? count() - 1 : Math.min(above(part.image(to), true), count() - 1));
        }

        private static long run(int first, int last) {
            return first > last ? Run.NONE : Run.of(first, last + 1);
        }
    }

    static final class Values extends PointLevel {
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
