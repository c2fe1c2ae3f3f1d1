package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Real;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes parameters of COM_STMT_EXECUTE. Type codes: {@code enum_field_types} of MySQL's {@code field_types.h}; 200 and above those of
 * OceanBase's {@code ob_mysql_global.h}.
 */
final class BinaryParameters {
    private BinaryParameters() {}

    static boolean isInteger(int type, int length) {
        return switch (type) {
            case 1 -> length == 1;
            case 2, 13 -> length == 2;
            case 3, 9 -> length == 4;
            case 8 -> length == 8;
            default -> false;
        };
    }

    /** Reads 1 to 8 bytes, little endian. */
    static long integer(boolean unsigned, byte[] buffer, int offset, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | (buffer[offset + i] & 0xFF);
        }
        int unused = 64 - 8 * length;
        return unsigned ? value : value << unused >> unused;
    }

    static SqlValue decode(int type, boolean unsigned, byte[] buffer, int offset, int length, SessionValues session) {
        if (offset < 0 || length < 0 || offset + length > buffer.length) {
            return Reasons.PARAMETER;
        }
        return switch (type) {
            case 1, 2, 3, 8, 9, 13 ->
                isInteger(type, length)
                        ? new Int(integer(unsigned, buffer, offset, length), unsigned)
                        : Reasons.PARAMETER;
            case 4 ->
                length == 4 ? single(Float.intBitsToFloat((int) integer(true, buffer, offset, 4))) : Reasons.PARAMETER;
            case 5 ->
                length == 8
                        ? Numbers.real(Double.longBitsToDouble(integer(true, buffer, offset, 8)))
                        : Reasons.PARAMETER;
            case 6 -> SqlValue.NULL;
            case 0, 246 -> decimal(new String(buffer, offset, length, StandardCharsets.ISO_8859_1).strip());
            case 7, 12 -> dateTime(buffer, offset, length);
            case 10 -> dateTime(buffer, offset, length) instanceof DateTime d ? dateOf(d, session) : Reasons.PARAMETER;
            case 11 -> time(buffer, offset, length);
            case 15, 253, 254 -> text(buffer, offset, length, session, TextOrigin.LITERAL);
            case 249, 250, 251, 252 -> text(buffer, offset, length, session, TextOrigin.BLOB_PARAMETER);
            case 16 ->
                new Text(Arrays.copyOfRange(buffer, offset, offset + length), Collation.BINARY, TextOrigin.HEX_LITERAL);
            case 200, 201, 202 -> oracleTimestamp(type, buffer, offset, length);
            case 203 ->
                new Text(Arrays.copyOfRange(buffer, offset, offset + length), Collation.BINARY, TextOrigin.LITERAL);
            default -> Reasons.PARAMETER;
        };
    }

    static boolean isText(int type) {
        return type == 15 || type >= 249 && type <= 254;
    }

    /** A date or a date and time as {@link CivilTime}; {@link CivilTime#NONE} if the value is none. */
    static long civil(int type, byte[] buffer, int offset, int length) {
        boolean date = type == 10 && length == 4;
        boolean time = (type == 7 || type == 12) && (length == 4 || length == 7 || length == 11);
        if (!date && !time || offset < 0 || offset + length > buffer.length) {
            return CivilTime.NONE;
        }
        long seconds = length > 4 ? clock(buffer, offset + 4) : 0;
        long micros = length > 7 ? integer(true, buffer, offset + 7, 4) : 0;
        return seconds < 0 || micros > 999_999
                ? CivilTime.NONE
                : CivilTime.of(
                        (int) integer(true, buffer, offset, 2),
                        buffer[offset + 2] & 0xFF,
                        buffer[offset + 3] & 0xFF,
                        seconds * 1_000_000 + micros);
    }

    private static SqlValue single(float value) {
        return Float.isFinite(value) ? new Real(value, true) : Reasons.OVERFLOW;
    }

    private static SqlValue decimal(String text) {
        BigDecimal value = Numbers.textDecimal(text);
        boolean whole = !text.isEmpty() && Numbers.prefix(text, true).length() == text.length();
        return value == null || !whole ? Reasons.PARAMETER : new Decimal(value);
    }

    /** Strings are in {@code character_set_client}; OceanBase takes them as they come if it is the connection's too. */
    private static SqlValue text(byte[] buffer, int offset, int length, SessionValues session, TextOrigin origin) {
        if (session.oracle() && length == 0) {
            return new SqlValue.Null(ValueType.TEXT);
        }
        byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
        Collation client = session.clientCollation();
        Collation connection = session.connectionCollation();
        return client.charset().equals(connection.charset())
                ? new Text(bytes, connection, origin)
                : Texts.convert(new Text(bytes, client, origin), connection);
    }

    private static SqlValue dateOf(DateTime value, SessionValues session) {
        return session.oracle() ? value : value.date();
    }

    private static SqlValue dateTime(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return new DateTime(0, 0, 0, 0, 0);
        }
        if (length != 4 && length != 7 && length != 11) {
            return Reasons.PARAMETER;
        }
        int year = (int) integer(true, buffer, offset, 2);
        int month = buffer[offset + 2] & 0xFF;
        int day = buffer[offset + 3] & 0xFF;
        long seconds = length > 4 ? clock(buffer, offset + 4) : 0;
        long micros = length > 7 ? integer(true, buffer, offset + 7, 4) : 0;
        if (seconds < 0 || micros > 999_999 || !TemporalParser.isDate(year, month, day)) {
            return Reasons.TEMPORAL;
        }
        return new DateTime(year, month, day, (seconds * 1_000_000 + micros) * 1000, length > 7 ? 6 : 0);
    }

    /** Seconds of hour, minute, second; -1 if they are none of a day. */
    private static long clock(byte[] buffer, int at) {
        int hour = buffer[at] & 0xFF;
        int minute = buffer[at + 1] & 0xFF;
        int second = buffer[at + 2] & 0xFF;
        return hour > 23 || minute > 59 || second > 59 ? -1 : hour * 3600L + minute * 60L + second;
    }

    private static SqlValue time(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return new Time(0, 0);
        }
        if (length != 8 && length != 12) {
            return Reasons.PARAMETER;
        }
        long days = integer(true, buffer, offset + 1, 4);
        long seconds = clock(buffer, offset + 5);
        long micros = length > 8 ? integer(true, buffer, offset + 8, 4) : 0;
        if (seconds < 0 || micros > 999_999 || days > 1000) {
            return Reasons.TEMPORAL;
        }
        long total = (days * 86_400 + seconds) * 1_000_000 + micros;
        return TemporalParser.time(total, length > 8 ? 6 : 0, buffer[offset] != 0);
    }

    /**
     * TIMESTAMP_TZ (200), TIMESTAMP_LTZ (201), TIMESTAMP_NANO (202): century, year of it, month, day, hour, minute, second, nanoseconds in 4 bytes,
     * scale. Zones are left to the server.
     */
    private static SqlValue oracleTimestamp(int type, byte[] buffer, int offset, int length) {
        if (type != 202 || length < 12) {
            return Reasons.PARAMETER;
        }
        int year = buffer[offset] * 100 + buffer[offset + 1];
        int month = buffer[offset + 2];
        int day = buffer[offset + 3];
        long seconds = clock(buffer, offset + 4);
        long nanos = integer(true, buffer, offset + 7, 4);
        int digits = buffer[offset + 11];
        boolean valid = seconds >= 0 && nanos < 1_000_000_000L && digits >= 0 && digits <= 9 && month > 0 && day > 0;
        return valid && TemporalParser.isDate(year, month, day)
                ? new DateTime(year, month, day, seconds * 1_000_000_000L + nanos, digits)
                : Reasons.TEMPORAL;
    }
}
