package com.oceanbase.odp.protocol.compress;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

final class ZlibShrinker implements Shrinker {

    private final Deflater deflater;

    ZlibShrinker(int level) {
        this.deflater = new Deflater(level);
    }

    /** A result as long as the input is of no use, so no more room is wanted than that. */
    @Override
    public int bound(int length) {
        return length;
    }

    @Override
    public boolean shrink(ByteBuf in, ByteBuf out) {
        ByteBuffer target = out.internalNioBuffer(out.writerIndex(), in.readableBytes() - 1);
        deflater.reset();
        ByteBuffer[] sources = in.nioBuffers();
        for (int i = 0; i < sources.length && target.hasRemaining(); i++) {
            deflater.setInput(sources[i]);
            if (i == sources.length - 1) {
                deflater.finish();
            }
            while (!deflater.finished() && target.hasRemaining() && deflater.deflate(target) > 0) {
                continue;
            }
        }
        if (!deflater.finished()) {
            return false;
        }
        out.writerIndex(out.writerIndex() + (int) deflater.getBytesWritten());
        return true;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
