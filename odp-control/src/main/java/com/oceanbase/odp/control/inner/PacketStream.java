package com.oceanbase.odp.control.inner;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Packets over a blocking socket, with one deadline for everything. Not thread-safe. */
final class PacketStream {
    private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    /** Largest answer to an inner statement; what is larger is a mistake. */
    private static final int MAX_PACKET = 64 << 20;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int sequence;
    private long deadlineNanos;

    PacketStream(Socket socket, long deadlineNanos) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
        this.out = socket.getOutputStream();
        this.deadlineNanos = deadlineNanos;
    }

    /** Everything from now on must be done before this moment of {@link System#nanoTime}. */
    void setDeadline(long nanos) {
        deadlineNanos = nanos;
    }

    /** Sequence number of the packet read or written last. */
    int sequence() {
        return sequence;
    }

    /** Milliseconds until a deadline, at least 1. */
    static int millisLeft(long deadlineNanos) throws SocketTimeoutException {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
    }

    void write(int firstSequence, Consumer<ByteBuf> payload) throws IOException {
        ByteBuf packet = MysqlFrame.encode(HEAP, firstSequence, payload);
        try {
            packet.readBytes(out, packet.readableBytes());
            out.flush();
        } finally {
            packet.release();
        }
        sequence = firstSequence;
    }

    /** Payload of the next packet, put together if it was split. */
    ByteBuf read() throws IOException {
        ByteBuf whole = Unpooled.EMPTY_BUFFER;
        while (true) {
            byte[] header = readBytes(MysqlFrame.HEADER_LENGTH);
            ByteBuf head = Unpooled.wrappedBuffer(header);
            int length = MysqlFrame.length(head, 0);
            sequence = MysqlFrame.sequence(head, 0);
            if (whole.readableBytes() + length > MAX_PACKET) {
                throw new IOException("packet of more than " + MAX_PACKET + " bytes");
            }
            ByteBuf part = Unpooled.wrappedBuffer(readBytes(length));
            whole = whole.isReadable() ? Unpooled.wrappedBuffer(whole, part) : part;
            if (length < MysqlFrame.MAX_PAYLOAD) {
                return whole;
            }
        }
    }

    private byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        int have = 0;
        while (have < length) {
            socket.setSoTimeout(millisLeft(deadlineNanos));
            int count = in.read(bytes, have, length - have);
            if (count < 0) {
                throw new EOFException("connection closed by the server");
            }
            have += count;
        }
        return bytes;
    }
}
