package com.oceanbase.odp.protocol.compress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/**
 * Wraps plain MySQL bytes, cut anywhere, into compressed packets. Each buffer written becomes at least one packet;
 * what is short or does not shrink is stored. Owned by one channel.
 */
public final class CompressedPacketEncoder extends MessageToByteEncoder<ByteBuf> {

    /**
     * Plain bytes per packet at most. The protocol allows 0xFFFFFF; a smaller limit bounds the buffers on both sides
     * and costs nothing in ratio.
     */
    static final int MAX_PLAIN_LENGTH = 1 << 20;

    private final Shrinker shrinker;
    private final CompressionSequence sequence;

    /** @param sequence shared with the decoder of the same connection */
    public CompressedPacketEncoder(CompressionAlgorithm algorithm, int level, CompressionSequence sequence) {
        super(ByteBuf.class);
        this.shrinker = algorithm.newShrinker(level);
        this.sequence = sequence;
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext context, ByteBuf plain, boolean preferDirect) {
        int first = Math.min(plain.readableBytes(), MAX_PLAIN_LENGTH);
        return context.alloc().directBuffer(CompressedFrame.HEADER_LENGTH + shrinker.bound(first));
    }

    @Override
    protected void encode(ChannelHandlerContext context, ByteBuf plain, ByteBuf out) {
        while (plain.isReadable()) {
            writePacket(plain.readSlice(Math.min(plain.readableBytes(), MAX_PLAIN_LENGTH)), out);
        }
    }

    private void writePacket(ByteBuf plain, ByteBuf out) {
        int length = plain.readableBytes();
        boolean tooShort = length < CompressedFrame.MIN_COMPRESS_LENGTH;
        out.ensureWritable(CompressedFrame.HEADER_LENGTH + (tooShort ? length : shrinker.bound(length)));
        int header = out.writerIndex();
        int payload = header + CompressedFrame.HEADER_LENGTH;
        out.writerIndex(payload);
        boolean shrunk = !tooShort && shrinker.shrink(plain, out);
        if (!shrunk) {
            out.writeBytes(plain);
        }
        out.setMediumLE(header, out.writerIndex() - payload);
        out.setByte(header + 3, sequence.write());
        out.setMediumLE(header + 4, shrunk ? length : 0);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        shrinker.close();
    }
}
