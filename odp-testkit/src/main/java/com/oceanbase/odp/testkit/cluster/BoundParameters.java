package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values of a COM_STMT_EXECUTE and writes them as SQL literals (MySQL: binary protocol values). */
final class BoundParameters {

    private static final int HEAD = 10;
    private static final int UNSIGNED = 0x8000;

    private BoundParameters() {}

    /** The prepared text with the values in it, null if a value is not in the packet or of an unknown type. */
    static @Nullable String substitute(PreparedText statement, byte[] payload) {
        int count = statement.parameterCount();
        if (count == 0) {
            return statement.text();
        }
        ByteBuf in = Unpooled.wrappedBuffer(payload);
        int nullBytes = (count + 7) / 8;
        if (in.readableBytes() < HEAD + nullBytes + 1) {
            return null;
        }
        in.skipBytes(HEAD);
        byte[] nulls = Wire.readBytes(in, nullBytes);
        if (in.readByte() == 1) {
            List<Integer> types = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                types.add(Wire.readInt2(in));
            }
            statement.types(types);
        }
        if (statement.types().size() != count) {
            return null;
        }
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean isNull = (nulls[i / 8] >> i % 8 & 1) == 1;
            // A value sent as long data before is not in this packet.
            String literal = isNull
                    ? "NULL"
                    : in.isReadable() ? literal(in, statement.types().get(i)) : null;
            if (literal == null) {
                return null;
            }
            literals.add(literal);
        }
        return statement.withLiterals(literals);
    }

    private static @Nullable String literal(ByteBuf in, int typeAndFlag) {
        boolean unsigned = (typeAndFlag & UNSIGNED) != 0;
        return switch (typeAndFlag & 0xFF) {
            case 0x01 -> Integer.toString(unsigned ? in.readUnsignedByte() : in.readByte());
            case 0x02, 0x0D -> Integer.toString(unsigned ? in.readUnsignedShortLE() : in.readShortLE());
            case 0x03, 0x09 -> Long.toString(unsigned ? in.readUnsignedIntLE() : in.readIntLE());
            case 0x08 -> unsigned ? Long.toUnsignedString(in.readLongLE()) : Long.toString(in.readLongLE());
            case 0x04 -> Float.toString(in.readFloatLE());
            case 0x05 -> Double.toString(in.readDoubleLE());
            case 0x06 -> "NULL";
            case 0x07, 0x0A, 0x0C -> dateTime(in);
            case 0x0B -> time(in);
            case 0x00, 0x0F, 0x10, 0xF5, 0xF6, 0xFD, 0xFE, 0xF9, 0xFA, 0xFB, 0xFC -> text(Wire.readLenencBytes(in));
            default -> null;
        };
    }

    private static String text(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.UTF_8);
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String dateTime(ByteBuf in) {
        int length = in.readUnsignedByte();
        if (length == 0) {
            return "'0000-00-00'";
        }
        String date = String.format(
                Locale.ROOT, "%04d-%02d-%02d", in.readUnsignedShortLE(), in.readUnsignedByte(), in.readUnsignedByte());
        String time = length >= 7 ? " " + clock(in, 0) : "";
        return "'" + date + time + micros(in, length >= 11) + "'";
    }

    private static String time(ByteBuf in) {
        int length = in.readUnsignedByte();
        if (length == 0) {
            return "'00:00:00'";
        }
        boolean negative = in.readByte() == 1;
        long days = in.readUnsignedIntLE();
        return "'" + (negative ? "-" : "") + clock(in, days * 24) + micros(in, length >= 12) + "'";
    }

    private static String clock(ByteBuf in, long moreHours) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d",
                moreHours + in.readUnsignedByte(),
                in.readUnsignedByte(),
                in.readUnsignedByte());
    }

    private static String micros(ByteBuf in, boolean present) {
        return present ? String.format(Locale.ROOT, ".%06d", in.readUnsignedIntLE()) : "";
    }
}
