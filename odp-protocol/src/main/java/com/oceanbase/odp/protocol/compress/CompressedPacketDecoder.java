package com.oceanbase.odp.protocol.compress;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.frame.UnwrappingHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * Unwraps compressed packets and passes the plain bytes on as they come, in pieces that have nothing to do with the
 * cuts of MySQL packets: no packet is collected first, so an idle connection holds no buffer.
 *
 * <p>A damaged stream, or one that does not inflate to exactly the announced length, raises
 * {@link MalformedPacketException} in the pipeline and closes the channel; what comes later is dropped.
 */
public final class CompressedPacketDecoder extends UnwrappingHandler {

    /** Largest size of the pieces passed on, in bytes. */
    private static final int MAX_PIECE = 64 * 1024;

    private static final int MIN_PIECE = 256;
    private static final int GROWTH = 4;

    private final Expander expander;
    private final CompressionSequence sequence;

    /** Bytes of the header that are still missing; the header is collected bytewise since it may be cut anywhere. */
    private int headerMissing = CompressedFrame.HEADER_LENGTH;

    private long header;
    private int payloadLeft;
    private int plainLeft;
    private boolean stored;

    /** @param sequence shared with the encoder of the same connection */
    public CompressedPacketDecoder(CompressionAlgorithm algorithm, CompressionSequence sequence) {
        this.expander = algorithm.newExpander();
        this.sequence = sequence;
    }

    @Override
    protected boolean decode(ChannelHandlerContext context, ByteBuf in) {
        if (headerMissing > 0) {
            readHeader(in);
            return false;
        }
        if (stored) {
            int length = Math.min(payloadLeft, in.readableBytes());
            payloadLeft -= length;
            ByteBuf piece = in.readRetainedSlice(length);
            finishPacketIfComplete();
            passOn(context, piece);
        } else {
            expand(context, in);
        }
        return false;
    }

    private void readHeader(ByteBuf in) {
        while (headerMissing > 0 && in.isReadable()) {
            int shift = (CompressedFrame.HEADER_LENGTH - headerMissing) * Byte.SIZE;
            header |= (long) in.readUnsignedByte() << shift;
            headerMissing--;
        }
        if (headerMissing > 0) {
            return;
        }
        payloadLeft = (int) (header & 0xFFFFFF);
        plainLeft = (int) (header >>> 32 & 0xFFFFFF);
        stored = plainLeft == 0;
        sequence.read((int) (header >>> 24 & 0xFF));
        if (!stored) {
            expander.begin();
        }
        finishPacketIfComplete();
    }

    /**
     * Takes what is there of the payload. A full piece may leave output inside the expander even when all input is
     * taken, so it is followed by another; the last piece is never full, having one byte more room than announced.
     * The first piece is in proportion to the input, lest a peer that sends byte by byte costs a large buffer for each.
     */
    private void expand(ChannelHandlerContext context, ByteBuf in) {
        int size = Math.clamp((long) in.readableBytes() * GROWTH, MIN_PIECE, MAX_PIECE);
        boolean full = true;
        while (full && !isDead()) {
            ByteBuf piece = expandPiece(context, in, Math.min(plainLeft + 1, size));
            full = !piece.isWritable();
            size = Math.min(size * GROWTH, MAX_PIECE);
            if (piece.isReadable()) {
                passOn(context, piece);
            } else {
                piece.release();
            }
        }
    }

    private ByteBuf expandPiece(ChannelHandlerContext context, ByteBuf in, int capacity) {
        ByteBuf piece = context.alloc().directBuffer(capacity, capacity);
        boolean good = false;
        try {
            int before = in.readerIndex();
            expander.expand(in, payloadLeft, piece);
            int taken = in.readerIndex() - before;
            payloadLeft -= taken;
            plainLeft -= piece.readableBytes();
            boolean stuck = piece.isWritable() && payloadLeft > 0 && in.isReadable();
            if (plainLeft < 0 || stuck) {
                throw mismatch();
            }
            if (piece.isWritable()) {
                finishPacketIfComplete();
            }
            good = true;
            return piece;
        } finally {
            if (!good) {
                piece.release();
            }
        }
    }

    private void finishPacketIfComplete() {
        if (payloadLeft > 0) {
            return;
        }
        if (!stored && (plainLeft > 0 || !expander.finished())) {
            throw mismatch();
        }
        headerMissing = CompressedFrame.HEADER_LENGTH;
        header = 0;
    }

    private static MalformedPacketException mismatch() {
        return new MalformedPacketException(
                ErrorCode.NET_UNCOMPRESS_ERROR, "compressed packet does not inflate to the announced length");
    }

    @Override
    protected void free() {
        expander.close();
    }
}
