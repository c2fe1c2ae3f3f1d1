package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.operation.Comparison;
import com.oceanbase.odp.routing.value.operation.Strings;

/**
 * Choosing values and handling strings as in Oracle mode: the empty string is NULL, results take the type of the first value. Rules: Oracle's SQL
 * reference, as OceanBase follows it.
 */
final class OracleValues {
    private OracleValues() {}

    /** Whether values need no conversion into each other's type. */
    private static boolean alike(SqlValue a, SqlValue b) {
        boolean numbers = isNumber(a) && isNumber(b);
        return a.isNull() || b.isNull() || numbers || a.getClass().equals(b.getClass());
    }

    private static boolean isNumber(SqlValue value) {
        return value instanceof Int || value instanceof Decimal;
    }

    static SqlValue coalesce(Arguments a) {
        SqlValue chosen = SqlValue.NULL;
        for (int i = a.count() - 1; i >= 0; i--) {
            if (!alike(a.get(i), a.get(0)) || !alike(a.get(i), chosen)) {
                return Reasons.ARGUMENT;
            }
            chosen = a.isNull(i) ? chosen : a.get(i);
        }
        return chosen;
    }

    static SqlValue nvl2(Arguments a) {
        return alike(a.get(1), a.get(2)) ? a.get(a.isNull(0) ? 2 : 1) : Reasons.ARGUMENT;
    }

    /** {@code DECODE(value, search, result, …, otherwise)}; NULL equals NULL. */
    static SqlValue decode(Arguments a) {
        SqlValue first = a.get(2);
        for (int i = 1; i + 1 < a.count(); i += 2) {
            if (!alike(a.get(0), a.get(i)) || !alike(first, a.get(i + 1))) {
                return Reasons.ARGUMENT;
            }
            boolean equal = a.isNull(0) && a.isNull(i);
            if (!a.isNull(0) && !a.isNull(i)) {
                int order = Comparison.compare(a.get(0), a.get(i), a.session());
                if (order == Comparison.UNDECIDED) {
                    return Reasons.COMPARISON;
                }
                equal = order == 0;
            }
            if (equal) {
                return a.get(i + 1);
            }
        }
        SqlValue otherwise = a.count() % 2 == 0 ? a.get(a.count() - 1) : SqlValue.NULL;
        return alike(first, otherwise) ? otherwise : Reasons.ARGUMENT;
    }

    static SqlValue extreme(Arguments a, int sign) {
        SqlValue best = a.get(0);
        for (SqlValue value : a.values()) {
            int order = alike(best, value) ? Comparison.compare(value, best, a.session()) : Comparison.UNDECIDED;
            if (order == Comparison.UNDECIDED) {
                return Reasons.COMPARISON;
            }
            best = order * sign > 0 ? value : best;
        }
        return best;
    }

    static SqlValue concat(Arguments a) {
        if (a.isNull(0) || a.isNull(1)) {
            return a.isNull(0) ? (a.isNull(1) ? a.none() : a.text(1)) : a.text(0);
        }
        Collation collation = a.collation(0, 2);
        return Arguments.string(a.characters(0, collation) + a.characters(1, collation), collation);
    }

    static SqlValue substring(Arguments a) {
        int[] points = a.characters(0).codePoints().toArray();
        long position = truncated(a, 1);
        long length = a.count() == 3 ? truncated(a, 2) : points.length;
        long start = position > 0 ? position - 1 : position == 0 ? 0 : points.length + position;
        if (start < 0 || start >= points.length || length < 1) {
            return a.none();
        }
        return Arguments.string(
                new String(points, (int) start, (int) Math.min(length, points.length - start)), a.collation(0, 1));
    }

    /** Positions and lengths lose their fraction. */
    private static long truncated(Arguments a, int index) {
        if (a.get(index) instanceof Text
                || a.decimal(index).precision() - a.decimal(index).scale() > 18) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        return a.decimal(index).longValue();
    }

    private static SqlValue number(long value) {
        return new Int(value, false);
    }

    static SqlValue instr(Arguments a) {
        Collation collation = a.collation(0, 2);
        if (!collation.isBinary()) {
            return Reasons.COLLATION;
        }
        String text = a.characters(0, collation);
        String needle = a.characters(1, collation);
        long start = a.count() > 2 ? truncated(a, 2) : 1;
        long occurrence = a.count() > 3 ? truncated(a, 3) : 1;
        int length = text.codePointCount(0, text.length());
        if (start < 1 || occurrence < 1 || text.length() != length) {
            return Reasons.ARGUMENT;
        }
        long at = start - 2;
        for (long i = 0; i < occurrence; i++) {
            at = at + 1 > text.length() ? -1 : text.indexOf(needle, (int) at + 1);
            if (at < 0) {
                return number(0);
            }
        }
        return number(at + 1);
    }

    static SqlValue length(Arguments a) {
        return number(Texts.length(a.text(0)));
    }

    static SqlValue lengthInBytes(Arguments a) {
        return number(a.text(0).bytes().length);
    }

    static SqlValue ascii(Arguments a) {
        int first = a.text(0).bytes()[0];
        return first < 0 ? Reasons.CHARSET : number(first);
    }

    static SqlValue chr(Arguments a) {
        long code = truncated(a, 0);
        return code < 1 || code > 127 ? Reasons.CHARSET : a.ascii(Character.toString((int) code));
    }

    /** Strips characters of a set from one end. */
    static SqlValue trimSet(Arguments a, boolean left) {
        Collation collation = a.collation(0, a.count());
        String text = a.characters(0, collation);
        String set = a.count() == 2 ? a.characters(1, collation) : " ";
        int start = 0;
        int end = text.length();
        if (set.codePointCount(0, set.length()) != set.length()) {
            return Reasons.CHARSET;
        }
        while (left && start < end && set.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (!left && start < end && set.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return Arguments.string(text.substring(start, end), collation);
    }

    /** ASCII only: other characters may be two columns wide. */
    static SqlValue pad(Arguments a, boolean left) {
        String text = a.characters(0);
        String fill = a.count() == 3 ? a.characters(2) : " ";
        long length = truncated(a, 1);
        if (!Strings.isAscii(a.text(0).bytes())
                || (a.count() == 3 && !Strings.isAscii(a.text(2).bytes()))) {
            return Reasons.CHARSET;
        }
        if (length > 4000) {
            return Reasons.OVERFLOW;
        }
        if (length < 1) {
            return a.none();
        }
        if (length <= text.length()) {
            return Arguments.string(text.substring(0, (int) length), a.collation(0, 1));
        }
        int missing = (int) length - text.length();
        String padding = fill.repeat(missing / fill.length() + 1).substring(0, missing);
        return Arguments.string(left ? padding + text : text + padding, a.collation(0, 1));
    }

    static SqlValue replace(Arguments a) {
        if (a.isNull(0)) {
            return a.none();
        }
        if (a.isNull(1)) {
            return a.text(0);
        }
        Collation collation = a.collation(0, a.count());
        String to = a.count() < 3 || a.isNull(2) ? "" : a.characters(2, collation);
        String text = a.characters(0, collation);
        if ((long) text.length() * to.length() > 16L * Texts.MAX_LENGTH) {
            return Reasons.OVERFLOW;
        }
        return Arguments.string(text.replace(a.characters(1, collation), to), collation);
    }
}
