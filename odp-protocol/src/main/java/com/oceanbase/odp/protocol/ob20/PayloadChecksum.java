package com.oceanbase.odp.protocol.ob20;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum behind a payload: CRC-32C with start value 0 and nothing done to the end value; {@code "123456789"} gives
 * 0x58E3FA20. obproxy calls it crc64 (ob_crc64.cpp). Can be fed piece by piece; not thread safe.
 */
public final class PayloadChecksum {

    /** {@link CRC32C} starts with all bits set; four bytes of ones bring it to 0, where this checksum starts. */
    private static final byte[] TO_ZERO = {-1, -1, -1, -1};

    /** Up to here copying costs no more than the object that a direct buffer must be looked at through. */
    private static final int COPY_LIMIT = 4096;

    private static final FastThreadLocal<byte[]> COPY = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[COPY_LIMIT];
        }
    };

    private final CRC32C crc = new CRC32C();

    public PayloadChecksum() {
        reset();
    }

    /** Begins a new payload. */
    public void reset() {
        crc.reset();
        crc.update(TO_ZERO, 0, TO_ZERO.length);
    }

    /** Adds {@code length} bytes from {@code start}; no index of the buffer moves. */
    public void update(ByteBuf bytes, int start, int length) {
        if (length == 0) {
            return;
        }
        if (bytes.hasArray()) {
            crc.update(bytes.array(), bytes.arrayOffset() + start, length);
        } else if (length <= COPY_LIMIT) {
            byte[] copy = COPY.get();
            bytes.getBytes(start, copy, 0, length);
            crc.update(copy, 0, length);
        } else if (bytes.nioBufferCount() == 1) {
            crc.update(bytes.internalNioBuffer(start, length));
        } else {
            for (ByteBuffer part : bytes.nioBuffers(start, length)) {
                crc.update(part);
            }
        }
    }

    /** The checksum of what came since {@link #reset()}. */
    public int value() {
        return ~(int) crc.getValue();
    }
}
