package com.oceanbase.odp.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;

/** Packets over a blocking socket, for the two ends of a test. Payloads of 16 MB and more are not cut. */
final class PacketStream implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;

    PacketStream(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    /** The next packet's payload; its sequence number becomes {@link #sequence}. */
    ByteBuf read() throws IOException {
        byte[] header = in.readNBytes(4);
        if (header.length < 4) {
            throw new IOException("connection closed");
        }
        int length = (header[0] & 0xFF) | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16;
        sequence = header[3] & 0xFF;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return Unpooled.wrappedBuffer(payload);
    }

    /** Sequence number of the packet read or written last. */
    int sequence() {
        return sequence;
    }

    /** Begins a command: the next packet written is number 0. */
    void restart() {
        sequence = -1;
    }

    /** Writes a packet under the next sequence number. */
    void write(Consumer<ByteBuf> payload) throws IOException {
        ByteBuf body = Unpooled.buffer();
        payload.accept(body);
        sequence = (sequence + 1) & 0xFF;
        ByteBuf packet = Unpooled.buffer();
        packet.writeMediumLE(body.readableBytes()).writeByte(sequence).writeBytes(body);
        out.write(packet.array(), 0, packet.readableBytes());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
