package com.oceanbase.odp.routing.partition.hash;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Hash of stored values: the bytes that each type feeds to {@link Murmur} (measured on a kernel; types of Oracle mode by the spec). */
public final class DatumHash {
    private static final BigInteger NUMBER_BASE = BigInteger.valueOf(1_000_000_000);

    private static final byte[] NO_BYTES = {};

    private DatumHash() {}

    /** Whether values of a type can be hashed here. */
    public static boolean supports(ColumnType type) {
        return switch (type.type().kind()) {
            case WHOLE, REAL, EXACT, ZONED -> true;
            case TEXT -> StringRule.of(type.collation()).hashes();
            case NONE, NULL -> false;
        };
    }

    /**
     * Hash of a value that is of the kind of its type.
     *
     * @param seed hash of the columns before it, 0 for the first
     * @param oracleMode mode of the tenant
     */
    public static long hash(ColumnType type, Datum value, long seed, boolean oracleMode) {
        return switch (value) {
            case Datum.Whole(long whole) -> Murmur.hash(whole, seed);
            case Datum.Null _ -> hashNull(type, seed, oracleMode);
            case Datum.Text(byte[] bytes) ->
                StringHash.hash(type.collation(), bytes, seed, keepsBlanks(type, oracleMode));
            case Datum.Real(double real) -> hashReal(type, real, seed, oracleMode);
            case Datum.Exact(BigDecimal exact) ->
                type.type() == ObjectType.DECIMAL_INT
                        ? hashDecimal(exact.setScale(Math.max(type.scale(), 0), RoundingMode.HALF_UP), seed)
                        : hashNumber(exact, seed);
            case Datum.Zoned(long micros, int descriptor) ->
                Murmur.hashShort(
                        descriptor & 0xFFFF_FFFFL,
                        type.type() == ObjectType.TIMESTAMP_TZ ? 4 : 2,
                        Murmur.hash(micros, seed));
            case Datum.Max _ -> throw new IllegalArgumentException("MAXVALUE has no hash");
        };
    }

    private static long hashNull(ColumnType type, long seed, boolean oracleMode) {
        if (oracleMode) {
            return seed;
        }
        // A decimal that is NULL has no bytes: that changes every seed but 0.
        return type.type() == ObjectType.DECIMAL_INT ? Murmur.hash(NO_BYTES, 0, 0, seed) : Murmur.hashShort(0, 4, seed);
    }

    private static boolean keepsBlanks(ColumnType type, boolean oracleMode) {
        return oracleMode && !type.type().isFixedChar();
    }

    private static long hashReal(ColumnType type, double real, long seed, boolean oracleMode) {
        if (type.type() == ObjectType.DOUBLE && type.scale() >= 0 && !oracleMode) {
            byte[] digits = fixed(real, type.scale()).toPlainString().getBytes(StandardCharsets.US_ASCII);
            return Murmur.hash(digits, 0, digits.length, seed);
        }
        return Murmur.hash(Double.doubleToRawLongBits(real == 0 ? 0.0 : real), seed);
    }

    /** The shortest number that is read as the double, if that has no more decimals than wanted, else the double rounded. */
    private static BigDecimal fixed(double real, int scale) {
        BigDecimal shortest = new BigDecimal(Double.toString(real));
        return (shortest.scale() <= scale ? shortest : new BigDecimal(real)).setScale(scale, RoundingMode.HALF_EVEN);
    }

    /** Two's complement of the unscaled value in 4-byte words, without the upper words that only repeat the sign. */
    private static long hashDecimal(BigDecimal value, long seed) {
        byte[] bigEndian = value.unscaledValue().toByteArray();
        int words = (bigEndian.length + 3) / 4;
        byte[] littleEndian = new byte[4 * words];
        byte sign = (byte) (bigEndian[0] < 0 ? -1 : 0);
        for (int i = 0; i < littleEndian.length; i++) {
            littleEndian[i] = i < bigEndian.length ? bigEndian[bigEndian.length - 1 - i] : sign;
        }
        return Murmur.hash(littleEndian, 0, littleEndian.length, seed);
    }

    /** The sign and exponent byte, then the digits in base 10^9. */
    private static long hashNumber(BigDecimal value, long seed) {
        int signum = value.signum();
        if (signum == 0) {
            return Murmur.hash(NO_BYTES, 0, 0, Murmur.hashShort(0x80, 1, seed));
        }
        BigDecimal magnitude = value.abs().stripTrailingZeros();
        int scale = Math.floorDiv(magnitude.scale() + 8, 9);
        BigInteger digits = magnitude.scaleByPowerOfTen(9 * scale).toBigIntegerExact();
        byte[] words = new byte[4 * (digits.bitLength() / 29 + 1)];
        int count = 0;
        int[] reversed = new int[words.length / 4];
        while (digits.signum() != 0) {
            BigInteger[] parts = digits.divideAndRemainder(NUMBER_BASE);
            reversed[count++] = parts[1].intValue();
            digits = parts[0];
        }
        int exponent = count - 1 - scale;
        int from = 0;
        while (from < count && reversed[from] == 0) {
            from++;
        }
        int length = 0;
        for (int i = count - 1; i >= from; i--) {
            for (int shift = 0; shift < 32; shift += 8) {
                words[length++] = (byte) (reversed[i] >> shift);
            }
        }
        int first = signum > 0 ? 0xC0 + exponent : 0x40 - exponent;
        return Murmur.hash(words, 0, length, Murmur.hashShort(first, 1, seed));
    }
}
