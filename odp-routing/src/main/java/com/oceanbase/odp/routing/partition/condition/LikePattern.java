package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.hash.StringRule;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.TextOrigin;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Patterns of LIKE as ranges of strings. */
public final class LikePattern {
    /** Characters that fill up the ends of a range, so that all strings with the prefix are between them. */
    private static final int FILL = 64;

    private LikePattern() {}

    /**
     * Strings among which are all that match: one for a pattern without wildcards, a range for one that begins with other characters, else
     * any.
     */
    public static Domain domain(ColumnType type, SqlValue pattern, @Nullable SqlValue escape, SessionValues session) {
        if (pattern.isNull()) {
            return Domain.None.INSTANCE;
        }
        Integer escapeCharacter = escapeCharacter(escape, session);
        if (!(pattern instanceof SqlValue.Text text)
                || escapeCharacter == null
                || text.origin() == TextOrigin.COLLATED
                || !isString(type)
                || !isComparable(text.collation(), type.collation())) {
            return Domain.Any.INSTANCE;
        }
        boolean bytes = type.collation().equals(Collation.BINARY);
        String characters = text.toString();
        StringBuilder prefix = new StringBuilder();
        int i = 0;
        while (i < characters.length()) {
            int c = characters.codePointAt(i);
            i += Character.charCount(c);
            if (c == escapeCharacter && i < characters.length()) {
                c = characters.codePointAt(i);
                i += Character.charCount(c);
            } else if (c == '%' || c == '_') {
                return prefix.isEmpty() || bytes && !text.collation().equals(Collation.BINARY)
                        ? Domain.Any.INSTANCE
                        : range(type, prefix.toString());
            }
            prefix.appendCodePoint(c);
        }
        return Domain.point(
                new Datum.Text(prefix.toString().getBytes(text.collation().javaCharset())));
    }

    private static boolean isComparable(Collation pattern, Collation column) {
        return pattern.charset().equals(column.charset()) || column.equals(Collation.BINARY);
    }

    private static boolean isString(ColumnType type) {
        return switch (type.type()) {
            case VARCHAR, CHAR -> StringRule.of(type.collation()) != StringRule.UNKNOWN;
            default -> false;
        };
    }

    /** -1 for none, null if it is not known. */
    private static @Nullable Integer escapeCharacter(@Nullable SqlValue escape, SessionValues session) {
        if (escape == null) {
            return session.oracle() || session.modes().noBackslashEscapes() ? -1 : '\\';
        }
        if (!(escape instanceof SqlValue.Text text)) {
            return null;
        }
        String characters = text.toString();
        return characters.isEmpty() ? (Integer) (int) '\\' : (Integer) characters.codePointAt(0);
    }

    private static Domain range(ColumnType type, String prefix) {
        Collation collation = type.collation();
        StringRule rule = StringRule.of(collation);
        Charset charset = collation.javaCharset();
        return switch (rule) {
            case GENERAL_CI_UTF8, BYTES, PADDED_BYTES -> {
                String last = collation.charset().equals("utf8mb4")
                        ? rule == StringRule.PADDED_BYTES ? Character.toString(0x10FFFF) : "\uFFFF"
                        : "\u00FF";
                // Trailing blanks stand for the end of a string: 'a' followed by a control character is less than 'a'.
                String first = rule == StringRule.BYTES ? prefix : prefix + "\0".repeat(FILL);
                yield collation.charset().equals("utf8mb4") || collation.equals(Collation.BINARY)
                        ? new Domain.Interval(
                                new Datum.Text(first.getBytes(charset)),
                                true,
                                new Datum.Text((prefix + last.repeat(FILL)).getBytes(charset)),
                                true)
                        : Domain.Any.INSTANCE;
            }
            default -> Domain.Any.INSTANCE;
        };
    }
}
