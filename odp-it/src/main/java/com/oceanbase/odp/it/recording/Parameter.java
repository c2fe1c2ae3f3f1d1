package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of COM_STMT_EXECUTE. Codes: {@code enum_field_types} of MySQL's {@code field_types.h}.
 *
 * @param value as the recording shows it, null for NULL
 * @param wire the bytes that are sent
 */
record Parameter(int code, boolean unsigned, @Nullable Object value, byte[] wire) {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "TINY"),
            Map.entry(2, "SHORT"),
            Map.entry(3, "LONG"),
            Map.entry(4, "FLOAT"),
            Map.entry(5, "DOUBLE"),
            Map.entry(6, "NULL"),
            Map.entry(7, "TIMESTAMP"),
            Map.entry(8, "LONGLONG"),
            Map.entry(9, "INT24"),
            Map.entry(10, "DATE"),
            Map.entry(11, "TIME"),
            Map.entry(12, "DATETIME"),
            Map.entry(13, "YEAR"),
            Map.entry(15, "VARCHAR"),
            Map.entry(246, "NEWDECIMAL"),
            Map.entry(251, "LONG_BLOB"),
            Map.entry(252, "BLOB"),
            Map.entry(253, "VAR_STRING"),
            Map.entry(254, "STRING"));
    private static final Parameter NULL = new Parameter(6, false, null, new byte[0]);
    private static final int HOURS_PER_DAY = 24;

    /** Name of the type in the recording. */
    String type() {
        return NAMES.getOrDefault(code, "NULL");
    }

    boolean isNull() {
        return value == null;
    }

    /** A value for a column, in one of the types that drivers send for it. */
    static Parameter of(KeyType type, Value value, Dice dice) {
        if (dice.chance(3)) {
            return NULL;
        }
        String text = value.text();
        if (dice.chance(25)) {
            return string(dice.anyOf(253, 254, 15, 252, 251), text);
        }
        return switch (type.family()) {
            case INTEGER, BIT, YEAR -> whole(new BigDecimal(text), dice);
            case REAL -> dice.chance(70) ? real(dice.anyOf(4, 5), Double.parseDouble(text)) : string(246, text);
            case DECIMAL -> dice.chance(70) ? string(246, text) : real(dice.anyOf(4, 5), Double.parseDouble(text));
            case DATE, DATETIME, TIMESTAMP -> day(dice.anyOf(10, 12, 7), text);
            case TIME -> time(text);
            default -> string(dice.anyOf(253, 254, 15), text);
        };
    }

    private static Parameter whole(BigDecimal value, Dice dice) {
        boolean fits = value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        if (!fits) {
            return number(8, true, value.toBigInteger().longValue());
        }
        long number = value.longValue();
        int code = dice.any(List.of(1, 2, 3, 8, 8, 9, 5, 246));
        int bits = switch (code) {
            case 1 -> 8;
            case 2 -> 16;
            case 3, 9 -> 32;
            default -> 64;
        };
        if (code == 5) {
            return real(5, number);
        }
        if (code == 246) {
            return string(246, Long.toString(number));
        }
        boolean unsigned = number >= 0 && dice.chance(25);
        int shift = 64 - bits;
        boolean keeps = unsigned ? (number << shift) >>> shift == number : (number << shift) >> shift == number;
        return number(keeps ? code : 8, unsigned, number);
    }

    static Parameter number(int code, boolean unsigned, long value) {
        int bytes = switch (code) {
            case 1 -> 1;
            case 2 -> 2;
            case 3, 9 -> 4;
            default -> 8;
        };
        byte[] wire = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            wire[i] = (byte) (value >> 8 * i);
        }
        Object shown = unsigned && value < 0 ? Long.toUnsignedString(value) : (Object) value;
        return new Parameter(code, unsigned, shown, wire);
    }

    private static Parameter real(int code, double value) {
        ByteBuf out = Unpooled.buffer();
        if (code == 4) {
            out.writeFloatLE((float) value);
        } else {
            out.writeDoubleLE(value);
        }
        return new Parameter(code, false, value, ByteBufUtil.getBytes(out));
    }

    private static Parameter string(int code, String text) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeLenencBytes(out, text.getBytes(StandardCharsets.UTF_8));
        return new Parameter(code, false, text, ByteBufUtil.getBytes(out));
    }

    private static Parameter day(int code, String text) {
        if (text.length() < 10) {
            return string(253, text);
        }
        ByteBuf out = Unpooled.buffer();
        out.writeShortLE(Integer.parseInt(text.substring(0, 4)));
        out.writeByte(Integer.parseInt(text.substring(5, 7)));
        out.writeByte(Integer.parseInt(text.substring(8, 10)));
        if (text.length() >= 19 && code != 10) {
            clock(out, text.substring(11));
        }
        byte[] body = ByteBufUtil.getBytes(out);
        return new Parameter(code, false, text, prefixed(body));
    }

    private static Parameter time(String text) {
        boolean negative = text.startsWith("-");
        String[] parts = (negative ? text.substring(1) : text).split("[:.]");
        int hours = Integer.parseInt(parts[0]);
        ByteBuf out = Unpooled.buffer();
        out.writeByte(negative ? 1 : 0);
        out.writeIntLE(hours / HOURS_PER_DAY);
        out.writeByte(hours % HOURS_PER_DAY);
        out.writeByte(Integer.parseInt(parts[1]));
        out.writeByte(Integer.parseInt(parts[2]));
        if (parts.length > 3) {
            out.writeIntLE(micros(parts[3]));
        }
        return new Parameter(11, false, text, prefixed(ByteBufUtil.getBytes(out)));
    }

    private static void clock(ByteBuf out, String text) {
        String[] parts = text.split("[:.]");
        for (int i = 0; i < 3; i++) {
            out.writeByte(Integer.parseInt(parts[i]));
        }
        if (parts.length > 3) {
            out.writeIntLE(micros(parts[3]));
        }
    }

    private static int micros(String digits) {
        return Integer.parseInt((digits + "000000").substring(0, 6));
    }

    private static byte[] prefixed(byte[] body) {
        byte[] wire = new byte[body.length + 1];
        wire[0] = (byte) body.length;
        System.arraycopy(body, 0, wire, 1, body.length);
        return wire;
    }
}
