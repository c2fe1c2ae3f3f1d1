package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.MANY;
import static com.oceanbase.odp.routing.value.function.SqlFunction.lenient;
import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.operation.Comparison;
import com.oceanbase.odp.routing.value.operation.ResultTypes;
import com.oceanbase.odp.routing.value.operation.Strings;
import java.util.List;
import java.util.Locale;

/** Functions that measure strings and look into them. */
final class SearchFunctions {
    static final List<SqlFunction> TABLE = List.of(
            strict(
                    "LENGTH",
                    1,
                    1,
                    ValueType.INTEGER,
                    a -> Arguments.whole(a.text(0).bytes().length)),
            strict(
                    "OCTET_LENGTH",
                    1,
                    1,
                    ValueType.INTEGER,
                    a -> Arguments.whole(a.text(0).bytes().length)),
            strict("CHAR_LENGTH", 1, 1, ValueType.INTEGER, a -> Arguments.whole(Texts.length(a.text(0)))),
            strict("CHARACTER_LENGTH", 1, 1, ValueType.INTEGER, a -> Arguments.whole(Texts.length(a.text(0)))),
            strict(
                    "BIT_LENGTH",
                    1,
                    1,
                    ValueType.INTEGER,
                    a -> Arguments.whole(8L * a.text(0).bytes().length)),
            strict("ASCII", 1, 1, ValueType.INTEGER, SearchFunctions::ascii),
            strict("ORD", 1, 1, ValueType.INTEGER, SearchFunctions::ord),
            strict("INSTR", 2, 2, ValueType.INTEGER, a -> locate(a, 1, 0)),
            lenient("LOCATE", 2, 3, ValueType.INTEGER, a -> locate(a, 0, 1)),
            strict("POSITION", 2, 2, ValueType.INTEGER, a -> locate(a, 0, 1)),
            lenient("FIELD", 2, MANY, ValueType.INTEGER, SearchFunctions::field),
            lenient("ELT", 2, MANY, ValueType.TEXT, SearchFunctions::elt),
            strict("FIND_IN_SET", 2, 2, ValueType.INTEGER, SearchFunctions::findInSet),
            strict("STRCMP", 2, 2, ValueType.INTEGER, SearchFunctions::compare));

    private SearchFunctions() {}

    private static SqlValue ascii(Arguments a) {
        byte[] bytes = a.text(0).bytes();
        return Arguments.whole(bytes.length == 0 ? 0 : bytes[0] & 0xFF);
    }

    private static SqlValue ord(Arguments a) {
        Text text = a.text(0);
        if (text.bytes().length == 0) {
            return Arguments.whole(0);
        }
        String characters = Texts.decode(text);
        byte[] first = characters
                .substring(0, characters.offsetByCodePoints(0, 1))
                .getBytes(text.collation().javaCharset());
        long value = 0;
        for (byte b : first) {
            value = value << 8 | (b & 0xFF);
        }
        return Arguments.whole(value);
    }

    /** Characters to search by: folded if the collation ignores case. */
    private static String searched(Arguments a, int index, Collation collation) {
        String text = a.characters(index, collation);
        if (collation.isBinary()) {
            return text;
        }
        if (!Strings.isAscii(a.text(index).bytes())) {
            throw new Incomputable(Reasons.COLLATION);
        }
        return text.toUpperCase(Locale.ROOT);
    }

    private static SqlValue locate(Arguments a, int needleAt, int textAt) {
        if (a.isNull(0) || a.isNull(1)) {
            return a.none();
        }
        if (a.count() == 3 && a.isNull(2)) {
            return Arguments.whole(0);
        }
        Collation collation = a.collation(0, 2);
        String needle = a.characters(needleAt, collation);
        String text = a.characters(textAt, collation);
        long start = a.count() == 3 ? a.integer(2) : 1;
        int length = text.codePointCount(0, text.length());
        if (start < 1 || start > length + 1) {
            return Arguments.whole(0);
        }
        int from = text.offsetByCodePoints(0, (int) start - 1);
        if (!needle.isEmpty()) {
            needle = searched(a, needleAt, collation);
            text = searched(a, textAt, collation);
        }
        int found = text.indexOf(needle, from);
        return Arguments.whole(found < 0 ? 0 : text.codePointCount(0, found) + 1);
    }

    /** Compares as strings if all are, as numbers if all are, else as doubles. */
    private static SqlValue field(Arguments a) {
        if (a.isNull(0)) {
            return Arguments.whole(0);
        }
        boolean texts = true;
        boolean numbers = true;
        for (SqlValue value : a.values()) {
            ValueType type = ResultTypes.typeOf(value);
            texts &= type == ValueType.TEXT || type == ValueType.NONE;
            numbers &= ResultTypes.isNumeric(type) || type == ValueType.NONE;
        }
        for (int i = 1; i < a.count(); i++) {
            if (a.isNull(i)) {
                continue;
            }
            boolean plain = texts || numbers;
            SqlValue left = plain ? a.get(0) : Numbers.real(a.real(0));
            SqlValue right = plain ? a.get(i) : Numbers.real(a.real(i));
            int order = Comparison.compare(left, right, a.session());
            if (order == Comparison.UNDECIDED) {
                return Reasons.COMPARISON;
            }
            if (order == 0) {
                return Arguments.whole(i);
            }
        }
        return Arguments.whole(0);
    }

    private static SqlValue elt(Arguments a) {
        if (a.isNull(0)) {
            return a.none();
        }
        long index = a.integer(0);
        if (index < 1 || index >= a.count() || a.isNull((int) index)) {
            return a.none();
        }
        Text text = a.text((int) index);
        return new Text(text.bytes(), a.collation(1, a.count()), TextOrigin.LITERAL);
    }

    private static SqlValue findInSet(Arguments a) {
        Collation collation = a.collation(0, 2);
        String set = searched(a, 1, collation);
        String member = searched(a, 0, collation);
        if (set.isEmpty() || member.indexOf(',') >= 0) {
            return new Int(0, true);
        }
        List<String> members = List.of(set.split(",", -1));
        return new Int(members.indexOf(member) + 1, true);
    }

    private static SqlValue compare(Arguments a) {
        int order = Strings.compare(a.text(0), a.text(1));
        return order == Comparison.UNDECIDED ? Reasons.COLLATION : Arguments.whole(Integer.signum(order));
    }
}
