package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a text result set; a null cell is SQL NULL. */
public record TextRow(List<byte @Nullable []> cells) {

    public TextRow {
        cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }

    public static TextRow of(@Nullable String... texts) {
        List<byte @Nullable []> cells = new ArrayList<>(texts.length);
        for (String text : texts) {
            cells.add(text == null ? null : LosslessText.encode(text));
        }
        return new TextRow(cells);
    }

    /** Reads cells up to the end of the payload. */
    public static TextRow decode(ByteBuf in) {
        List<byte @Nullable []> cells = new ArrayList<>();
        while (in.isReadable()) {
            cells.add(Wire.readNullableLenencBytes(in));
        }
        return new TextRow(cells);
    }

    public @Nullable String text(int column) {
        byte[] cell = cells.get(column);
        return cell == null ? null : LosslessText.decode(cell);
    }

    public void encode(ByteBuf out) {
        for (byte[] cell : cells) {
            if (cell == null) {
                out.writeByte(Wire.NULL_MARK);
            } else {
                Wire.writeLenencBytes(out, cell);
            }
        }
    }
}
