package com.oceanbase.odp.protocol.compress;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

final class ZstdExpander implements Expander {

    /** A payload has less than 2^24 bytes, so no honest frame wants a larger window; it bounds native memory. */
    private static final int MAX_WINDOW_LOG = 24;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx().setLongMax(MAX_WINDOW_LOG);
    private boolean finished;

    @Override
    public void begin() {
        finished = false;
    }

    @Override
    public void expand(ByteBuf in, int inputLimit, ByteBuf out) {
        int length = Math.min(in.readableBytes(), inputLimit);
        if (in.isDirect()) {
            expand(in.nioBuffer(in.readerIndex(), length), in, out);
            return;
        }
        ByteBuf copy = out.alloc().directBuffer(Math.max(1, length)).writeBytes(in, in.readerIndex(), length);
        try {
            expand(copy.nioBuffer(), in, out);
        } finally {
            copy.release();
        }
    }

    private void expand(ByteBuffer source, ByteBuf in, ByteBuf out) {
        ByteBuffer target = out.internalNioBuffer(out.writerIndex(), out.writableBytes());
        int sourceLength = source.remaining();
        int targetLength = target.remaining();
        try {
            int progress = 1;
            while (!finished && target.hasRemaining() && progress > 0) {
                int left = source.remaining() + target.remaining();
                finished = context.decompressDirectByteBufferStream(target, source);
                progress = left - source.remaining() - target.remaining();
            }
        } catch (ZstdException damaged) {
            throw new MalformedPacketException(ErrorCode.NET_UNCOMPRESS_ERROR, "compressed payload is damaged");
        }
        in.skipBytes(sourceLength - source.remaining());
        out.writerIndex(out.writerIndex() + targetLength - target.remaining());
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public void close() {
        context.close();
    }
}
