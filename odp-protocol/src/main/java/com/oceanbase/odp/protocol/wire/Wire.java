package com.oceanbase.odp.protocol.wire;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the basic types of the MySQL protocol ("Basic Data Types" of the MySQL internals manual).
 *
 * <p>Readers move the reader index and never look behind the readable bytes of their buffer: what is missing or
 * impossible raises {@link MalformedPacketException}. Integers are little endian.
 */
public final class Wire {

    /** First byte of a length-encoded value that stands for SQL NULL in a text row. */
    public static final int NULL_MARK = 0xFB;

    private static final int TWO_BYTES = 0xFC;
    private static final int THREE_BYTES = 0xFD;
    private static final int EIGHT_BYTES = 0xFE;
    private static final byte[] EMPTY = {};

    private Wire() {}

    /** Raises {@link MalformedPacketException} unless {@code length} more bytes are readable. */
    public static void require(ByteBuf in, long length) {
        if (length < 0 || length > in.readableBytes()) {
            throw new MalformedPacketException("length exceeds packet");
        }
    }

    public static int readInt1(ByteBuf in) {
        require(in, 1);
        return in.readUnsignedByte();
    }

    public static int readInt2(ByteBuf in) {
        require(in, 2);
        return in.readUnsignedShortLE();
    }

    public static int readInt3(ByteBuf in) {
        require(in, 3);
        return in.readUnsignedMediumLE();
    }

    public static long readInt4(ByteBuf in) {
        require(in, 4);
        return in.readUnsignedIntLE();
    }

    public static void skip(ByteBuf in, int length) {
        require(in, length);
        in.skipBytes(length);
    }

    /** The 64 bits of a length-encoded integer; values above {@link Long#MAX_VALUE} come out negative. */
    public static long readLenencInt(ByteBuf in) {
        int first = readInt1(in);
        if (first < NULL_MARK) {
            return first;
        }
        return switch (first) {
            case TWO_BYTES -> readInt2(in);
            case THREE_BYTES -> readInt3(in);
            case EIGHT_BYTES -> {
                require(in, 8);
                yield in.readLongLE();
            }
            default -> throw new MalformedPacketException("not a length-encoded integer");
        };
    }

    public static void writeLenencInt(ByteBuf out, long value) {
        if (value >= 0 && value < NULL_MARK) {
            out.writeByte((int) value);
        } else if (value >= 0 && value <= 0xFFFF) {
            out.writeByte(TWO_BYTES).writeShortLE((int) value);
        } else if (value >= 0 && value <= 0xFFFFFF) {
            out.writeByte(THREE_BYTES).writeMediumLE((int) value);
        } else {
            out.writeByte(EIGHT_BYTES).writeLongLE(value);
        }
    }

    /** How many bytes {@link #writeLenencInt} takes: 1, 3, 4 or 9. */
    public static int lenencIntSize(long value) {
        if (value < 0 || value > 0xFFFFFF) {
            return 9;
        }
        if (value < NULL_MARK) {
            return 1;
        }
        return value <= 0xFFFF ? 3 : 4;
    }

    /** The length in front of a length-encoded string, already checked against the readable bytes. */
    public static int readLenencLength(ByteBuf in) {
        long length = readLenencInt(in);
        require(in, length);
        return (int) length;
    }

    public static byte[] readLenencBytes(ByteBuf in) {
        return readBytes(in, readLenencLength(in));
    }

    /** A cell of a text row: a length-encoded string or the mark of SQL NULL. */
    public static byte @Nullable [] readNullableLenencBytes(ByteBuf in) {
        require(in, 1);
        if (in.getUnsignedByte(in.readerIndex()) == NULL_MARK) {
            in.skipBytes(1);
            return null;
        }
        return readLenencBytes(in);
    }

    /** A slice, not retained, of a length-encoded string. */
    public static ByteBuf readLenencSlice(ByteBuf in) {
        return in.readSlice(readLenencLength(in));
    }

    public static void writeLenencBytes(ByteBuf out, byte[] value) {
        writeLenencInt(out, value.length);
        out.writeBytes(value);
    }

    public static void skipLenenc(ByteBuf in) {
        in.skipBytes(readLenencLength(in));
    }

    public static byte[] readBytes(ByteBuf in, int length) {
        require(in, length);
        if (length == 0) {
            return EMPTY;
        }
        byte[] value = new byte[length];
        in.readBytes(value);
        return value;
    }

    /** A zero-terminated string without its terminator; the terminator must be there. */
    public static byte[] readNulBytes(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw new MalformedPacketException("string is not terminated");
        }
        byte[] value = readBytes(in, length);
        in.skipBytes(1);
        return value;
    }

    /**
     * As {@link #readNulBytes}, but the end of the packet terminates too. Several drivers leave out the last zero of a
     * packet, and MySQL accepts that.
     */
    public static byte[] readNulOrRestBytes(ByteBuf in) {
        return in.bytesBefore((byte) 0) < 0 ? readRestBytes(in) : readNulBytes(in);
    }

    public static byte[] readRestBytes(ByteBuf in) {
        return readBytes(in, in.readableBytes());
    }

    public static String readLenencText(ByteBuf in) {
        return LosslessText.read(in, readLenencLength(in));
    }

    public static void writeLenencText(ByteBuf out, String value) {
        writeLenencInt(out, LosslessText.size(value));
        LosslessText.write(out, value);
    }

    public static String readNulText(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw new MalformedPacketException("string is not terminated");
        }
        String value = LosslessText.read(in, length);
        in.skipBytes(1);
        return value;
    }

    /** See {@link #readNulOrRestBytes}. */
    public static String readNulOrRestText(ByteBuf in) {
        return in.bytesBefore((byte) 0) < 0 ? readRestText(in) : readNulText(in);
    }

    public static void writeNulText(ByteBuf out, String value) {
        LosslessText.write(out, value);
        out.writeByte(0);
    }

    public static String readRestText(ByteBuf in) {
        return LosslessText.read(in, in.readableBytes());
    }
}
