package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.common.error.OdpException;
import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Failure (MySQL: ERR_Packet).
 *
 * @param sqlState five characters, or empty if the packet has none (before the client's capabilities are known)
 */
public record ErrPacket(int errno, String sqlState, String message) {

    public static final int HEADER = 0xFF;

    private static final int SQL_STATE_LENGTH = 5;

    public static ErrPacket of(ErrorCode code, Object... args) {
        return new ErrPacket(code.errno(), code.sqlState(), code.format(args));
    }

    public static ErrPacket of(OdpException failure) {
        return new ErrPacket(failure.code().errno(), failure.code().sqlState(), failure.getMessage());
    }

    /** Reads both forms, with and without SQL state. */
    public static ErrPacket decode(ByteBuf in) {
        if (Wire.readInt1(in) != HEADER) {
            throw new MalformedPacketException("not an error packet");
        }
        int errno = Wire.readInt2(in);
        String sqlState = "";
        if (in.readableBytes() > SQL_STATE_LENGTH && in.getByte(in.readerIndex()) == '#') {
            in.skipBytes(1);
            sqlState = LosslessText.read(in, SQL_STATE_LENGTH);
        }
        return new ErrPacket(errno, sqlState, Wire.readRestText(in));
    }

    /** The number alone, without moving the reader index; 0 if the packet is too short. */
    public static int peekErrno(ByteBuf payload) {
        return payload.readableBytes() < 3 ? 0 : payload.getUnsignedShortLE(payload.readerIndex() + 1);
    }

    public void encode(ByteBuf out) {
        out.writeByte(HEADER).writeShortLE(errno);
        if (!sqlState.isEmpty()) {
            out.writeByte('#');
            LosslessText.write(out, sqlState);
        }
        LosslessText.write(out, message);
    }
}
