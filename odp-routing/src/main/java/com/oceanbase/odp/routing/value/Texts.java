package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.Text;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/** Values as strings. */
public final class Texts {
    /** Longest string that is computed, in bytes; partition keys are shorter. */
    public static final int MAX_LENGTH = 65_536;

    private Texts() {}

    /** The characters of a string; of bytes without a character set one for each. */
    public static String decode(Text text) {
        return text.toString();
    }

    /** A string from characters. */
    public static Text text(String characters, Collation collation) {
        return new Text(characters.getBytes(collation.javaCharset()), collation, TextOrigin.LITERAL);
    }

    /** The string that the server shows for a value; null for NULL, unknown values and TIMESTAMP WITH TIME ZONE. */
    public static @Nullable String format(SqlValue value) {
        return switch (value) {
            case Text t -> decode(t);
            case SqlValue.Int i -> i.toString();
            case SqlValue.Decimal d -> d.toString();
            case SqlValue.Real r -> RealText.format(r);
            case SqlValue.Date d -> TemporalText.format(d);
            case SqlValue.DateTime d -> TemporalText.format(d);
            case SqlValue.Time t -> TemporalText.format(t);
            case SqlValue.Year y -> y.year() == 0 ? "0000" : Integer.toString(y.year());
            case SqlValue.Null _, SqlValue.Unknown _, SqlValue.ZonedTimestamp _ -> null;
        };
    }

    /** A value as a string operand; numbers and dates come in the connection's collation. Unknown if it has no text. */
    public static SqlValue toText(SqlValue value, SessionValues session) {
        if (value instanceof Text || value.isNull() || value.isUnknown()) {
            return value;
        }
        String text = session.oracle() ? OracleText.format(value, session) : format(value);
        if (text == null) {
            return Reasons.ARGUMENT;
        }
        Collation collation = session.connectionCollation();
        return new Text(text.getBytes(collation.javaCharset()), collation, TextOrigin.CONVERTED);
    }

    /** Whether the bytes are characters of the character set. */
    public static boolean isValid(byte[] bytes, Collation collation) {
        if (collation.equals(Collation.BINARY)) {
            return true;
        }
        return decodeStrictly(bytes, collation) != null;
    }

    public static @Nullable String decodeStrictly(byte[] bytes, Collation collation) {
        CharsetDecoder decoder = collation
                .javaCharset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            CharBuffer characters = decoder.decode(ByteBuffer.wrap(bytes));
            return characters.toString();
        } catch (CharacterCodingException invalid) {
            return null;
        }
    }

    /** Converts to another character set; unknown if a character is not in it or the bytes are not valid. */
    public static SqlValue convert(Text text, Collation target) {
        if (text.collation().charset().equals(target.charset()) || target.equals(Collation.BINARY)) {
            return new Text(
                    text.bytes(), target, text.origin() == TextOrigin.COLUMN ? TextOrigin.COLUMN : TextOrigin.LITERAL);
        }
        if (text.collation().equals(Collation.BINARY)) {
            return isValid(text.bytes(), target)
                    ? new Text(text.bytes(), target, TextOrigin.LITERAL)
                    : new SqlValue.Null(ValueType.TEXT);
        }
        String characters = decodeStrictly(text.bytes(), text.collation());
        if (characters == null || !target.javaCharset().newEncoder().canEncode(characters)) {
            return Reasons.CHARSET;
        }
        return new Text(characters.getBytes(target.javaCharset()), target, TextOrigin.LITERAL);
    }

    /** Number of characters. */
    public static int length(Text text) {
        return text.collation().equals(Collation.BINARY)
                ? text.bytes().length
                : decode(text).codePointCount(0, decode(text).length());
    }
}
