package com.oceanbase.odp.testkit.script;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A blocking TCP connection that speaks in plain MySQL packets; a payload over 16 MB spans several frames.
 *
 * <p>One thread may read while another writes.
 */
public final class PacketSocket implements AutoCloseable {

    private static final int HEADER = 4;
    private static final int MAX_PAYLOAD = 0xFFFFFF;
    private static final int READ_BUFFER = 64 * 1024;

    /**
     * One packet.
     *
     * @param sequence sequence number of its last frame
     */
    public record Packet(int sequence, byte[] payload) {

        /** The first byte of the payload, -1 for an empty one. */
        public int first() {
            return payload.length == 0 ? -1 : payload[0] & 0xFF;
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    public PacketSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), READ_BUFFER);
        this.out = socket.getOutputStream();
    }

    /** Connects, with the limit for the connect and for each later read, in milliseconds. */
    public static PacketSocket connect(String host, int port, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        boolean done = false;
        try {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            PacketSocket connection = new PacketSocket(socket);
            done = true;
            return connection;
        } finally {
            if (!done) {
                socket.close();
            }
        }
    }

    public Socket socket() {
        return socket;
    }

    /** The next packet, null when the peer ended the connection between two packets. */
    public @Nullable Packet readOrEnd() throws IOException {
        int first = in.read();
        return first < 0 ? null : read(first);
    }

    /**
     * The next packet.
     *
     * @throws EOFException if the connection ended
     */
    public Packet read() throws IOException {
        Packet packet = readOrEnd();
        if (packet == null) {
            throw new EOFException("connection closed by peer");
        }
        return packet;
    }

    private Packet read(int firstByte) throws IOException {
        byte[] header = new byte[HEADER];
        header[0] = (byte) firstByte;
        fill(header, 1);
        int length = length(header);
        byte[] payload = new byte[length];
        fill(payload, 0);
        if (length < MAX_PAYLOAD) {
            return new Packet(header[3] & 0xFF, payload);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(2 * length);
        whole.writeBytes(payload);
        while (length == MAX_PAYLOAD) {
            fill(header, 0);
            length = length(header);
            payload = new byte[length];
            fill(payload, 0);
            whole.writeBytes(payload);
        }
        return new Packet(header[3] & 0xFF, whole.toByteArray());
    }

    private void fill(byte[] target, int offset) throws IOException {
        int wanted = target.length - offset;
        if (in.readNBytes(target, offset, wanted) < wanted) {
            throw new EOFException("connection closed by peer inside a packet");
        }
    }

    /** Sends a payload at once and returns the next sequence number. */
    public int write(int sequence, byte[] payload) throws IOException {
        byte[] frames = frames(sequence, payload);
        out.write(frames);
        out.flush();
        return sequence + payload.length / MAX_PAYLOAD + 1 & 0xFF;
    }

    /** Sends bytes as they are. */
    public void writeRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** A payload in its frames. */
    public static byte[] frames(int sequence, byte[] payload) {
        int count = payload.length / MAX_PAYLOAD + 1;
        byte[] frames = new byte[payload.length + count * HEADER];
        int from = 0;
        int to = 0;
        for (int i = 0; i < count; i++) {
            int length = Math.min(MAX_PAYLOAD, payload.length - from);
            frames[to] = (byte) length;
            frames[to + 1] = (byte) (length >> 8);
            frames[to + 2] = (byte) (length >> 16);
            frames[to + 3] = (byte) (sequence + i);
            System.arraycopy(payload, from, frames, to + HEADER, length);
            from += length;
            to += HEADER + length;
        }
        return frames;
    }

    private static int length(byte[] header) {
        return header[0] & 0xFF | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16;
    }

    /** Whether bytes already arrived that {@link #read} would take without waiting. */
    public boolean hasInput() throws IOException {
        return in.available() > 0;
    }

    /** Ends the connection with RST instead of FIN. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
