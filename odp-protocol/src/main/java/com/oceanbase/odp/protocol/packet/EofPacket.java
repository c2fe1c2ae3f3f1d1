package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/** End of column definitions or of rows (MySQL: EOF_Packet), not used under DEPRECATE_EOF. */
public record EofPacket(int warnings, int status) {

    public static final int HEADER = 0xFE;

    /** A first byte of 0xFE in a payload at least this long is something else: a row or an OK. */
    public static final int LENGTH_LIMIT = 9;

    /** A payload of the header alone, of old servers, has no warnings and no status. */
    public static EofPacket decode(ByteBuf in) {
        if (in.readableBytes() >= LENGTH_LIMIT || Wire.readInt1(in) != HEADER) {
            throw new MalformedPacketException("not an EOF packet");
        }
        if (!in.isReadable()) {
            return new EofPacket(0, 0);
        }
        int warnings = Wire.readInt2(in);
        return new EofPacket(warnings, Wire.readInt2(in));
    }

    public void encode(ByteBuf out) {
        out.writeByte(HEADER).writeShortLE(warnings).writeShortLE(status);
    }
}
