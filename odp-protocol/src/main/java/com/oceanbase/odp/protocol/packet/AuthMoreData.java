package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/** A further message of the server's authentication plugin (MySQL: Protocol::AuthMoreData). */
public record AuthMoreData(byte[] data) {

    public static final int HEADER = 0x01;

    public static AuthMoreData decode(ByteBuf in) {
        if (Wire.readInt1(in) != HEADER) {
            throw new MalformedPacketException("not further authentication data");
        }
        return new AuthMoreData(Wire.readRestBytes(in));
    }

    public void encode(ByteBuf out) {
        out.writeByte(HEADER).writeBytes(data);
    }
}
