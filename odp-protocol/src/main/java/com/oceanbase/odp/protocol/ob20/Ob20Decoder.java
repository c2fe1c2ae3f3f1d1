package com.oceanbase.odp.protocol.ob20;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.frame.UnwrappingHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes a server's frames apart and passes their MySQL bytes on, uncopied, in pieces that have nothing to do with the
 * cuts of MySQL packets. A frame that arrives whole is passed on after its checksum was verified; of one that comes in
 * pieces the last piece waits for the checksum.
 *
 * <p>A damaged or foreign frame raises {@link MalformedPacketException} in the pipeline and closes the channel; what
 * comes later is dropped.
 */
public final class Ob20Decoder extends UnwrappingHandler {

    /** Takes what frames tell beside the MySQL bytes. Called on the event loop, before the frame's bytes go on. */
    public interface Listener {
        /**
         * A frame with extra info came.
         *
         * @param flags see {@link Ob20Flags}
         * @param extraInfo valid during the call only
         */
        void onExtraInfo(int flags, ByteBuf extraInfo);
    }

    private enum Part {
        HEADER,
        EXTRA_LENGTH,
        EXTRA,
        PAYLOAD,
        TAIL
    }

    /** Longest extra info that is accepted: system variables of a session take some KB. */
    private static final int MAX_EXTRA = 1 << 20;

    private static final int LENGTH_OF_EXTRA_LENGTH = 4;

    private final Ob20Exchange exchange;
    private final Listener listener;
    private final PayloadChecksum checksum = new PayloadChecksum();
    private final ByteBuf splitHeader = Unpooled.buffer(Ob20Header.LENGTH, Ob20Header.LENGTH);

    private Part part = Part.HEADER;
    private int flags;
    private int payloadLeft;
    /** Bytes so far of a length or checksum, and their value. */
    private int collected;

    private int value;
    private @Nullable ByteBuf extraInfo;
    private int extraLeft;
    /** The end of a payload whose checksum has not come. */
    private @Nullable ByteBuf held;

    public Ob20Decoder(Ob20Exchange exchange, Listener listener) {
        this.exchange = exchange;
        this.listener = listener;
    }

    @Override
    protected boolean decode(ChannelHandlerContext context, ByteBuf in) {
        switch (part) {
            case HEADER -> readHeader(in);
            case EXTRA_LENGTH -> readExtraLength(in);
            case EXTRA -> readExtra(context, in);
            case PAYLOAD -> {
                return readPayload(context, in);
            }
            case TAIL -> readTail(context, in);
        }
        return false;
    }

    private void readHeader(ByteBuf in) {
        int missing = Ob20Header.LENGTH - splitHeader.readableBytes();
        if (missing == Ob20Header.LENGTH && in.readableBytes() >= Ob20Header.LENGTH) {
            Ob20Header header = Ob20Header.read(in, in.readerIndex());
            in.skipBytes(Ob20Header.LENGTH);
            begin(header);
            return;
        }
        splitHeader.writeBytes(in, Math.min(missing, in.readableBytes()));
        if (!splitHeader.isWritable()) {
            begin(Ob20Header.read(splitHeader, 0));
            splitHeader.clear();
        }
    }

    private void begin(Ob20Header header) {
        exchange.onResponse(header);
        flags = header.flags();
        payloadLeft = header.payloadLength();
        collected = 0;
        value = 0;
        checksum.reset();
        if (header.has(Ob20Flags.EXTRA_INFO)) {
            part = Part.EXTRA_LENGTH;
        } else {
            part = payloadLeft == 0 ? Part.TAIL : Part.PAYLOAD;
        }
    }

    /** Collects a little-endian number that may be cut anywhere. Returns whether it is complete. */
    private boolean collect(ByteBuf in) {
        while (collected < Integer.BYTES && in.isReadable()) {
            value |= in.readUnsignedByte() << collected * Byte.SIZE;
            collected++;
        }
        return collected == Integer.BYTES;
    }

    private void readExtraLength(ByteBuf in) {
        int start = in.readerIndex();
        boolean complete = collect(in);
        checksum.update(in, start, in.readerIndex() - start);
        if (!complete) {
            return;
        }
        payloadLeft -= LENGTH_OF_EXTRA_LENGTH;
        if (value < 0 || value > payloadLeft || value > MAX_EXTRA) {
            throw new MalformedPacketException("OB 2.0 extra info of " + Integer.toUnsignedString(value)
                    + " bytes in a payload of " + payloadLeft);
        }
        payloadLeft -= value;
        extraLeft = value;
        collected = 0;
        value = 0;
        part = Part.EXTRA;
        if (extraLeft == 0) {
            endOfExtra();
        }
    }

    private void readExtra(ChannelHandlerContext context, ByteBuf in) {
        int taken = Math.min(extraLeft, in.readableBytes());
        checksum.update(in, in.readerIndex(), taken);
        ByteBuf info = extraInfo;
        if (info == null) {
            info = context.alloc().buffer(extraLeft, extraLeft);
            extraInfo = info;
        }
        info.writeBytes(in, taken);
        extraLeft -= taken;
        if (extraLeft == 0) {
            endOfExtra();
        }
    }

    private void endOfExtra() {
        part = payloadLeft == 0 ? Part.TAIL : Part.PAYLOAD;
    }

    private boolean readPayload(ChannelHandlerContext context, ByteBuf in) {
        int start = in.readerIndex();
        int taken = Math.min(payloadLeft, in.readableBytes());
        checksum.update(in, start, taken);
        payloadLeft -= taken;
        if (payloadLeft > 0) {
            return passOnAll(context, in);
        }
        part = Part.TAIL;
        int behind = in.readableBytes() - taken;
        if (behind < Ob20Header.TAIL_LENGTH) {
            held = in.readRetainedSlice(taken);
            return false;
        }
        value = in.getIntLE(start + taken);
        endFrame();
        if (behind == Ob20Header.TAIL_LENGTH) {
            in.writerIndex(start + taken);
            return passOnAll(context, in);
        }
        ByteBuf piece = in.readRetainedSlice(taken);
        in.skipBytes(Ob20Header.TAIL_LENGTH);
        passOn(context, piece);
        return false;
    }

    private boolean passOnAll(ChannelHandlerContext context, ByteBuf in) {
        passOn(context, in);
        return true;
    }

    private void readTail(ChannelHandlerContext context, ByteBuf in) {
        if (!collect(in)) {
            return;
        }
        endFrame();
        ByteBuf piece = held;
        held = null;
        if (piece != null) {
            passOn(context, piece);
        }
    }

    private void endFrame() {
        // Zero stands for "not checked".
        if (value != 0 && value != checksum.value()) {
            throw new MalformedPacketException(
                    ErrorCode.CHECKSUM_ERROR, "payload checksum of an OB 2.0 frame is wrong");
        }
        part = Part.HEADER;
        ByteBuf info = extraInfo;
        if (info != null) {
            extraInfo = null;
            try {
                listener.onExtraInfo(flags, info);
            } finally {
                info.release();
            }
        }
    }

    @Override
    protected void free() {
        if (held != null) {
            held.release();
            held = null;
        }
        if (extraInfo != null) {
            extraInfo.release();
            extraInfo = null;
        }
    }
}
