package com.oceanbase.odp.protocol.ob20;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Puts the MySQL packets of requests, as they are written and wherever they are cut, into frames. A large buffer goes
 * out as it is between header and checksum; a small one is cheaper to copy than to write apart. A packet may take
 * several frames, but no frame has bytes of two: OBServers (4.3.5) take the second packet of a file for damage.
 *
 * <p>Where a request begins is said by {@link Ob20Exchange#beginRequest()} before it is written.
 */
public final class Ob20Encoder extends ChannelOutboundHandlerAdapter {

    /** Most MySQL bytes in one frame (obproxy ob_mysql_transact.cpp, MYSQL_PACKET_MAX_LENGTH of 2.0 requests). */
    static final int MAX_CUT = 1 << 23;

    /** Up to here copying into the frame's own buffer costs less than two more buffers to write. */
    static final int COPY_LIMIT = 1024;

    private static final int LENGTH_OF_EXTRA_LENGTH = 4;

    private final Ob20Exchange exchange;
    private final PayloadChecksum checksum = new PayloadChecksum();

    /** Bytes of the MySQL packet that are still to be written. */
    private int packetLeft;

    private int headerMissing = MysqlFrame.HEADER_LENGTH;
    private int header;
    private boolean continues;

    public Ob20Encoder(Ob20Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            context.write(message, promise);
            return;
        }
        int length = walk(bytes);
        while (length < bytes.readableBytes()) {
            writeFrames(context, bytes.readRetainedSlice(length), context.voidPromise());
            length = walk(bytes);
        }
        writeFrames(context, bytes, promise);
    }

    /** Follows the MySQL packets to the end of one, or of the bytes. Returns how many bytes that is. */
    private int walk(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        boolean ended = false;
        while (at < end && !ended) {
            if (packetLeft > 0) {
                int taken = Math.min(packetLeft, end - at);
                packetLeft -= taken;
                at += taken;
            } else {
                at = walkHeader(bytes, at, end);
            }
            ended = packetLeft == 0 && headerMissing == 0;
        }
        if (ended) {
            headerMissing = MysqlFrame.HEADER_LENGTH;
        }
        return at - bytes.readerIndex();
    }

    private int walkHeader(ByteBuf bytes, int from, int end) {
        if (headerMissing == MysqlFrame.HEADER_LENGTH && end - from >= MysqlFrame.HEADER_LENGTH) {
            header = bytes.getUnsignedMediumLE(from);
            headerMissing = 0;
        }
        int at = headerMissing == 0 ? from + MysqlFrame.HEADER_LENGTH : from;
        while (headerMissing > 0 && at < end) {
            int place = MysqlFrame.HEADER_LENGTH - headerMissing;
            header = (place == 0 ? 0 : header) | (bytes.getUnsignedByte(at) << place * Byte.SIZE);
            headerMissing--;
            at++;
        }
        if (headerMissing == 0) {
            packetLeft = header & MysqlFrame.MAX_PAYLOAD;
            continues = packetLeft == MysqlFrame.MAX_PAYLOAD;
        }
        return at;
    }

    /** Writes bytes of one MySQL packet. */
    private void writeFrames(ChannelHandlerContext context, ByteBuf bytes, ChannelPromise promise) {
        boolean complete = packetLeft == 0 && headerMissing == MysqlFrame.HEADER_LENGTH && !continues;
        exchange.requestComplete(complete);
        while (bytes.readableBytes() > MAX_CUT) {
            writeFrame(context, bytes.readRetainedSlice(MAX_CUT), 0, context.voidPromise());
        }
        writeFrame(context, bytes, complete ? Ob20Flags.LAST_PACKET : 0, promise);
    }

    private void writeFrame(ChannelHandlerContext context, ByteBuf bytes, int flags, ChannelPromise promise) {
        byte[] extra = exchange.takeExtraInfo();
        int length = bytes.readableBytes();
        int extraLength = extra == null ? 0 : LENGTH_OF_EXTRA_LENGTH + extra.length;
        boolean copied = length <= COPY_LIMIT;
        int size = Ob20Header.LENGTH + extraLength + (copied ? length + Ob20Header.TAIL_LENGTH : 0);
        ByteBuf frame = context.alloc().directBuffer(size, size);
        int infoFlags = extra == null ? 0 : Ob20Flags.EXTRA_INFO | Ob20Flags.NEW_EXTRA_INFO;
        exchange.nextHeader(extraLength + length, flags | infoFlags).write(frame);
        if (extra != null) {
            frame.writeIntLE(extra.length).writeBytes(extra);
        }
        checksum.reset();
        if (copied) {
            frame.writeBytes(bytes, bytes.readerIndex(), length);
            bytes.release();
            checksum.update(frame, Ob20Header.LENGTH, extraLength + length);
            frame.writeIntLE(checksum.value());
            context.write(frame, promise);
            return;
        }
        checksum.update(frame, Ob20Header.LENGTH, extraLength);
        checksum.update(bytes, bytes.readerIndex(), length);
        ByteBuf tail = context.alloc().directBuffer(Ob20Header.TAIL_LENGTH).writeIntLE(checksum.value());
        context.write(frame, context.voidPromise());
        context.write(bytes, context.voidPromise());
        context.write(tail, promise);
    }
}
