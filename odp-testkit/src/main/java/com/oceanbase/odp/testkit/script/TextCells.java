package com.oceanbase.odp.testkit.script;

import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads length-encoded strings one after the other, as text rows and column definitions carry them. */
final class TextCells {

    private static final int NULL_MARK = 0xFB;

    private TextCells() {}

    static List<@Nullable String> of(byte[] payload) {
        return of(payload, Integer.MAX_VALUE);
    }

    static List<@Nullable String> of(byte[] payload, int limit) {
        ByteBuf in = Unpooled.wrappedBuffer(payload);
        List<@Nullable String> cells = new ArrayList<>();
        while (in.isReadable() && cells.size() < limit) {
            if (in.getUnsignedByte(in.readerIndex()) == NULL_MARK) {
                in.skipBytes(1);
                cells.add(null);
            } else {
                cells.add(new String(Wire.readLenencBytes(in), StandardCharsets.UTF_8));
            }
        }
        return cells;
    }
}
