package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.hash.StringHash;
import com.oceanbase.odp.routing.partition.hash.StringRule;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SqlValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Members of ENUM and SET. */
final class Members {
    private static final int MAX_SET = 64;

    private Members() {}

    /** Ordinal of an ENUM value; null if there is no such member. */
    static @Nullable Datum ordinal(ColumnType type, SqlValue value) {
        if (value instanceof SqlValue.Int(long bits, boolean _)) {
            return bits > 0 && bits <= type.members().size() ? new Datum.Whole(bits) : null;
        }
        if (value instanceof SqlValue.Text text) {
            String name = Assignment.characters(text);
            int index = index(type, name);
            return index < 0 ? number(type, name) : new Datum.Whole(index + 1L);
        }
        Long number = truncated(value);
        return number == null ? null : ordinal(type, new SqlValue.Int(number, false));
    }

    private static @Nullable Long truncated(SqlValue value) {
        boolean fractional = value instanceof SqlValue.Decimal || value instanceof SqlValue.Real;
        BigDecimal number = fractional ? Numbers.toDecimal(value) : null;
        return number == null || number.precision() - number.scale() > 18 ? null : number.longValue();
    }

    /** Bitmap of a SET value; null if a member does not exist. */
    static @Nullable Datum bitmap(ColumnType type, SqlValue value) {
        if (type.members().size() > MAX_SET) {
            return null;
        }
        if (value instanceof SqlValue.Int(long bits, boolean _)) {
            int unused = MAX_SET - type.members().size();
            return unused == 0 || bits >= 0 && bits >>> (MAX_SET - unused) == 0 ? new Datum.Whole(bits) : null;
        }
        if (!(value instanceof SqlValue.Text text)) {
            Long number = truncated(value);
            return number == null ? null : bitmap(type, new SqlValue.Int(number, false));
        }
        String list = Assignment.characters(text);
        long bits = 0;
        if (list.isEmpty()) {
            return new Datum.Whole(0);
        }
        for (String name : list.split(",", -1)) {
            int index = index(type, name);
            if (index < 0) {
                return number(type, list);
            }
            bits |= 1L << index;
        }
        return new Datum.Whole(bits);
    }

    /** Digits that name no member are the number of one, or of several in a SET. */
    private static @Nullable Datum number(ColumnType type, String digits) {
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        SqlValue number = new SqlValue.Int(Long.parseLong(digits), false);
        if (digits.equals("0")) {
            return new Datum.Whole(0);
        }
        return type.type() == ObjectType.SET ? bitmap(type, number) : ordinal(type, number);
    }

    /** Those members that exist, of a value of which others do not. */
    static @Nullable Datum knownOf(ColumnType type, SqlValue value) {
        if (type.members().isEmpty() || type.members().size() > MAX_SET) {
            return null;
        }
        if (value instanceof SqlValue.Text text) {
            long bits = 0;
            for (String name : Assignment.characters(text).split(",", -1)) {
                int index = index(type, name);
                bits |= index < 0 ? 0 : 1L << index;
            }
            return new Datum.Whole(bits);
        }
        BigInteger number = Assignment.rounded(value);
        return number == null
                ? null
                : new Datum.Whole(
                        number.longValue() & -1L >>> (MAX_SET - type.members().size()));
    }

    private static int index(ColumnType type, String name) {
        for (int i = 0; i < type.members().size(); i++) {
            if (isEqual(type, type.members().get(i), name)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isEqual(ColumnType type, String member, String name) {
        Collation collation = type.collation();
        if (!StringRule.of(collation).compares()) {
            return member.equals(name.stripTrailing());
        }
        return StringHash.compare(
                        Collation.UTF8MB4_GENERAL_CI.equals(collation) ? collation : Collation.UTF8MB4_BIN,
                        member.getBytes(StandardCharsets.UTF_8),
                        name.getBytes(StandardCharsets.UTF_8))
                == 0;
    }
}
