package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.ob20.Ob20Flags;
import com.oceanbase.odp.protocol.ob20.Ob20Header;
import com.oceanbase.odp.protocol.ob20.PayloadChecksum;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Packets over a blocking socket, for the two ends of a test. Payloads of 16 MB and more are not cut. */
final class PacketStream implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;
    private @Nullable Frames frames;

    /** OceanBase 2.0 under the packets: one packet a frame. */
    private static final class Frames {
        private final int connectionId;
        private ByteBuf payload = Unpooled.EMPTY_BUFFER;
        private Ob20Header request = new Ob20Header(0, 0, 0, 0, 0);
        private int next;
        private byte[] extraInfo = new byte[0];
        private boolean damaged;

        Frames(int connectionId) {
            this.connectionId = connectionId;
        }

        byte[] take(DataInputStream in, int length) throws IOException {
            while (payload.readableBytes() < length) {
                ByteBuf head = Unpooled.wrappedBuffer(in.readNBytes(Ob20Header.LENGTH));
                if (head.readableBytes() < Ob20Header.LENGTH) {
                    throw new IOException("connection closed");
                }
                request = Ob20Header.read(head, 0);
                ByteBuf content = Unpooled.wrappedBuffer(in.readNBytes(request.payloadLength()));
                PayloadChecksum checksum = new PayloadChecksum();
                checksum.update(content, 0, content.readableBytes());
                if (in.readInt() != Integer.reverseBytes(checksum.value()) || request.connectionId() != connectionId) {
                    throw new IOException("not a frame for this connection");
                }
                if (request.has(Ob20Flags.EXTRA_INFO)) {
                    content.skipBytes(content.readIntLE());
                }
                payload = Unpooled.wrappedBuffer(payload, content);
                next = request.sequence() + 1;
            }
            byte[] taken = new byte[length];
            payload.readBytes(taken);
            return taken;
        }

        ByteBuf frame(ByteBuf packet) {
            ByteBuf content = Unpooled.buffer();
            int flags = 0;
            if (extraInfo.length > 0) {
                flags = Ob20Flags.EXTRA_INFO | Ob20Flags.NEW_EXTRA_INFO;
                content.writeIntLE(extraInfo.length).writeBytes(extraInfo);
                extraInfo = new byte[0];
            }
            content.writeBytes(packet);
            PayloadChecksum checksum = new PayloadChecksum();
            checksum.update(content, 0, content.readableBytes());
            ByteBuf out = Unpooled.buffer();
            new Ob20Header(connectionId, request.requestId(), next++ & 0xFF, content.readableBytes(), flags).write(out);
            return out.writeBytes(content).writeIntLE(checksum.value() ^ (damaged ? 1 : 0));
        }
    }

    PacketStream(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    /** The next packet's payload; its sequence number becomes {@link #sequence}. */
    ByteBuf read() throws IOException {
        byte[] header = take(4);
        if (header.length < 4) {
            throw new IOException("connection closed");
        }
        int length = (header[0] & 0xFF) | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16;
        sequence = header[3] & 0xFF;
        return Unpooled.wrappedBuffer(take(length));
    }

    private byte[] take(int length) throws IOException {
        return frames == null ? in.readNBytes(length) : frames.take(in, length);
    }

    /** From now on packets come and go in frames of OceanBase 2.0. */
    void speakOb20(long connectionId) {
        frames = new Frames((int) connectionId);
    }

    private Frames frames() {
        return Objects.requireNonNull(frames, "plain MySQL is spoken");
    }

    /** Flags of the frame that was read last. */
    int requestFlags() {
        return frames().request.flags();
    }

    /** The next frame carries this extra info. */
    void extraInfo(byte[] info) {
        frames().extraInfo = info;
    }

    /** The checksums of all further frames are wrong. */
    void damageFrames() {
        frames().damaged = true;
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
        ByteBuf bytes = frames == null ? packet : frames.frame(packet);
        out.write(bytes.array(), 0, bytes.readableBytes());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
