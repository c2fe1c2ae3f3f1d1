package com.oceanbase.odp.routing.partition.rowid;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes ROWIDs as a server does. */
public final class RowidBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RowidBytes() {}

    /** 3 bits version, 37 bits tablet, 40 bits number. */
    public static String heap(long tablet, long number) {
        byte[] bytes = ByteBuffer.allocate(10)
                .putLong(0x80L << 56 | tablet << 24 | number >>> 16)
                .putShort((short) number)
                .array();
        return text(bytes);
    }

    /** 3 bits version, 61 bits tablet, 64 bits number. */
    public static String extendedHeap(long tablet, long number) {
        return text(ByteBuffer.allocate(16)
                .putLong(0xA0L << 56 | tablet)
                .putLong(number)
                .array());
    }

    /** A logical ROWID with a block address of this many bytes. */
    public static RowidBytes logical(int version, int addressLength) {
        RowidBytes rowid = new RowidBytes();
        rowid.out.write(addressLength);
        rowid.out.writeBytes(new byte[addressLength]);
        rowid.out.write(version);
        return rowid;
    }

    /** A type and the bytes of an integer. */
    public RowidBytes number(int type, long value, int width) {
        out.write(type);
        little(value, width);
        return this;
    }

    /** A NUMBER from its descriptor and digits. */
    public RowidBytes decimal(int signAndExponent, int... digits) {
        out.write(15);
        little((long) signAndExponent << 24 | digits.length, 4);
        for (int digit : digits) {
            little(digit, 4);
        }
        return this;
    }

    /** A string in utf8mb4_bin. */
    public RowidBytes string(int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.write(type);
        out.write(46);
        little(bytes.length, 4);
        out.writeBytes(bytes);
        return this;
    }

    /** A timestamp: microseconds and a descriptor of 4 or 2 bytes. */
    public RowidBytes timestamp(int type, long micros, int descriptor, int width) {
        number(type, micros, 8);
        little(descriptor, width);
        return this;
    }

    /** The text with the star in front. */
    public String text() {
        return text(out.toByteArray());
    }

    private void little(long value, int width) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(bytes, 0, width);
    }

    private static String text(byte[] bytes) {
        return '*' + Base64.getEncoder().encodeToString(bytes);
    }
}
