package com.oceanbase.odp.protocol.ob20;

import io.netty.buffer.ByteBuf;

/**
 * CRC-16/ARC: polynomial 0x8005 reflected, start and end value 0; {@code "123456789"} gives 0xBB3D. Eight bytes a step,
 * by a table for each of their places.
 */
public final class Crc16 {

    private static final int REFLECTED = 0xA001;
    private static final int STEP = Long.BYTES;
    private static final char[] TABLES = tables();

    private Crc16() {}

    /** The checksum of {@code length} bytes from {@code start}. */
    public static int of(ByteBuf bytes, int start, int length) {
        int crc = 0;
        int at = start;
        int end = start + length;
        for (; end - at >= STEP; at += STEP) {
            long eight = bytes.getLongLE(at) ^ crc;
            crc = place(7, eight)
                    ^ place(6, eight >>> 8)
                    ^ place(5, eight >>> 16)
                    ^ place(4, eight >>> 24)
                    ^ place(3, eight >>> 32)
                    ^ place(2, eight >>> 40)
                    ^ place(1, eight >>> 48)
                    ^ place(0, eight >>> 56);
        }
        for (; at < end; at++) {
            crc = crc >>> 8 ^ TABLES[(crc ^ bytes.getByte(at)) & 0xFF];
        }
        return crc;
    }

    private static int place(int behind, long value) {
        return TABLES[behind << 8 | (int) value & 0xFF];
    }

    /** For every byte value what it becomes with 0 to 7 bytes behind it. */
    private static char[] tables() {
        char[] tables = new char[STEP << 8];
        for (int value = 0; value < 256; value++) {
            int crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED;
            }
            tables[value] = (char) crc;
        }
        for (int i = 256; i < tables.length; i++) {
            int before = tables[i - 256];
            tables[i] = (char) (before >>> 8 ^ tables[before & 0xFF]);
        }
        return tables;
    }
}
