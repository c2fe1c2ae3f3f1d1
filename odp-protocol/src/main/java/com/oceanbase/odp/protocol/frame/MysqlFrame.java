package com.oceanbase.odp.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/**
 * The frame of plain MySQL: a payload of {@link #MAX_PAYLOAD} bytes continues in the next frame, so that a payload
 * whose length is a multiple of it ends with an empty frame.
 */
public final class MysqlFrame {

    /** Bytes in front of every payload. */
    public static final int HEADER_LENGTH = 4;

    /** Longest payload of one frame, in bytes. */
    public static final int MAX_PAYLOAD = 0xFFFFFF;

    private static final int INITIAL_CAPACITY = 128;

    private MysqlFrame() {}

    public static void writeHeader(ByteBuf out, int length, int sequence) {
        out.writeMediumLE(length).writeByte(sequence);
    }

    /** Payload length in the header at {@code index}; four bytes must be there. */
    public static int length(ByteBuf in, int index) {
        return in.getUnsignedMediumLE(index);
    }

    /** Sequence number in the header at {@code index}; four bytes must be there. */
    public static int sequence(ByteBuf in, int index) {
        return in.getUnsignedByte(index + 3);
    }

    /**
     * Copies the readable bytes of a payload, whose reader index moves, behind headers.
     *
     * @return the sequence number for the next frame
     */
    public static int writePacket(ByteBuf out, int sequence, ByteBuf payload) {
        int next = sequence;
        int length;
        do {
            length = Math.min(payload.readableBytes(), MAX_PAYLOAD);
            out.ensureWritable(HEADER_LENGTH + length);
            writeHeader(out, length, next);
            out.writeBytes(payload, length);
            next = next + 1 & 0xFF;
        } while (length == MAX_PAYLOAD);
        return next;
    }

    /** A new buffer with header and payload; only a payload of 16 MB and more is moved after it was written. */
    public static ByteBuf encode(ByteBufAllocator allocator, int sequence, Consumer<ByteBuf> payloadWriter) {
        ByteBuf out = allocator.buffer(INITIAL_CAPACITY);
        boolean done = false;
        try {
            append(out, sequence, payloadWriter);
            done = true;
            return out;
        } finally {
            if (!done) {
                out.release();
            }
        }
    }

    /**
     * Appends one packet to a buffer, the payload being written in place.
     *
     * @return the sequence number for the next frame
     */
    public static int append(ByteBuf out, int sequence, Consumer<ByteBuf> payloadWriter) {
        int start = out.writerIndex();
        writeHeader(out, 0, sequence);
        payloadWriter.accept(out);
        int length = out.writerIndex() - start - HEADER_LENGTH;
        if (length < MAX_PAYLOAD) {
            out.setMediumLE(start, length);
            return sequence + 1 & 0xFF;
        }
        return split(out, start, length, sequence);
    }

    /** Opens gaps for the headers of the later frames, the last one first. */
    private static int split(ByteBuf out, int start, int length, int sequence) {
        int extra = length / MAX_PAYLOAD;
        out.ensureWritable(extra * HEADER_LENGTH);
        for (int frame = extra; frame >= 0; frame--) {
            int offset = frame * MAX_PAYLOAD;
            int part = Math.min(MAX_PAYLOAD, length - offset);
            int from = start + HEADER_LENGTH + offset;
            int header = start + frame * (HEADER_LENGTH + MAX_PAYLOAD);
            if (frame > 0) {
                moveUp(out, from, header + HEADER_LENGTH, part);
            }
            out.setMediumLE(header, part);
            out.setByte(header + 3, sequence + frame);
        }
        out.writerIndex(start + HEADER_LENGTH + length + extra * HEADER_LENGTH);
        return sequence + extra + 1 & 0xFF;
    }

    /** Moves overlapping bytes to a higher index, in pieces from the end, each piece out of a copy. */
    private static void moveUp(ByteBuf buffer, int from, int to, int length) {
        byte[] piece = new byte[Math.min(length, 64 * 1024)];
        for (int left = length; left > 0; ) {
            int size = Math.min(left, piece.length);
            left -= size;
            buffer.getBytes(from + left, piece, 0, size);
            buffer.setBytes(to + left, piece, 0, size);
        }
    }
}
