package com.oceanbase.odp.benchmark.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds the end of an answer in a stream of bytes with as little work as possible: looks at the header and the first byte
 * of each packet. For answers that are one OK, one ERR or one result set with EOF packets.
 */
final class AnswerCounter {
    private static final int HEAD = 5;
    private static final int OK = 0x00;
    private static final int ERR = 0xFF;
    private static final int EOF = 0xFE;
    private static final int EOF_LIMIT = 9;
    private static final int MAX_ERROR_TEXT = 200;

    private final byte[] head = new byte[HEAD];
    private int headFilled;
    private int skip;
    private boolean first = true;
    private int eofs;
    private boolean failed;
    private String error = "";

    /** Takes bytes up to the end of an answer. Returns whether that was reached. */
    boolean feed(ByteBuf in) {
        while (in.isReadable()) {
            if (skip > 0) {
                int taken = Math.min(skip, in.readableBytes());
                in.skipBytes(taken);
                skip -= taken;
                if (skip == 0 && isComplete()) {
                    return end();
                }
                continue;
            }
            if (headFilled == 0 && in.readableBytes() >= HEAD) {
                int start = in.readerIndex();
                in.skipBytes(HEAD);
                packet(in.getUnsignedMediumLE(start), in.getUnsignedByte(start + 4), in);
            } else {
                head[headFilled++] = in.readByte();
                if (headFilled < HEAD) {
                    continue;
                }
                headFilled = 0;
                packet(head[0] & 0xFF | (head[1] & 0xFF) << 8 | (head[2] & 0xFF) << 16, head[4] & 0xFF, in);
            }
            if (skip == 0 && isComplete()) {
                return end();
            }
        }
        return false;
    }

    private void packet(int length, int firstByte, ByteBuf in) {
        skip = length - 1;
        if (first) {
            first = false;
            if (firstByte == OK || firstByte == ERR) {
                eofs = 2;
                if (firstByte == ERR) {
                    failed = true;
                    error = text(in, length);
                }
            }
        } else if (firstByte == EOF && length < EOF_LIMIT) {
            eofs++;
        } else if (firstByte == ERR && eofs == 1) {
            failed = true;
            error = text(in, length);
            eofs = 2;
        }
    }

    private static String text(ByteBuf in, int length) {
        int size = Math.min(Math.min(length - 1, in.readableBytes()), MAX_ERROR_TEXT);
        return in.toString(in.readerIndex(), size, StandardCharsets.UTF_8).replaceAll("[^ -~]", ".");
    }

    private boolean isComplete() {
        return eofs == 2;
    }

    private boolean end() {
        first = true;
        eofs = 0;
        return true;
    }

    /** Whether an answer since the last call was an error. */
    boolean takeFailed() {
        boolean was = failed;
        failed = false;
        return was;
    }

    /** Text of the last error. */
    String error() {
        return error;
    }
}
