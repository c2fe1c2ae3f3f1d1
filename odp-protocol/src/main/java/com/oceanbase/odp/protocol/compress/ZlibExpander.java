package com.oceanbase.odp.protocol.compress;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

final class ZlibExpander implements Expander {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Inflater inflater = new Inflater();

    @Override
    public void begin() {
        inflater.reset();
    }

    @Override
    public void expand(ByteBuf in, int inputLimit, ByteBuf out) {
        ByteBuffer source = in.nioBuffer(in.readerIndex(), Math.min(in.readableBytes(), inputLimit));
        ByteBuffer target = out.internalNioBuffer(out.writerIndex(), out.writableBytes());
        int taken = source.remaining();
        inflater.setInput(source);
        try {
            while (target.hasRemaining() && inflater.inflate(target) > 0) {
                continue;
            }
        } catch (DataFormatException damaged) {
            throw new MalformedPacketException(ErrorCode.NET_UNCOMPRESS_ERROR, "compressed payload is damaged");
        }
        if (inflater.needsDictionary()) {
            throw new MalformedPacketException(ErrorCode.NET_UNCOMPRESS_ERROR, "compressed payload wants a dictionary");
        }
        in.skipBytes(taken - inflater.getRemaining());
        out.writerIndex(out.writerIndex() + out.writableBytes() - target.remaining());
        inflater.setInput(NOTHING);
    }

    @Override
    public boolean finished() {
        return inflater.finished();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
