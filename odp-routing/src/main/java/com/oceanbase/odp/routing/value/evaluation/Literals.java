package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import com.oceanbase.odp.routing.value.TemporalParser;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.expression.TemporalKind;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads literals where they stand in the text. */
final class Literals {
    /** Digits of a number; longer ones are beyond every type. */
    private static final int MAX_DIGITS = 120;

    private Literals() {}

    static SqlValue decode(Expression.Literal literal, LiteralSlots slots, SessionValues session) {
        if (literal.slot() < 0 || literal.slot() >= slots.count()) {
            return Reasons.LITERAL;
        }
        int start = slots.start(literal.slot());
        int end = slots.end(literal.slot());
        if (start < 0 || end > slots.text().length || start >= end) {
            return Reasons.LITERAL;
        }
        return switch (literal.kind()) {
            case INTEGER -> integer(slots.text(), start, end);
            case DECIMAL -> decimal(slots.text(), start, end);
            case FLOAT -> real(slots.text(), start, end, session);
            case STRING -> string(slots, start, end, session, session.connectionCollation());
            case NATIONAL_STRING -> string(slots, start + 1, end, session, Collation.UTF8MB4_GENERAL_CI);
            case HEX, BIT -> {
                byte[] bytes = binary(literal.kind(), slots.text(), start, end);
                yield bytes == null ? Reasons.LITERAL : new Text(bytes, Collation.BINARY, TextOrigin.HEX_LITERAL);
            }
        };
    }

    private static SqlValue integer(byte[] text, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return Reasons.LITERAL;
            }
            if (i - start >= 18) {
                return longInteger(text, start, end);
            }
            value = 10 * value + digit;
        }
        return new Int(value, false);
    }

    private static SqlValue longInteger(byte[] text, int start, int end) {
        if (end - start > MAX_DIGITS) {
            return Reasons.OVERFLOW;
        }
        BigInteger value;
        try {
            value = new BigInteger(ascii(text, start, end));
        } catch (NumberFormatException malformed) {
            return Reasons.LITERAL;
        }
        if (value.bitLength() > 64) {
            return new Decimal(new BigDecimal(value));
        }
        return new Int(value.longValue(), value.bitLength() == 64);
    }

    private static SqlValue decimal(byte[] text, int start, int end) {
        if (end - start > MAX_DIGITS) {
            return Reasons.OVERFLOW;
        }
        try {
            return new Decimal(new BigDecimal(ascii(text, start, end)));
        } catch (NumberFormatException malformed) {
            return Reasons.LITERAL;
        }
    }

    private static SqlValue real(byte[] text, int start, int end, SessionValues session) {
        String digits = ascii(text, start, end);
        try {
            if (!session.oracle()) {
                return end - start > MAX_DIGITS ? Reasons.OVERFLOW : Numbers.real(Double.parseDouble(digits));
            }
            BigDecimal exact = Numbers.textDecimal(digits);
            boolean plain = Numbers.prefix(digits, true).length() == digits.length();
            return exact == null || !plain ? Reasons.LITERAL : new Decimal(exact);
        } catch (NumberFormatException malformed) {
            return Reasons.LITERAL;
        }
    }

    private static String ascii(byte[] text, int start, int end) {
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static byte @Nullable [] binary(LiteralKind kind, byte[] text, int start, int end) {
        boolean quoted = text[end - 1] == '\'';
        int from = start + 2;
        int to = quoted ? end - 1 : end;
        int radix = kind == LiteralKind.HEX ? 16 : 2;
        int perByte = radix == 16 ? 2 : 8;
        int digits = to - from;
        if (digits <= 0 || (quoted && radix == 16 && digits % 2 != 0)) {
            return null;
        }
        byte[] bytes = new byte[(digits + perByte - 1) / perByte];
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(text[to - 1 - i], radix);
            if (digit < 0) {
                return null;
            }
            int at = bytes.length - 1 - i / perByte;
            bytes[at] |= (byte) (digit << (i % perByte) * (8 / perByte));
        }
        return bytes;
    }

    private static SqlValue string(LiteralSlots slots, int start, int end, SessionValues session, Collation collation) {
        byte[] bytes = content(slots, start, end, session);
        if (bytes == null) {
            return Reasons.LITERAL;
        }
        Text written = new Text(bytes, session.clientCollation(), TextOrigin.LITERAL);
        if (session.oracle() && bytes.length == 0) {
            return new SqlValue.Null(ValueType.TEXT);
        }
        return session.clientCollation().charset().equals(collation.charset())
                ? new Text(bytes, collation, TextOrigin.LITERAL)
                : Texts.convert(written, collation);
    }

    /** The bytes between the quotes, escapes resolved; null if they are malformed. In the client's character set. */
    static byte @Nullable [] content(LiteralSlots slots, int start, int end, SessionValues session) {
        byte[] text = slots.text();
        if (start >= end) {
            return null;
        }
        byte quote = text[start];
        if (end - start < 2 || (quote != '\'' && quote != '"') || text[end - 1] != quote) {
            return null;
        }
        boolean escapes = !slots.mode().oracle() && !slots.mode().noBackslashEscapes();
        boolean plain = true;
        for (int i = start + 1; i < end - 1; i++) {
            plain &= text[i] != quote && (!escapes || text[i] != '\\');
        }
        if (plain) {
            return Arrays.copyOfRange(text, start + 1, end - 1);
        }
        Collation client = session.clientCollation();
        if (client.javaCharset() == StandardCharsets.UTF_8
                || client.javaCharset().newEncoder().maxBytesPerChar() == 1) {
            return unescape(text, start + 1, end - 1, quote, escapes);
        }
        String characters = Texts.decodeStrictly(Arrays.copyOfRange(text, start + 1, end - 1), client);
        return characters == null
                ? null
                : unescape(characters, (char) quote, escapes).getBytes(client.javaCharset());
    }

    private static byte[] unescape(byte[] text, int start, int end, byte quote, boolean escapes) {
        byte[] out = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = text[i];
            if (b == '\\' && escapes && i + 1 < end) {
                byte next = text[++i];
                if (next == '%' || next == '_') {
                    out[length++] = '\\';
                }
                out[length++] = (byte) escaped(next);
            } else {
                out[length++] = b;
                if (b == quote && i + 1 < end && text[i + 1] == quote) {
                    i++;
                }
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static String unescape(String text, char quote, boolean escapes) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && escapes && i + 1 < text.length()) {
                char next = text.charAt(++i);
                if (next == '%' || next == '_') {
                    out.append('\\');
                }
                out.append((char) escaped(next));
            } else {
                out.append(c);
                if (c == quote && i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                }
            }
        }
        return out.toString();
    }

    private static int escaped(int c) {
        return switch (c) {
            case '0' -> 0;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> 26;
            default -> c;
        };
    }

    /** {@code 'a' 'b'}. */
    static SqlValue adjacent(List<Expression.Literal> parts, LiteralSlots slots, SessionValues session) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Expression.Literal part : parts) {
            SqlValue value = decode(part, slots, session);
            if (!(value instanceof Text text)) {
                return value.isUnknown() ? value : Reasons.LITERAL;
            }
            out.writeBytes(text.bytes());
        }
        return new Text(out.toByteArray(), session.connectionCollation(), TextOrigin.LITERAL);
    }

    /** {@code _charset'..'}: the bytes are taken as they stand. */
    static SqlValue introduced(String charset, Expression literal, LiteralSlots slots, SessionValues session) {
        Collation collation = Collation.ofCharset(charset);
        if (collation == null) {
            return Reasons.CHARSET;
        }
        SessionValues raw = session.withCollations(session.clientCollation(), session.clientCollation());
        SqlValue value = switch (literal) {
            case Expression.Literal l -> decode(l, slots, raw);
            case Expression.AdjacentStrings(List<Expression.Literal> parts) -> adjacent(parts, slots, raw);
            default -> Reasons.LITERAL;
        };
        if (!(value instanceof Text text)) {
            return value;
        }
        return Texts.isValid(text.bytes(), collation)
                ? new Text(text.bytes(), collation, TextOrigin.LITERAL)
                : Reasons.LITERAL;
    }

    /** {@code DATE '..'}, {@code TIME '..'}, {@code TIMESTAMP '..'}. */
    static SqlValue temporal(TemporalKind kind, Expression.Literal literal, LiteralSlots slots, SessionValues session) {
        SqlValue value = decode(literal, slots, session);
        if (!(value instanceof Text text)) {
            return value.isUnknown() ? value : Reasons.LITERAL;
        }
        String characters = Texts.decode(text);
        if (kind == TemporalKind.TIME) {
            Time time = TemporalParser.time(characters);
            return time == null || time.equals(TemporalParser.ODD) ? Reasons.TEMPORAL : time;
        }
        if (session.oracle() && characters.length() > 26) {
            return Reasons.TEMPORAL;
        }
        DateTime full = TemporalParser.dateTime(characters);
        if (full == null || ((full.month() == 0 || full.day() == 0) && !full.isZeroDate())) {
            return Reasons.TEMPORAL;
        }
        if (full.isZeroDate() && session.modes().noZeroDate()) {
            return Reasons.TEMPORAL;
        }
        if (kind == TemporalKind.TIMESTAMP) {
            return full;
        }
        return session.oracle() ? new DateTime(full.year(), full.month(), full.day(), 0, 0) : full.date();
    }
}
