package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What INSERT IGNORE, or INSERT without a strict {@code sql_mode}, stores of a value that does not fit its column: the nearest that does, found
 * out by asking a kernel.
 */
final class LenientAssignment {
    private LenientAssignment() {}

    /** The stored value; null if it is not known. */
    static @Nullable Datum assign(ColumnType type, SqlValue value, SessionValues session) {
        return switch (type.type()) {
            case FLOAT, FLOAT_UNSIGNED, DOUBLE, DOUBLE_UNSIGNED -> real(type, value);
            case NUMBER, NUMBER_UNSIGNED, DECIMAL_INT -> exact(type, value);
            case VARCHAR, CHAR, TINY_TEXT, TEXT, MEDIUM_TEXT, LONG_TEXT -> text(type, value, session);
            case BIT -> bit(type, value);
            case ENUM -> new Datum.Whole(0);
            case SET -> Members.knownOf(type, value);
            case DATE, MYSQL_DATE, DATETIME, MYSQL_DATETIME ->
                Temporals.toDateTime(value, session).isUnknown() ? null : TemporalForm.zero(type.type());
            case TIME ->
                Temporals.toTime(value).isUnknown() && !ColumnComparison.isNoTime(value) ? null : new Datum.Whole(0);
            case YEAR -> year(value);
            default -> type.type().isInteger() ? integer(type, value) : null;
        };
    }

    /** What stands for NULL in a column that cannot be NULL; null if it is not known. */
    static @Nullable Datum empty(ColumnType type) {
        return switch (type.type().kind()) {
            case EXACT -> new Datum.Exact(BigDecimal.ZERO);
            case REAL -> new Datum.Real(0);
            case TEXT ->
                type.collation().equals(Collation.BINARY) && type.type() == ObjectType.CHAR
                        ? null
                        : new Datum.Text(new byte[0]);
            case WHOLE -> {
                if (type.type() == ObjectType.TIMESTAMP) {
                    yield null;
                }
                Datum zero = TemporalForm.zero(type.type());
                yield zero == null ? new Datum.Whole(0) : zero;
            }
            default -> null;
        };
    }

    private static @Nullable Datum integer(ColumnType type, SqlValue value) {
        BigInteger number = Assignment.rounded(value);
        return number == null ? null : Assignment.limited(type.type(), number);
    }

    private static @Nullable Datum real(ColumnType type, SqlValue value) {
        double number = Numbers.toDouble(value);
        if (Double.isNaN(number)) {
            return null;
        }
        if (type.type().isUnsigned() && number < 0) {
            return new Datum.Real(0);
        }
        boolean single = type.type() == ObjectType.FLOAT || type.type() == ObjectType.FLOAT_UNSIGNED;
        double limit = single ? Float.MAX_VALUE : Double.MAX_VALUE;
        if (type.scale() >= 0 && type.precision() > 0) {
            double digits = Assignment.largest(type).doubleValue();
            limit = single ? (float) digits : digits;
        }
        if (Math.abs(number) > limit) {
            return new Datum.Real(Math.copySign(limit, number));
        }
        return Assignment.real(type, new SqlValue.Real(number, false));
    }

    private static @Nullable Datum exact(ColumnType type, SqlValue value) {
        BigDecimal number = Numbers.toDecimal(value);
        if (number == null || type.precision() <= 0 || type.scale() < 0) {
            return null;
        }
        if (type.type().isUnsigned() && number.signum() < 0) {
            return new Datum.Exact(BigDecimal.ZERO.setScale(type.scale()));
        }
        BigDecimal limit = Assignment.largest(type);
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return new Datum.Exact(rounded.max(limit.negate()).min(limit));
    }

    /** Cut to the length of the column, and before the first byte that is no character. */
    private static @Nullable Datum text(ColumnType type, SqlValue value, SessionValues session) {
        if (!(Texts.toText(value, session) instanceof SqlValue.Text text)) {
            return null;
        }
        if (type.collation().equals(Collation.BINARY)) {
            byte[] bytes = text.bytes();
            return bytes.length <= type.length() ? null : new Datum.Text(Arrays.copyOf(bytes, type.length()));
        }
        byte[] bytes = text.collation().equals(Collation.BINARY) ? wellFormed(type, text.bytes()) : null;
        if (bytes == null) {
            bytes = Assignment.inCharsetOf(type, text);
        }
        if (bytes == null || type.length() < 0) {
            return null;
        }
        String characters = new String(bytes, type.collation().javaCharset());
        int kept = Math.min(type.length(), characters.codePointCount(0, characters.length()));
        String cut = characters.substring(0, characters.offsetByCodePoints(0, kept));
        return Assignment.text(
                type,
                new SqlValue.Text(cut.getBytes(type.collation().javaCharset()), type.collation(), text.origin()),
                session);
    }

    private static byte[] wellFormed(ColumnType type, byte[] bytes) {
        CharsetDecoder decoder = type.collation()
                .javaCharset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        decoder.decode(in, CharBuffer.allocate(bytes.length + 1), true);
        return Arrays.copyOf(bytes, in.position());
    }

    /** Negative integers and doubles are very large numbers; negative decimals are 0. */
    private static @Nullable Datum bit(ColumnType type, SqlValue value) {
        int width = type.precision() > 0 ? type.precision() : 1;
        Datum all = new Datum.Whole(-1L >>> (Long.SIZE - width));
        if (value instanceof SqlValue.Text) {
            return all;
        }
        BigDecimal number = Numbers.toDecimal(value);
        if (number == null) {
            return null;
        }
        return value instanceof SqlValue.Decimal && number.signum() < 0 ? new Datum.Whole(0) : all;
    }

    /** A number at the beginning of a string counts; what is no year is 0000. */
    private static @Nullable Datum year(SqlValue value) {
        if (value instanceof SqlValue.Text text && !Numbers.isHex(text)) {
            String digits = Numbers.prefix(Texts.decode(text), false);
            Datum year = digits.isEmpty() || digits.length() > 4 ? null : Assignment.yearOf(digits);
            return year == null ? new Datum.Whole(0) : year;
        }
        return new Datum.Whole(0);
    }
}
