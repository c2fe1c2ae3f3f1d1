package com.oceanbase.odp.routing.partition.dictionary;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads objects as an OBServer serializes them for bounds of partitions and defaults of columns (layouts: {@code ob_object.cpp},
 * {@code ob_rowkey.cpp}, {@code ob_row.cpp}, {@code serialization.h} of the server).
 */
public final class ObjectReader {
    private static final long MAX_VALUE = -2;
    private static final long MIN_VALUE = -3;
    private static final BigInteger NUMBER_BASE = BigInteger.valueOf(1_000_000_000);

    private final byte[] bytes;
    private final boolean oracleMode;
    private int position;

    /** One value with its type; {@code value} is {@link Datum.Max} for MAXVALUE and for DEFAULT in lists. */
    public record TypedDatum(ColumnType type, Datum value) {}

    /** Reads a byte array; the mode is that of the tenant. */
    public ObjectReader(byte[] bytes, boolean oracleMode) {
        this.bytes = bytes;
        this.oracleMode = oracleMode;
    }

    /**
     * Reads the bound of a range partition.
     *
     * @throws IllegalArgumentException if the bytes are not one
     */
    public List<TypedDatum> bound() {
        return guarded(this::row);
    }

    /**
     * Reads the rows of a list partition as the proxy's views have them: one behind the other.
     *
     * @throws IllegalArgumentException if the bytes are not rows
     */
    public List<List<TypedDatum>> rows() {
        return guarded(() -> {
            List<List<TypedDatum>> rows = new ArrayList<>();
            while (position < bytes.length) {
                rows.add(projectedRow());
            }
            return rows;
        });
    }

    /**
     * Reads the rows of a list partition as {@code b_list_val} of the server's own tables has them: their number first.
     *
     * @throws IllegalArgumentException if the bytes are not rows
     */
    public List<List<TypedDatum>> countedRows() {
        return guarded(() -> {
            List<List<TypedDatum>> rows = new ArrayList<>();
            long count = varint();
            for (long i = 0; i < count; i++) {
                rows.add(projectedRow());
            }
            return rows;
        });
    }

    /**
     * Reads one object: a default value.
     *
     * @throws IllegalArgumentException if the bytes are not an object
     */
    public TypedDatum object() {
        return guarded(this::next);
    }

    /**
     * Reads the members of ENUM and SET, {@code extended_type_info} of a column: their number, then strings.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    public List<String> members() {
        return guarded(() -> {
            List<String> members = new ArrayList<>();
            long count = varint();
            for (long i = 0; i < count; i++) {
                members.add(new String(string(), StandardCharsets.UTF_8));
            }
            return members;
        });
    }

    private static <T> T guarded(java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("serialized object is cut off or of another version", e);
        }
    }

    private List<TypedDatum> row() {
        long count = varint();
        List<TypedDatum> row = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            row.add(next());
        }
        return row;
    }

    private List<TypedDatum> projectedRow() {
        List<TypedDatum> row = row();
        long projected = varint();
        for (long i = 0; i < projected; i++) {
            varint();
        }
        return row;
    }

    private TypedDatum next() {
        ObjectType type = ObjectType.of(octet(), oracleMode);
        octet();
        int collation = octet();
        int scale = (byte) octet();
        ColumnType columnType = new ColumnType(type, ColumnType.collation(collation), -1, -1, scale, List.of());
        return new TypedDatum(columnType, value(type));
    }

    private Datum value(ObjectType type) {
        return switch (type) {
            case NULL -> Datum.Null.INSTANCE;
            case TINYINT -> new Datum.Whole((byte) octet());
            case TINYINT_UNSIGNED, YEAR -> new Datum.Whole(octet());
            case SMALLINT, MEDIUMINT, INT, DATE -> new Datum.Whole((int) varint());
            case SMALLINT_UNSIGNED, MEDIUMINT_UNSIGNED, INT_UNSIGNED -> new Datum.Whole(varint() & 0xFFFF_FFFFL);
            case MYSQL_DATE -> new Datum.Whole((int) varint());
            case BIGINT, BIGINT_UNSIGNED, DATETIME, TIMESTAMP, TIME, BIT, ENUM, SET, MYSQL_DATETIME ->
                new Datum.Whole(varint());
            case FLOAT, FLOAT_UNSIGNED -> new Datum.Real(Float.intBitsToFloat((int) varint()));
            case DOUBLE, DOUBLE_UNSIGNED -> new Datum.Real(Double.longBitsToDouble(varint()));
            case NUMBER, NUMBER_UNSIGNED, NUMBER_FLOAT -> new Datum.Exact(number());
            case DECIMAL_INT -> new Datum.Exact(decimal());
            case VARCHAR, CHAR, HEX_STRING, TINY_TEXT, TEXT, MEDIUM_TEXT, LONG_TEXT, RAW, NVARCHAR2, NCHAR ->
                new Datum.Text(string());
            case TIMESTAMP_TZ -> new Datum.Zoned(bigEndian(8), (int) bigEndian(4));
            case TIMESTAMP_LTZ, TIMESTAMP_NANO -> new Datum.Zoned(bigEndian(8), (int) bigEndian(2));
            case EXTEND -> extended(varint());
            case OTHER -> throw new IllegalArgumentException("object of a type that no bound has");
        };
    }

    private static Datum extended(long value) {
        if (value == MAX_VALUE) {
            return Datum.Max.INSTANCE;
        }
        if (value == MIN_VALUE) {
            return Datum.Null.INSTANCE;
        }
        throw new IllegalArgumentException("extended value " + value + " in a bound");
    }

    private BigDecimal number() {
        long descriptor = bigEndian(4);
        int length = (int) (descriptor & 0xFF);
        int signAndExponent = (int) (descriptor >>> 24) & 0xFF;
        boolean positive = (signAndExponent & 0x80) != 0;
        int exponent = signAndExponent & 0x7F;
        exponent = (positive ? exponent : 0x7F & ~exponent) - 64;
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < length; i++) {
            digits = digits.multiply(NUMBER_BASE).add(BigInteger.valueOf(littleEndian(4)));
        }
        BigDecimal value = new BigDecimal(digits).scaleByPowerOfTen(9 * (exponent - length + 1));
        return positive ? value : value.negate();
    }

    private BigDecimal decimal() {
        int length = (int) varint();
        int scale = octet();
        byte[] bigEndian = new byte[length];
        for (int i = 0; i < length; i++) {
            bigEndian[length - 1 - i] = (byte) octet();
        }
        return new BigDecimal(new BigInteger(bigEndian), scale);
    }

    private byte[] string() {
        int length = Math.toIntExact(varint());
        if (length < 0 || position + length >= bytes.length) {
            throw new IllegalArgumentException("string of " + length + " bytes is cut off");
        }
        byte[] text = Arrays.copyOfRange(bytes, position, position + length);
        position += length + 1;
        return text;
    }

    private int octet() {
        return bytes[position++] & 0xFF;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number of more than 10 bytes");
    }

    private long bigEndian(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    private long littleEndian(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) octet() << (8 * i);
        }
        return value;
    }
}
