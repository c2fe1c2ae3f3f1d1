package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;

/** Partitions of HASH and KEY. Ranges of one column are gone through value by value if there are few. */
final class HashedLevel extends PointLevel {
    private final boolean murmur;
    private final KeyPart[] parts;

    HashedLevel(PartitionFunction function, KeyPart[] parts, int count) {
        super(count);
        this.murmur = function == PartitionFunction.KEY;
        this.parts = parts;
    }

    @Override
    public int index(Expression[] key, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        if (!murmur) {
            long value = parts[0].whole(key[0], literals, parameters, session);
            return value == KeyPart.NONE ? -1 : indexOf(value);
        }
        long hash = 0;
        for (int i = 0; i < parts.length; i++) {
            KeyPart part = parts[i];
            if (part.isText() && part.isPlain(key[i], literals, parameters, session)) {
                hash = part.hash(key[i], literals, parameters, hash);
                continue;
            }
            if (part.isText()) {
                byte[] content = part.content(key[i], literals, session);
                if (content == null) {
                    return -1;
                }
                hash = part.hash(content, hash);
                continue;
            }
            long value = part.whole(key[i], literals, parameters, session);
            if (value == KeyPart.NONE) {
                return -1;
            }
            hash = part.hash(value, hash);
        }
        return HashIndex.modulo(hash, count());
    }

    /** Any partition, if the values of those columns that have some are plain. */
    @Override
    long part(Expression[][] given, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        for (int i = 0; i < given.length; i++) {
            KeyPart part = parts[i];
            for (Expression value : given[i]) {
                boolean known = part.isText()
                        ? part.isPlain(value, literals, parameters, session)
                        : part.whole(value, literals, parameters, session) != KeyPart.NONE;
                if (!known) {
                    return Run.NONE;
                }
            }
        }
        return all();
    }

    /** The partition of a value of the only column. */
    private int indexOf(long value) {
        return HashIndex.modulo(murmur ? parts[0].hash(value, 0) : value, count());
    }

    @Override
    public boolean hasRanges() {
        return parts.length == 1 && parts[0].isOrdered();
    }

    @Override
    long range(Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        KeyPart part = parts[0];
        boolean countable = part.isCountable();
        if (between.low() == null || between.high() == null || !countable) {
            return open(between, literals, parameters, session);
        }
        long from = part.least(between, literals, parameters, session);
        long to = part.greatest(between, literals, parameters, session);
        if (from == KeyPart.NONE || to == KeyPart.NONE || from > to) {
            return Run.NONE;
        }
        long first = part.image(from);
        long last = part.image(to);
        if (first == last) {
            int index = indexOf(first);
            return Run.of(index, index + 1);
        }
        return Enumeration.isSmall(first, last) && !isWhole(first, last) ? Run.SCATTERED : all();
    }

    /** Whether each partition has one of the values: consecutive numbers of one sign have consecutive partitions. */
    private boolean isWhole(long first, long last) {
        return !murmur && (first >= 0 || last <= 0) && last - first >= count() - 1;
    }

    private long all() {
        return Run.of(0, count());
    }

    /** Any partition, if the ends are plain and there is something between them. */
    private long open(
            Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        KeyPart part = parts[0];
        Expression low = between.low();
        Expression high = between.high();
        long from = low == null ? KeyPart.NONE : part.place(low, literals, parameters, session);
        long to = high == null ? KeyPart.NONE : part.place(high, literals, parameters, session);
        boolean plain = (low == null || from != KeyPart.NONE) && (high == null || to != KeyPart.NONE);
        return plain && (low == null || high == null || from < to) ? all() : Run.NONE;
    }

    @Override
    public boolean select(
            Selection selection,
            LiteralSlots literals,
            ParameterValues parameters,
            SessionValues session,
            long[] bits,
            int offset) {
        if (!(selection instanceof Selection.Between between)
                || range(between, literals, parameters, session) != Run.SCATTERED) {
            return super.select(selection, literals, parameters, session, bits, offset);
        }
        long first = parts[0].image(parts[0].least(between, literals, parameters, session));
        long last = parts[0].image(parts[0].greatest(between, literals, parameters, session));
        int missing = count();
        for (long value = first; value <= last && missing > 0; value++) {
            missing -= set(bits, offset + indexOf(value)) ? 1 : 0;
        }
        return true;
    }
}
