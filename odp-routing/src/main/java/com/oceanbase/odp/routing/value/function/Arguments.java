package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments of a call, converted as a function wants them. */
record Arguments(List<SqlValue> values, SessionValues session, ValueType result) {
    /** 838:59:59 as a number. */
    private static final double MAX_CLOCK = 8_385_959;

    int count() {
        return values.size();
    }

    SqlValue get(int index) {
        return values.get(index);
    }

    boolean isNull(int index) {
        return values.get(index).isNull();
    }

    /** NULL of the function's type. */
    Null none() {
        return new Null(result);
    }

    Text text(int index) {
        if (Texts.toText(get(index), session) instanceof Text text) {
            return text;
        }
        throw new Incomputable(Reasons.ARGUMENT);
    }

    /** The collation of a result made of all string arguments from {@code from} on. */
    Collation collation(int from, int to) {
        Collation collation = null;
        for (int i = from; i < to; i++) {
            if (isNull(i)) {
                continue;
            }
            Text text = text(i);
            if (text.collation().equals(Collation.BINARY)) {
                return Collation.BINARY;
            }
            if (collation != null
                    && !collation.charset().equals(text.collation().charset())) {
                throw new Incomputable(Reasons.CHARSET);
            }
            collation = collation == null || text.collation().isBinary() ? text.collation() : collation;
        }
        return collation == null ? session.connectionCollation() : collation;
    }

    /** The characters of an argument in the character set of {@code collation}; its bytes if that is binary. */
    String characters(int index, Collation collation) {
        return new String(text(index).bytes(), collation.javaCharset());
    }

    /** The characters of an argument in its own character set. */
    String characters(int index) {
        return Texts.decode(text(index));
    }

    long integer(int index) {
        long value = Numbers.toLong(get(index));
        if (value == Long.MIN_VALUE) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        return value;
    }

    double real(int index) {
        double value = Numbers.toDouble(get(index));
        if (!Double.isFinite(value)) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        return value;
    }

    BigDecimal decimal(int index) {
        BigDecimal value = Numbers.toDecimal(get(index));
        if (value == null) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        return value;
    }

    /** A date and time; null for what is none. */
    @Nullable
    DateTime dateTime(int index) {
        SqlValue value = Temporals.toDateTime(get(index), session);
        if (value.isUnknown()) {
            throw new Incomputable((SqlValue.Unknown) value);
        }
        return value instanceof DateTime dateTime ? dateTime : null;
    }

    /** A time; null for what is none. */
    SqlValue.@Nullable Time time(int index) {
        if (Numbers.toNumeric(get(index)) == get(index) && Math.abs(real(index)) > MAX_CLOCK) {
            throw new Incomputable(Reasons.TEMPORAL);
        }
        SqlValue value = Temporals.toTime(get(index));
        if (value.isUnknown()) {
            throw new Incomputable((SqlValue.Unknown) value);
        }
        return value instanceof SqlValue.Time time ? time : null;
    }

    /** A string result. */
    static Text string(String characters, Collation collation) {
        if (characters.length() > Texts.MAX_LENGTH) {
            throw new Incomputable(Reasons.OVERFLOW);
        }
        return Texts.text(characters, collation);
    }

    /** A string result of ASCII characters in the connection's collation. */
    Text ascii(String characters) {
        return string(characters, session.connectionCollation());
    }

    /** A result of bytes. */
    static Text bytes(byte[] bytes) {
        return new Text(bytes, Collation.BINARY, TextOrigin.LITERAL);
    }

    static SqlValue whole(long value) {
        return new SqlValue.Int(value, false);
    }
}
