package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.convert.TemporalForm;
import com.oceanbase.odp.routing.partition.hash.Murmur;
import com.oceanbase.odp.routing.partition.hash.StringHash;
import com.oceanbase.odp.routing.partition.hash.StringRule;
import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.CivilTime;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.evaluation.PlainNumbers;
import com.oceanbase.odp.routing.value.evaluation.PlainStrings;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import org.jspecify.annotations.Nullable;

/**
 * One column of a partition key, of which plain values are read without allocation. Numbers must fit the column, and what is stored must not be
 * changed on the way.
 */
final class KeyPart {
    /** No value, or one that is not plain. */
    static final long NONE = PlainNumbers.NONE;

    private enum Kind {
        INTEGER,
        TIME,
        DECIMAL,
        TEXT
    }

    /** The first and the last microsecond of the calendar, counted from 1970. */
    private static final long FIRST_MOMENT = CivilDays.toEpochDay(1000, 1, 1) * DateFunction.DAY;

    private static final long LAST_MOMENT = CivilDays.toEpochDay(10_000, 1, 1) * DateFunction.DAY - 1;

    private final Kind kind;
    private final ColumnType type;

    /** What of the column the level is divided by, null for itself. */
    private final @Nullable DateFunction function;

    private final StringRule rule;
    private final boolean stored;

    /** Bounds of integers and of decimals without their point. */
    private final long least;

    private final long greatest;

    /** An integer that the server replaces by one of its own; {@link #NONE} for none. */
    private final long replaced;

    private KeyPart(Kind kind, TableColumn column, @Nullable DateFunction function, boolean stored) {
        this.kind = kind;
        this.type = column.type();
        this.function = function;
        this.stored = stored;
        this.rule = kind == Kind.TEXT ? StringRule.of(type.collation()) : StringRule.UNKNOWN;
        this.replaced = stored && column.autoIncrement() ? 0 : NONE;
        this.greatest = greatest(kind, type);
        this.least = type.type().isUnsigned() ? 0 : greatest == Long.MAX_VALUE ? -greatest : least(kind, greatest);
    }

    /**
     * What is read of a column, null if there is no short way for its type.
     *
     * @param expression what of the column the level is divided by, null for itself
     */
    static @Nullable KeyPart of(TableColumn column, @Nullable StoredExpression expression, boolean stored) {
        ColumnType type = column.type();
        DateFunction function = expression == null ? null : DateFunction.of(expression, type);
        if (stored && column.generated() != null || expression != null && function == null) {
            return null;
        }
        Kind kind = kind(type);
        boolean filled = kind == Kind.TEXT
                && stored
                && type.type() == ObjectType.CHAR
                && type.collation().equals(Collation.BINARY);
        return kind == null || filled ? null : new KeyPart(kind, column, function, stored);
    }

    private static @Nullable Kind kind(ColumnType type) {
        if (type.type().isInteger()) {
            return Kind.INTEGER;
        }
        return switch (type.type()) {
            case DATE, MYSQL_DATE, DATETIME, MYSQL_DATETIME, TIMESTAMP -> Kind.TIME;
            case VARCHAR, CHAR -> StringRule.of(type.collation()).hashes() ? Kind.TEXT : null;
            case DECIMAL_INT -> type.scale() >= 0 ? Kind.DECIMAL : null;
            default -> null;
        };
    }

    private static long greatest(Kind kind, ColumnType type) {
        return switch (kind) {
            case INTEGER ->
                type.type().highest() < 0 ? Long.MAX_VALUE : type.type().highest();
            case DECIMAL -> {
                long limit = 1;
                for (int i = 0; i < type.precision() && i < 18; i++) {
                    limit *= 10;
                }
                yield type.precision() > 0 ? limit - 1 : Long.MAX_VALUE;
            }
            case TIME, TEXT -> Long.MAX_VALUE;
        };
    }

    private static long least(Kind kind, long greatest) {
        return kind == Kind.INTEGER ? -greatest - 1 : -greatest;
    }

    /** Whether values are hashed as the bytes of a string. */
    boolean isText() {
        return kind == Kind.TEXT;
    }

    /** Whether what stands for a value is an integer, and not only written as one. */
    boolean isInteger() {
        return kind == Kind.INTEGER || function != null;
    }

    /** Whether a function of the column stands for its values. */
    boolean isComputed() {
        return function != null;
    }

    /** Whether each number between two that stand for values stands for a value, too. */
    boolean isCountable() {
        return isInteger() || type.type() == ObjectType.DATE;
    }

    /** Whether the order of values is that of the numbers that stand for them, in which bounds are kept. */
    boolean isOrdered() {
        return kind == Kind.INTEGER || kind == Kind.TIME;
    }

    boolean isUnsigned() {
        return type.type().isUnsignedWhole();
    }

    /** The number that stands for a value, {@link #NONE} if it is not plain. */
    long whole(Expression value, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        long found = place(value, literals, parameters, session);
        return found == NONE ? NONE : image(found);
    }

    /**
     * The place of a value among all, {@link #NONE} if it is not plain. It is the number that stands for the value, unless that is computed by a
     * function.
     */
    long place(Expression value, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return switch (kind) {
            case INTEGER -> limited(PlainNumbers.whole(value, literals, parameters));
            case DECIMAL -> limited(PlainNumbers.decimal(value, literals, type.scale()));
            case TIME -> time(PlainNumbers.time(value, literals, parameters), session);
            case TEXT -> NONE;
        };
    }

    /** The place of the least value of a range that has a lower end; {@link #NONE} if it is not plain. Not for what has no next value. */
    long least(Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return end(between.low(), between.lowInclusive() ? 0 : 1, literals, parameters, session);
    }

    /** The place of the greatest value of a range that has an upper end; {@link #NONE} if it is not plain. */
    long greatest(Selection.Between between, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        return end(between.high(), between.highInclusive() ? 0 : -1, literals, parameters, session);
    }

    private long end(
            @Nullable Expression value,
            int direction,
            LiteralSlots literals,
            ParameterValues parameters,
            SessionValues session) {
        long place = value == null ? NONE : place(value, literals, parameters, session);
        return place == NONE || direction == 0 ? place : next(place, direction);
    }

    /** The place before or behind another; {@link #NONE} at the ends. */
    private long next(long place, int direction) {
        if (function == null) {
            return place == (direction < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) ? NONE : place + direction;
        }
        long next = place + direction * (type.type().isDate() ? DateFunction.DAY : TemporalForm.unit(type));
        return next < FIRST_MOMENT || next > LAST_MOMENT ? NONE : next;
    }

    /** The number that stands for the value at a place. */
    long image(long place) {
        return function == null ? place : function.of(place);
    }

    private long limited(long value) {
        return value < least || value > greatest || value == replaced ? NONE : value;
    }

    private long time(long time, SessionValues session) {
        if (time == CivilTime.NONE) {
            return NONE;
        }
        long micros = CivilTime.microsOfDay(time);
        boolean whole = type.type().isDate() ? stored || micros == 0 : !stored || micros % TemporalForm.unit(type) == 0;
        ObjectType form = function == null || type.type() == ObjectType.TIMESTAMP ? type.type() : ObjectType.DATETIME;
        return whole ? TemporalForm.plain(form, time, session.timeZone()) : NONE;
    }

    /** Hash of a number that stands for a value. */
    long hash(long value, long seed) {
        return kind == Kind.DECIMAL && value == (int) value
                ? Murmur.hashShort(value, Integer.BYTES, seed)
                : Murmur.hash(value, seed);
    }

    /** Whether a string is plain. */
    boolean isPlain(Expression value, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        if (!PlainStrings.isPlain(value, literals, parameters, session, type.collation())) {
            return false;
        }
        int length = PlainStrings.end(value, literals, parameters) - PlainStrings.start(value, literals, parameters);
        // Parameters that are longer may be cut.
        return !stored && !(value instanceof Expression.Placeholder) || fits(length);
    }

    /** What a string literal that is not plain stands for; null if that is not the column's value either, or for other expressions. */
    byte @Nullable [] content(Expression value, LiteralSlots literals, SessionValues session) {
        byte[] content = PlainStrings.content(value, literals, session, type.collation());
        return content == null || stored && !fits(content.length) ? null : content;
    }

    private boolean fits(int length) {
        return type.length() < 0 || length <= type.length();
    }

    /** Hash of a string that is plain. */
    long hash(Expression value, LiteralSlots literals, ParameterValues parameters, long seed) {
        return StringHash.hashPart(
                rule,
                PlainStrings.array(value, literals, parameters),
                PlainStrings.start(value, literals, parameters),
                PlainStrings.end(value, literals, parameters),
                seed);
    }

    /** Hash of the content of a string. */
    long hash(byte[] content, long seed) {
        return StringHash.hashPart(rule, content, 0, content.length, seed);
    }

    /** Order of a string that is plain and another one of the column. */
    int compare(Expression value, LiteralSlots literals, ParameterValues parameters, byte[] other) {
        return StringHash.compare(
                rule,
                PlainStrings.array(value, literals, parameters),
                PlainStrings.start(value, literals, parameters),
                PlainStrings.end(value, literals, parameters),
                other);
    }

    /** Order of two strings of the column. */
    int compare(byte[] content, byte[] other) {
        return StringHash.compare(rule, content, 0, content.length, other);
    }

    /** Whether strings have an order that is known here. */
    boolean isComparable() {
        return rule.compares();
    }
}
