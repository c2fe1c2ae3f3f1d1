package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.ob20.Ob20Flags;
import com.oceanbase.odp.protocol.ob20.Ob20Header;
import com.oceanbase.odp.protocol.ob20.PayloadChecksum;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;

/**
 * The MySQL bytes that come from one side of a node session: as they are until {@link #activate()}, then out of the
 * frames of OceanBase 2.0, never of more than one frame a read. Frames with wrong checksums end the session.
 */
final class Ob20Input extends InputStream {

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteBuf raw = Unpooled.buffer(BUFFER);
    private volatile boolean active;
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;
    private volatile Ob20Frame last = Ob20Frame.NONE;

    Ob20Input(InputStream in) {
        this.in = in;
    }

    /** All that comes from now on is in frames, even if a read is waiting already. */
    void activate() {
        active = true;
    }

    boolean isActive() {
        return active;
    }

    /** The frame that was begun last. */
    Ob20Frame lastFrame() {
        return last;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!active && !raw.isReadable()) {
            int got = in.read(buffer, 0, Math.min(length, buffer.length));
            if (got <= 0) {
                return got;
            }
            raw.writeBytes(buffer, 0, got);
        }
        if (!active) {
            return take(raw, target, offset, length);
        }
        while (!payload.isReadable()) {
            if (!nextFrame()) {
                return -1;
            }
        }
        return take(payload, target, offset, length);
    }

    private static int take(ByteBuf from, byte[] target, int offset, int length) {
        int taken = Math.min(length, from.readableBytes());
        from.readBytes(target, offset, taken);
        return taken;
    }

    @Override
    public int available() throws IOException {
        return active ? payload.readableBytes() : raw.readableBytes() + in.available();
    }

    private boolean nextFrame() throws IOException {
        if (!await(Ob20Header.LENGTH)) {
            return false;
        }
        Ob20Header header = Ob20Header.read(raw, raw.readerIndex());
        raw.skipBytes(Ob20Header.LENGTH);
        if (!await(header.payloadLength() + Ob20Header.TAIL_LENGTH)) {
            return false;
        }
        PayloadChecksum checksum = new PayloadChecksum();
        checksum.update(raw, raw.readerIndex(), header.payloadLength());
        byte[] copied = new byte[header.payloadLength()];
        raw.readBytes(copied);
        ByteBuf content = Unpooled.wrappedBuffer(copied);
        if (raw.readIntLE() != checksum.value()) {
            throw new IOException("payload checksum of an OB 2.0 frame is wrong");
        }
        raw.discardReadBytes();
        byte[] extra = new byte[header.has(Ob20Flags.EXTRA_INFO) ? content.readIntLE() : 0];
        content.readBytes(extra);
        payload = content;
        last = new Ob20Frame(header, extra);
        return true;
    }

    private boolean await(int size) throws IOException {
        while (raw.readableBytes() < size) {
            int got = in.read(buffer);
            if (got < 0) {
                return false;
            }
            raw.writeBytes(buffer, 0, got);
        }
        return true;
    }
}
