package com.oceanbase.odp.protocol.ob20;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One item of the new extra info and of what is nested in it: type (2), length of the value (4), value, little-endian
 * (obproxy ob_proxy_protocol_20 and ob_2_0_protocol_utils.cpp).
 *
 * @param type unsigned 16 bits; what it means depends on where the item stands
 */
public record TypedValue(int type, byte[] value) {

    private static final int HEAD = 6;

    /** An item with a text. */
    public static TypedValue of(int type, String text) {
        return new TypedValue(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An item that contains items. */
    public static TypedValue of(int type, List<TypedValue> items) {
        return new TypedValue(type, encode(items));
    }

    /** The items one behind the other. */
    public static byte[] encode(List<TypedValue> items) {
        int size = items.stream().mapToInt(item -> HEAD + item.value.length).sum();
        byte[] bytes = new byte[size];
        ByteBuf out = Unpooled.wrappedBuffer(bytes).clear();
        for (TypedValue item : items) {
            out.writeShortLE(item.type).writeIntLE(item.value.length).writeBytes(item.value);
        }
        return bytes;
    }

    /**
     * Reads items to the end of the buffer.
     *
     * @throws MalformedPacketException when an item is cut off
     */
    public static List<TypedValue> decode(ByteBuf in) {
        List<TypedValue> items = new ArrayList<>();
        while (in.isReadable()) {
            if (in.readableBytes() < HEAD) {
                throw new MalformedPacketException("extra info ends inside the head of an item");
            }
            int type = in.readUnsignedShortLE();
            long length = in.readUnsignedIntLE();
            if (length > in.readableBytes()) {
                throw new MalformedPacketException("extra info item " + type + " of " + length + " bytes is cut off");
            }
            byte[] value = new byte[(int) length];
            in.readBytes(value);
            items.add(new TypedValue(type, value));
        }
        return items;
    }

    /** The value as text. */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** The items inside. */
    public List<TypedValue> items() {
        return decode(Unpooled.wrappedBuffer(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TypedValue that && type == that.type && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return type + "=" + ByteBufUtil.hexDump(value);
    }
}
