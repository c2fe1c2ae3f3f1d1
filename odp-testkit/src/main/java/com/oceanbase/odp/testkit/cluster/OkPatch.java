package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes the session variables which an OK packet tells and leaves every other byte as the kernel wrote it: one entry
 * with all variables, as OceanBase does, instead of one entry each.
 */
final class OkPatch {

    private static final int SESSION_STATE_CHANGED = 0x4000;
    private static final int SYSTEM_VARIABLES = 0;

    private OkPatch() {}

    /**
     * The payload with changed variables.
     *
     * @param values gives the new value of a name and its value
     * @param addedName a variable to tell in front of the others, null for none
     */
    static byte[] patch(byte[] payload, BinaryOperator<String> values, @Nullable String addedName, String addedValue) {
        ByteBuf in = Unpooled.wrappedBuffer(payload);
        in.skipBytes(1);
        Wire.readLenencInt(in);
        Wire.readLenencInt(in);
        int statusAt = in.readerIndex();
        int status = in.readUnsignedShortLE();
        in.skipBytes(2);
        byte[] info = in.isReadable() ? Wire.readLenencBytes(in) : new byte[0];
        boolean tells = (status & SESSION_STATE_CHANGED) != 0 && in.isReadable();
        if (!tells && addedName == null) {
            return payload;
        }
        ByteBuf old = tells ? Wire.readLenencSlice(in) : Unpooled.EMPTY_BUFFER;
        ByteBuf state = entries(old, values, addedName, addedValue);
        ByteBuf out = Unpooled.buffer(payload.length + 64);
        out.writeBytes(payload, 0, statusAt);
        out.writeShortLE(status | SESSION_STATE_CHANGED);
        out.writeBytes(payload, statusAt + 2, 2);
        Wire.writeLenencBytes(out, info);
        Wire.writeLenencInt(out, state.readableBytes());
        out.writeBytes(state);
        return bytes(out);
    }

    private static ByteBuf entries(
            ByteBuf old, BinaryOperator<String> values, @Nullable String addedName, String addedValue) {
        ByteBuf state = Unpooled.buffer(old.readableBytes() + 64);
        String toAdd = addedName;
        if (toAdd != null && (!old.isReadable() || old.getByte(old.readerIndex()) != SYSTEM_VARIABLES)) {
            ByteBuf variables = Unpooled.buffer();
            write(variables, toAdd, addedValue);
            entry(state, SYSTEM_VARIABLES, variables);
            toAdd = null;
        }
        while (old.isReadable()) {
            int type = old.readUnsignedByte();
            ByteBuf data = Wire.readLenencSlice(old);
            if (type == SYSTEM_VARIABLES) {
                ByteBuf variables = Unpooled.buffer(data.readableBytes() + 64);
                if (toAdd != null) {
                    write(variables, toAdd, addedValue);
                    toAdd = null;
                }
                copy(data, variables, values);
                data = variables;
            }
            entry(state, type, data);
        }
        return state;
    }

    private static void copy(ByteBuf from, ByteBuf to, BinaryOperator<String> values) {
        while (from.isReadable()) {
            byte[] name = Wire.readLenencBytes(from);
            byte[] value = Wire.readLenencBytes(from);
            String text = new String(value, StandardCharsets.ISO_8859_1);
            String changed = values.apply(new String(name, StandardCharsets.ISO_8859_1), text);
            Wire.writeLenencBytes(to, name);
            Wire.writeLenencBytes(to, changed.equals(text) ? value : changed.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void write(ByteBuf out, String name, String value) {
        Wire.writeLenencBytes(out, name.getBytes(StandardCharsets.US_ASCII));
        Wire.writeLenencBytes(out, value.getBytes(StandardCharsets.US_ASCII));
    }

    private static void entry(ByteBuf out, int type, ByteBuf data) {
        out.writeByte(type);
        Wire.writeLenencInt(out, data.readableBytes());
        out.writeBytes(data);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
