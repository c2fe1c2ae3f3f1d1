package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.MANY;
import static com.oceanbase.odp.routing.value.function.SqlFunction.lenient;
import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Functions that build and cut strings; positions count characters from 1. */
final class StringFunctions {
    static final List<SqlFunction> TABLE = List.of(
            strict("CONCAT", 1, MANY, ValueType.TEXT, StringFunctions::concat),
            lenient("CONCAT_WS", 2, MANY, ValueType.TEXT, StringFunctions::concatWithSeparator),
            strict("SUBSTR", 2, 3, ValueType.TEXT, StringFunctions::substring),
            strict("SUBSTRING", 2, 3, ValueType.TEXT, StringFunctions::substring),
            strict("MID", 2, 3, ValueType.TEXT, StringFunctions::substring),
            strict("LEFT", 2, 2, ValueType.TEXT, StringFunctions::left),
            strict("RIGHT", 2, 2, ValueType.TEXT, StringFunctions::right),
            strict("SUBSTRING_INDEX", 3, 3, ValueType.TEXT, StringFunctions::substringIndex),
            strict("LOWER", 1, 1, ValueType.TEXT, a -> letters(a, false)),
            strict("LCASE", 1, 1, ValueType.TEXT, a -> letters(a, false)),
            strict("UPPER", 1, 1, ValueType.TEXT, a -> letters(a, true)),
            strict("UCASE", 1, 1, ValueType.TEXT, a -> letters(a, true)),
            strict("TRIM", 1, 1, ValueType.TEXT, a -> trim(a, true, true)),
            strict("LTRIM", 1, 1, ValueType.TEXT, a -> trim(a, true, false)),
            strict("RTRIM", 1, 1, ValueType.TEXT, a -> trim(a, false, true)),
            strict("TRIM_BOTH", 1, 2, ValueType.TEXT, a -> trim(a, true, true)),
            strict("TRIM_LEADING", 1, 2, ValueType.TEXT, a -> trim(a, true, false)),
            strict("TRIM_TRAILING", 1, 2, ValueType.TEXT, a -> trim(a, false, true)),
            strict("LPAD", 3, 3, ValueType.TEXT, a -> pad(a, true)),
            strict("RPAD", 3, 3, ValueType.TEXT, a -> pad(a, false)),
            strict("REPEAT", 2, 2, ValueType.TEXT, StringFunctions::repeat),
            strict("SPACE", 1, 1, ValueType.TEXT, StringFunctions::space),
            strict("REVERSE", 1, 1, ValueType.TEXT, StringFunctions::reverse),
            strict("REPLACE", 3, 3, ValueType.TEXT, StringFunctions::replace),
            strict("INSERT", 4, 4, ValueType.TEXT, StringFunctions::insert),
            lenient("QUOTE", 1, 1, ValueType.TEXT, StringFunctions::quote));

    private StringFunctions() {}

    private static SqlValue concat(Arguments a) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < a.count(); i++) {
            append(out, a.text(i));
        }
        return new Text(out.toByteArray(), a.collation(0, a.count()), TextOrigin.LITERAL);
    }

    private static void append(ByteArrayOutputStream out, Text text) {
        if (out.size() + text.bytes().length > Texts.MAX_LENGTH) {
            throw new Incomputable(Reasons.OVERFLOW);
        }
        out.writeBytes(text.bytes());
    }

    private static SqlValue concatWithSeparator(Arguments a) {
        if (a.isNull(0)) {
            return a.none();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean first = true;
        for (int i = 1; i < a.count(); i++) {
            if (!a.isNull(i)) {
                if (!first) {
                    append(out, a.text(0));
                }
                append(out, a.text(i));
                first = false;
            }
        }
        return new Text(out.toByteArray(), a.collation(0, a.count()), TextOrigin.LITERAL);
    }

    private static SqlValue substring(Arguments a) {
        Collation collation = a.collation(0, 1);
        int[] points = a.characters(0).codePoints().toArray();
        long position = a.integer(1);
        long length = a.count() == 3 ? a.integer(2) : points.length;
        long start = position > 0 ? position - 1 : points.length + position;
        if (position == 0 || start < 0 || start >= points.length || length <= 0) {
            return Arguments.string("", collation);
        }
        return Arguments.string(
                new String(points, (int) start, (int) Math.min(length, points.length - start)), collation);
    }

    private static SqlValue left(Arguments a) {
        int[] points = a.characters(0).codePoints().toArray();
        int length = Math.clamp(a.integer(1), 0, points.length);
        return Arguments.string(new String(points, 0, length), a.collation(0, 1));
    }

    private static SqlValue right(Arguments a) {
        int[] points = a.characters(0).codePoints().toArray();
        int length = Math.clamp(a.integer(1), 0, points.length);
        return Arguments.string(new String(points, points.length - length, length), a.collation(0, 1));
    }

    private static SqlValue substringIndex(Arguments a) {
        Collation collation = a.collation(0, 2);
        String text = a.characters(0, collation);
        String delimiter = a.characters(1, collation);
        long count = a.integer(2);
        if (text.isEmpty() || delimiter.isEmpty() || count == 0) {
            return Arguments.string("", collation);
        }
        if (count > 0) {
            int at = -delimiter.length();
            for (long i = 0; i < count; i++) {
                at = text.indexOf(delimiter, at + delimiter.length());
                if (at < 0) {
                    return Arguments.string(text, collation);
                }
            }
            return Arguments.string(text.substring(0, at), collation);
        }
        int at = text.length();
        for (long i = 0; i > count; i--) {
            at = at < delimiter.length() ? -1 : text.lastIndexOf(delimiter, at - delimiter.length());
            if (at < 0) {
                return Arguments.string(text, collation);
            }
        }
        return Arguments.string(text.substring(at + delimiter.length()), collation);
    }

    static SqlValue letters(Arguments a, boolean upper) {
        Text text = a.text(0);
        if (text.collation().equals(Collation.BINARY)) {
            return text;
        }
        return Arguments.string(Letters.convert(a.characters(0), upper), text.collation());
    }

    static SqlValue trim(Arguments a, boolean leading, boolean trailing) {
        Collation collation = a.collation(0, 1);
        check(a, 1, collation);
        String text = a.characters(0, collation);
        String what = a.count() == 2 ? a.characters(1, collation) : " ";
        if (what.isEmpty()) {
            return Arguments.string(text, collation);
        }
        int start = 0;
        int end = text.length();
        while (leading && end - start >= what.length() && text.startsWith(what, start)) {
            start += what.length();
        }
        while (trailing && end - start >= what.length() && text.startsWith(what, end - what.length())) {
            end -= what.length();
        }
        return Arguments.string(text.substring(start, end), collation);
    }

    /** Other arguments must be of the first one's character set, or bytes that fit it. */
    private static void check(Arguments a, int from, Collation collation) {
        for (int i = from; i < a.count(); i++) {
            Collation other = a.collation(i, i + 1);
            boolean fits = other.equals(Collation.BINARY)
                    ? Texts.isValid(a.text(i).bytes(), collation)
                    : other.charset().equals(collation.charset()) || collation.equals(Collation.BINARY);
            if (!fits) {
                throw new Incomputable(Reasons.CHARSET);
            }
        }
    }

    private static SqlValue pad(Arguments a, boolean left) {
        Collation collation =
                Collation.BINARY.equals(a.collation(0, 3)) && !(a.isNull(0)) ? a.collation(0, 1) : a.collation(0, 3);
        if (!a.collation(2, 3).charset().equals(collation.charset())) {
            return Reasons.CHARSET;
        }
        int[] points = a.characters(0).codePoints().toArray();
        int[] fill = a.characters(2).codePoints().toArray();
        long length = a.integer(1);
        if (length < 0) {
            return a.none();
        }
        if (length <= points.length) {
            return Arguments.string(new String(points, 0, (int) length), collation);
        }
        if (fill.length == 0) {
            return a.none();
        }
        if (length > Texts.MAX_LENGTH) {
            return Reasons.OVERFLOW;
        }
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < length - points.length; i++) {
            padding.appendCodePoint(fill[i % fill.length]);
        }
        String text = new String(points, 0, points.length);
        return Arguments.string(left ? padding + text : text + padding, collation);
    }

    private static SqlValue repeat(Arguments a) {
        long count = a.integer(1);
        String text = a.characters(0);
        if (count > 0 && text.length() > Texts.MAX_LENGTH / Math.min(count, Texts.MAX_LENGTH)) {
            return text.isEmpty() ? Arguments.string("", a.collation(0, 1)) : Reasons.OVERFLOW;
        }
        return Arguments.string(
                count <= 0 || text.isEmpty() ? "" : text.repeat((int) Math.min(count, Integer.MAX_VALUE)),
                a.collation(0, 1));
    }

    private static SqlValue space(Arguments a) {
        long count = a.integer(0);
        return count > Texts.MAX_LENGTH ? Reasons.OVERFLOW : a.ascii(" ".repeat((int) Math.max(0, count)));
    }

    private static SqlValue reverse(Arguments a) {
        return Arguments.string(new StringBuilder(a.characters(0)).reverse().toString(), a.collation(0, 1));
    }

    private static SqlValue replace(Arguments a) {
        Collation collation = a.collation(0, 1);
        check(a, 1, collation);
        String text = a.characters(0, collation);
        String from = a.characters(1, collation);
        if (from.isEmpty()) {
            return Arguments.string(text, collation);
        }
        String to = a.characters(2, collation);
        if ((long) text.length() * to.length() > 16L * Texts.MAX_LENGTH) {
            return Reasons.OVERFLOW;
        }
        return Arguments.string(text.replace(from, to), collation);
    }

    private static SqlValue insert(Arguments a) {
        Collation collation = a.collation(0, 4);
        if (!a.collation(0, 1).charset().equals(collation.charset())) {
            return Reasons.CHARSET;
        }
        int[] points = a.characters(0).codePoints().toArray();
        long position = a.integer(1);
        if (position < 1 || position > points.length) {
            return Arguments.string(a.characters(0), collation);
        }
        int start = (int) position - 1;
        long length = a.integer(2);
        int end = length < 0 || length > points.length - start ? points.length : start + (int) length;
        String head = new String(points, 0, start);
        String tail = new String(points, end, points.length - end);
        return Arguments.string(head + a.characters(3, collation) + tail, collation);
    }

    private static SqlValue quote(Arguments a) {
        if (a.isNull(0)) {
            return Arguments.string("NULL", Collation.BINARY);
        }
        StringBuilder out = new StringBuilder("'");
        String text = a.characters(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\', '\'' -> out.append('\\').append(c);
                case 0 -> out.append("\\0");
                case 26 -> out.append("\\Z");
                default -> out.append(c);
            }
        }
        return Arguments.string(out.append('\'').toString(), a.collation(0, 1));
    }
}
