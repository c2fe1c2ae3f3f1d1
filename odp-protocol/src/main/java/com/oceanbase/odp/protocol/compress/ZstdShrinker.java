package com.oceanbase.odp.protocol.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

final class ZstdShrinker implements Shrinker {

    private final ZstdCompressCtx context;

    ZstdShrinker(int level) {
        this.context = new ZstdCompressCtx().setLevel(level);
    }

    @Override
    public int bound(int length) {
        return Math.toIntExact(Zstd.compressBound(length));
    }

    @Override
    public boolean shrink(ByteBuf in, ByteBuf out) {
        if (in.isDirect() && in.nioBufferCount() == 1) {
            return shrink(in.nioBuffer(), out);
        }
        int length = in.readableBytes();
        ByteBuf copy = out.alloc().directBuffer(length).writeBytes(in, in.readerIndex(), length);
        try {
            return shrink(copy.nioBuffer(), out);
        } finally {
            copy.release();
        }
    }

    private boolean shrink(ByteBuffer source, ByteBuf out) {
        int length = source.remaining();
        ByteBuffer target = out.internalNioBuffer(out.writerIndex(), bound(length));
        int size = context.compressDirectByteBuffer(
                target, target.position(), target.remaining(), source, source.position(), length);
        if (size >= length) {
            return false;
        }
        out.writerIndex(out.writerIndex() + size);
        return true;
    }

    @Override
    public void close() {
        context.close();
    }
}
