package com.oceanbase.odp.routing.partition.rowid;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.rowid.Rowid.KeyValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the bytes of one ROWID (layouts: {@code ob_urowid.h} and {@code ob_urowid.cpp} of the original proxy). */
final class RowidReader {
    private static final int PRIMARY_KEY = 1;
    private static final int NO_PRIMARY_KEY = 2;

    /** In the version byte of a logical ROWID: the key has columns that are no part of the primary key. */
    private static final int MORE_COLUMNS = 0x80;

    private static final int HEAP = 0x80;
    private static final int HEAP_LENGTH = 10;
    private static final int EXTENDED_HEAP = 0xA0;
    private static final int EXTENDED_HEAP_LENGTH = 16;
    private static final int HEAP_VERSION_BITS = 0xE0;

    /** Bits behind the tablet id in the first 8 bytes of a heap ROWID: the upper part of the row's number. */
    private static final int HEAP_NUMBER_BITS = 24;

    private static final long WITHOUT_VERSION = -1L >>> 3;

    /** Microseconds from 1970 to the years 1 and 10000. */
    private static final long FIRST_MICROS = -62_135_596_800_000_000L;

    private static final long END_MICROS = 253_402_300_800_000_000L;

    private static final BigInteger NUMBER_BASE = BigInteger.valueOf(1_000_000_000);

    private final ByteBuffer content;

    /** Reads content of at least one byte. */
    RowidReader(byte[] content) {
        this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    Rowid read() {
        int first = content.get(0) & 0xFF;
        if (first >= HEAP) {
            return heap(first & HEAP_VERSION_BITS);
        }
        int versionAt = first + 1;
        if (versionAt >= content.limit()) {
            return new Rowid.Malformed("the ROWID is cut off");
        }
        int version = content.get(versionAt) & 0xFF;
        if (version != PRIMARY_KEY && version != NO_PRIMARY_KEY && (version & MORE_COLUMNS) == 0) {
            return new Rowid.Malformed("the ROWID has the unknown version " + version);
        }
        content.position(versionAt + 1);
        return logical(version != NO_PRIMARY_KEY);
    }

    private Rowid heap(int version) {
        int length = content.limit();
        boolean extended = version == EXTENDED_HEAP;
        if (version != HEAP && !extended || length != (extended ? EXTENDED_HEAP_LENGTH : HEAP_LENGTH)) {
            return new Rowid.Malformed("the ROWID has the unknown version " + version + " or length " + length);
        }
        long bits = content.order(ByteOrder.BIG_ENDIAN).getLong() & WITHOUT_VERSION;
        return new Rowid.Heap(extended, extended ? bits : bits >>> HEAP_NUMBER_BITS);
    }

    private Rowid logical(boolean primaryKey) {
        List<KeyValue> values = new ArrayList<>();
        try {
            while (content.hasRemaining()) {
                values.add(keyValue(ObjectType.of(octet(), true)));
            }
        } catch (BufferUnderflowException _) {
            return new Rowid.Malformed("the ROWID is cut off");
        } catch (IllegalArgumentException e) {
            return new Rowid.Malformed("the ROWID has " + e.getMessage());
        }
        return new Rowid.Logical(primaryKey, List.copyOf(values));
    }

    private KeyValue keyValue(ObjectType type) {
        return new KeyValue(
                type,
                switch (type) {
                    case NULL -> Datum.Null.INSTANCE;
                    case TINYINT -> new Datum.Whole(content.get());
                    case TINYINT_UNSIGNED -> new Datum.Whole(octet());
                    case SMALLINT -> new Datum.Whole(content.getShort());
                    case SMALLINT_UNSIGNED -> new Datum.Whole(content.getShort() & 0xFFFF);
                    case MEDIUMINT, INT -> new Datum.Whole(content.getInt());
                    case MEDIUMINT_UNSIGNED, INT_UNSIGNED -> new Datum.Whole(content.getInt() & 0xFFFF_FFFFL);
                    case BIGINT, BIGINT_UNSIGNED -> new Datum.Whole(content.getLong());
                    case FLOAT -> real(content.getFloat());
                    case DOUBLE -> real(content.getDouble());
                    case NUMBER, NUMBER_FLOAT -> new Datum.Exact(number());
                    case DATETIME -> new Datum.Whole(micros());
                    case VARCHAR, NVARCHAR2 -> new Datum.Text(string());
                    case CHAR, NCHAR -> new Datum.Text(withoutPadding(string()));
                    case TIMESTAMP_TZ -> new Datum.Zoned(micros(), content.getInt());
                    case TIMESTAMP_LTZ, TIMESTAMP_NANO -> new Datum.Zoned(micros(), content.getShort() & 0xFFFF);
                    default -> throw new IllegalArgumentException("a value of a type that is not read");
                });
    }

    private int octet() {
        return content.get() & 0xFF;
    }

    private static Datum real(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number that is not finite");
        }
        return new Datum.Real(value);
    }

    private long micros() {
        long micros = content.getLong();
        if (micros < FIRST_MICROS || micros >= END_MICROS) {
            throw new IllegalArgumentException("a time that does not exist");
        }
        return micros;
    }

    /** A descriptor with the number of digits in its lowest byte, sign and exponent in its highest; then digits in base 10^9. */
    private BigDecimal number() {
        int descriptor = content.getInt();
        int length = descriptor & 0xFF;
        int signAndExponent = descriptor >>> 24;
        if (content.remaining() < Integer.BYTES * length) {
            throw new BufferUnderflowException();
        }
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < length; i++) {
            digits = digits.multiply(NUMBER_BASE).add(BigInteger.valueOf(content.getInt() & 0xFFFF_FFFFL));
        }
        if (digits.signum() == 0) {
            return BigDecimal.ZERO;
        }
        boolean positive = (signAndExponent & 0x80) != 0;
        int exponent = (positive ? signAndExponent & 0x7F : 0x7F & ~signAndExponent) - 64;
        BigDecimal value = new BigDecimal(digits).scaleByPowerOfTen(9 * (exponent - length + 1));
        return positive ? value : value.negate();
    }

    /** The collation, which is the column's, the length in bytes, and the bytes. */
    private byte[] string() {
        octet();
        int length = content.getInt();
        if (length < 0 || length > content.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        content.get(text);
        return text;
    }

    /** Trailing blanks are no part of a CHAR, but the first character stays. */
    private static byte[] withoutPadding(byte[] text) {
        int length = text.length;
        while (length > 1 && text[length - 1] == ' ') {
            length--;
        }
        return length == text.length ? text : Arrays.copyOf(text, length);
    }
}
