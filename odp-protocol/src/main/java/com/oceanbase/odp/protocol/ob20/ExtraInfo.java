package com.oceanbase.odp.protocol.ob20;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The extra info of a frame in either form. What this proxy does not know is left out (obproxy
 * ob_2_0_protocol_utils.cpp).
 *
 * <p>The old form is a row of serialised OceanBase objects, name and value in turn: type 22 (VARCHAR), collation level,
 * collation, scale, length with 7 bits a byte, text, a zero byte (obproxy ob_object.cpp).
 */
public final class ExtraInfo {

    private static final int VARCHAR = 22;
    /** Level and collation of a name, scale: as servers write them. */
    private static final byte[] OBJECT_HEAD = {VARCHAR, 2, 0, (byte) 0xFF};

    private static final int BITS = 7;
    private static final int MORE = 0x80;
    private static final int MAX_LENGTH_BYTES = 5;

    private final Map<ExtraInfoType, byte[]> values;

    private ExtraInfo(Map<ExtraInfoType, byte[]> values) {
        this.values = values;
    }

    /** {@link ExtraInfoType#TRACE_INFO} in the new form, which goes to a server once a client session. */
    public static byte[] clientAddress(String ip) {
        return TypedValue.encode(List.of(TypedValue.of(ExtraInfoType.TRACE_INFO.code(), "client_ip=" + ip)));
    }

    /**
     * Reads the extra info of a frame with these {@link Ob20Flags}.
     *
     * @throws MalformedPacketException when an item is cut off, or an object of the old form is no text
     */
    public static ExtraInfo decode(int flags, ByteBuf in) {
        Map<ExtraInfoType, byte[]> values = new EnumMap<>(ExtraInfoType.class);
        if ((flags & Ob20Flags.NEW_EXTRA_INFO) != 0) {
            for (TypedValue item : TypedValue.decode(in)) {
                put(values, ExtraInfoType.of(item.type()), item.value());
            }
        } else {
            while (in.isReadable()) {
                String name = new String(readObject(in), StandardCharsets.UTF_8);
                put(values, ExtraInfoType.of(name), readObject(in));
            }
        }
        return new ExtraInfo(values);
    }

    /** Writes one item in the old form. */
    public static byte[] encodeOld(ExtraInfoType type, byte[] value) {
        String name = type.oldName();
        if (name == null) {
            throw new IllegalArgumentException(type + " has no old form");
        }
        ByteBuf out = Unpooled.buffer();
        writeObject(out, name.getBytes(StandardCharsets.UTF_8));
        writeObject(out, value);
        return ByteBufUtil.getBytes(out);
    }

    private static void put(Map<ExtraInfoType, byte[]> values, @Nullable ExtraInfoType type, byte[] value) {
        if (type != null) {
            values.put(type, value);
        }
    }

    private static void writeObject(ByteBuf out, byte[] text) {
        out.writeBytes(OBJECT_HEAD);
        int length = text.length;
        while (length >= MORE) {
            out.writeByte(length & 0x7F | MORE);
            length >>>= BITS;
        }
        out.writeByte(length).writeBytes(text).writeByte(0);
    }

    private static byte[] readObject(ByteBuf in) {
        if (in.readableBytes() <= OBJECT_HEAD.length || in.readUnsignedByte() != VARCHAR) {
            throw new MalformedPacketException("extra info of the old form holds something else than text");
        }
        in.skipBytes(OBJECT_HEAD.length - 1);
        long length = readLength(in);
        if (length >= in.readableBytes()) {
            throw new MalformedPacketException("text of " + length + " bytes in extra info is cut off");
        }
        byte[] text = new byte[(int) length];
        in.readBytes(text);
        in.skipBytes(1);
        return text;
    }

    private static long readLength(ByteBuf in) {
        long length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES && in.isReadable(); i++) {
            int next = in.readUnsignedByte();
            length |= (long) (next & ~MORE) << i * BITS;
            if ((next & MORE) == 0) {
                return length;
            }
        }
        throw new MalformedPacketException("length in extra info is cut off or too long");
    }

    /** The value of that type, null if it did not come. */
    public byte @Nullable [] get(ExtraInfoType type) {
        return values.get(type);
    }

    /** What the server says of {@link FeedbackType#IS_LOCK_SESSION}; null when it says nothing. */
    public @Nullable Boolean lockedSession() {
        byte[] feedback = values.get(ExtraInfoType.FEEDBACK_PROXY_INFO);
        if (feedback == null) {
            return null;
        }
        for (TypedValue item : TypedValue.decode(Unpooled.wrappedBuffer(feedback))) {
            if (item.type() == FeedbackType.IS_LOCK_SESSION.code()) {
                return item.text().equals("1");
            }
        }
        return null;
    }
}
