package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.MANY;
import static com.oceanbase.odp.routing.value.function.SqlFunction.lenient;
import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.operation.Strings;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** Functions between numbers, bytes and their written forms, and digests. */
final class EncodingFunctions {
    static final List<SqlFunction> TABLE = List.of(
            strict("HEX", 1, 1, ValueType.TEXT, EncodingFunctions::hex),
            strict("UNHEX", 1, 1, ValueType.TEXT, EncodingFunctions::unhex),
            strict("BIN", 1, 1, ValueType.TEXT, a -> based(a, 2)),
            strict("OCT", 1, 1, ValueType.TEXT, a -> based(a, 8)),
            strict("CONV", 3, 3, ValueType.TEXT, EncodingFunctions::conv),
            lenient("CHAR", 1, MANY, ValueType.TEXT, EncodingFunctions::character),
            strict("MD5", 1, 1, ValueType.TEXT, a -> digest(a, "MD5")),
            strict("SHA", 1, 1, ValueType.TEXT, a -> digest(a, "SHA-1")),
            strict("SHA1", 1, 1, ValueType.TEXT, a -> digest(a, "SHA-1")),
            strict("SHA2", 2, 2, ValueType.TEXT, EncodingFunctions::sha2),
            strict("CRC32", 1, 1, ValueType.INTEGER, EncodingFunctions::crc32),
            strict("TO_BASE64", 1, 1, ValueType.TEXT, EncodingFunctions::toBase64),
            strict("FROM_BASE64", 1, 1, ValueType.TEXT, EncodingFunctions::fromBase64),
            strict("INET_ATON", 1, 1, ValueType.INTEGER, EncodingFunctions::inetAton),
            strict("INET_NTOA", 1, 1, ValueType.TEXT, EncodingFunctions::inetNtoa),
            strict("FORMAT", 2, 2, ValueType.TEXT, EncodingFunctions::format),
            strict("SOUNDEX", 1, 1, ValueType.TEXT, EncodingFunctions::soundex));

    private EncodingFunctions() {}

    private static SqlValue hex(Arguments a) {
        SqlValue value = a.get(0);
        if (value instanceof SqlValue.Text text) {
            return a.ascii(HexFormat.of().withUpperCase().formatHex(text.bytes()));
        }
        if (value instanceof Int
                || value instanceof Decimal
                || value instanceof SqlValue.Real
                || value instanceof SqlValue.Year) {
            return a.ascii(Long.toHexString(bits(value)).toUpperCase(Locale.ROOT));
        }
        return a.ascii(HexFormat.of().withUpperCase().formatHex(a.text(0).bytes()));
    }

    /** The 64 bits that HEX shows of a number. */
    private static long bits(SqlValue value) {
        SqlValue number =
                value instanceof Decimal d && d.value().signum() > 0 ? Numbers.toUnsigned(d) : Numbers.toSigned(value);
        if (number instanceof Int(long bits, boolean _)) {
            return bits;
        }
        throw new Incomputable(Reasons.ARGUMENT);
    }

    private static SqlValue unhex(Arguments a) {
        String digits = a.characters(0);
        if (!digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            return a.none();
        }
        return Arguments.bytes(HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits));
    }

    private static SqlValue based(Arguments a, int radix) {
        BigInteger value = convValue(a.characters(0).strip(), 10);
        if (value.compareTo(Numbers.SIGNED_MIN) < 0) {
            return Reasons.OVERFLOW;
        }
        return a.ascii(Long.toUnsignedString(value.min(Numbers.UNSIGNED_MAX).longValue(), radix));
    }

    private static SqlValue conv(Arguments a) {
        long from = a.integer(1);
        long to = a.integer(2);
        if (Math.abs(from) < 2 || Math.abs(from) > 36 || Math.abs(to) < 2 || Math.abs(to) > 36) {
            return a.none();
        }
        BigInteger value = convValue(a.characters(0).strip(), (int) Math.abs(from));
        if (value.compareTo(Numbers.SIGNED_MIN) < 0 || (from < 0 && value.compareTo(Numbers.SIGNED_MAX) > 0)) {
            return Reasons.OVERFLOW;
        }
        long bits = value.min(Numbers.UNSIGNED_MAX).longValue();
        String text = to < 0 ? Long.toString(bits, (int) -to) : Long.toUnsignedString(bits, (int) to);
        return a.ascii(text.toUpperCase(Locale.ROOT));
    }

    private static BigInteger convValue(String text, int radix) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int end = start;
        while (end < text.length() && text.charAt(end) < 128 && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        if (end == start) {
            return BigInteger.ZERO;
        }
        if (end - start > 200) {
            throw new Incomputable(Reasons.OVERFLOW);
        }
        BigInteger value = new BigInteger(text.substring(start, end), radix);
        return text.startsWith("-") ? value.negate() : value;
    }

    /** The bytes of each number, without leading zero bytes. */
    private static SqlValue character(Arguments a) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < a.count(); i++) {
            if (a.isNull(i)) {
                continue;
            }
            int value = (int) a.integer(i);
            int bytes = Math.max(1, 4 - Integer.numberOfLeadingZeros(value) / 8);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                out.write(value >>> shift);
            }
        }
        return Arguments.bytes(out.toByteArray());
    }

    private static SqlValue digest(Arguments a, String algorithm) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(algorithm).digest(a.text(0).bytes());
            return a.ascii(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException missing) {
            return Reasons.FUNCTION;
        }
    }

    private static SqlValue sha2(Arguments a) {
        return switch (Math.clamp(a.integer(1), -1, 1000)) {
            case 0, 256 -> digest(a, "SHA-256");
            case 224 -> digest(a, "SHA-224");
            case 384 -> digest(a, "SHA-384");
            case 512 -> digest(a, "SHA-512");
            default -> a.none();
        };
    }

    private static SqlValue crc32(Arguments a) {
        CRC32 crc = new CRC32();
        crc.update(a.text(0).bytes());
        return new Int(crc.getValue(), true);
    }

    private static SqlValue toBase64(Arguments a) {
        Base64.Encoder encoder = Base64.getMimeEncoder(76, new byte[] {'\n'});
        return a.ascii(new String(encoder.encode(a.text(0).bytes()), StandardCharsets.ISO_8859_1));
    }

    private static SqlValue fromBase64(Arguments a) {
        String text = a.characters(0).replaceAll("[ \t\r\n]", "");
        if (text.length() % 4 != 0 || !text.matches("[A-Za-z0-9+/]*={0,2}")) {
            return a.none();
        }
        try {
            return Arguments.bytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            return a.none();
        }
    }

    /** {@code a.b.c.d}; with fewer parts the last one fills what is left. */
    private static SqlValue inetAton(Arguments a) {
        String[] parts = a.characters(0).split("\\.", -1);
        if (parts.length > 4) {
            return a.none();
        }
        long value = 0;
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
                return parts[i].isEmpty() || parts[i].length() > 3 ? Reasons.ARGUMENT : a.none();
            }
            int shift = i == parts.length - 1 ? 0 : 8 * (3 - i);
            value += Long.parseLong(parts[i]) << shift;
        }
        return Arguments.whole(value);
    }

    private static SqlValue inetNtoa(Arguments a) {
        long value = a.integer(0);
        if (value < 0 || value > 0xFFFF_FFFFL) {
            return a.none();
        }
        return a.ascii((value >> 24) + "." + (value >> 16 & 255) + "." + (value >> 8 & 255) + "." + (value & 255));
    }

    private static SqlValue format(Arguments a) {
        int digits = Math.clamp(a.integer(1), 0, 30);
        if (a.get(0) instanceof SqlValue.Real real && real.single()) {
            return Reasons.ARGUMENT;
        }
        boolean exact = a.get(0) instanceof Int || a.get(0) instanceof Decimal;
        BigDecimal number = a.decimal(0).setScale(digits, exact ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN);
        String plain = number.abs().toPlainString();
        int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
        StringBuilder out = new StringBuilder(number.signum() < 0 ? "-" : "");
        for (int i = 0; i < point; i++) {
            out.append(i > 0 && (point - i) % 3 == 0 ? "," : "").append(plain.charAt(i));
        }
        return a.ascii(out.append(plain, point, plain.length()).toString());
    }

    /** Without limit of the length, at least four characters; vowels do not separate equal codes, unlike in MySQL. */
    private static SqlValue soundex(Arguments a) {
        String text = a.characters(0);
        if (!Strings.isAscii(a.text(0).bytes())) {
            return Reasons.COLLATION;
        }
        StringBuilder out = new StringBuilder();
        char last = 0;
        for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
            if (c < 'A' || c > 'Z') {
                continue;
            }
            char code = "01230120022455012623010202".charAt(c - 'A');
            if (out.isEmpty()) {
                out.append(c);
                last = code;
            } else if (code != '0' && code != last) {
                out.append(code);
                last = code;
            }
        }
        while (!out.isEmpty() && out.length() < 4) {
            out.append('0');
        }
        return Arguments.string(out.toString(), a.collation(0, 1));
    }
}
