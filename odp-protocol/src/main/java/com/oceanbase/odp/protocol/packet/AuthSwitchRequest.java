package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The server's wish to use another authentication plugin (MySQL: Protocol::AuthSwitchRequest).
 *
 * @param data for mysql_native_password the scramble, without the zero that ends it on the wire
 */
public record AuthSwitchRequest(String plugin, byte[] data) {

    public static final int HEADER = 0xFE;

    /** A packet of the header alone is the request of old servers for mysql_old_password; the plugin is empty then. */
    public static AuthSwitchRequest decode(ByteBuf in) {
        if (Wire.readInt1(in) != HEADER) {
            throw new MalformedPacketException("not an authentication switch");
        }
        if (!in.isReadable()) {
            return new AuthSwitchRequest("", new byte[0]);
        }
        String plugin = Wire.readNulText(in);
        int length = in.readableBytes();
        if (length > 0 && in.getByte(in.writerIndex() - 1) == 0) {
            byte[] data = Wire.readBytes(in, length - 1);
            in.skipBytes(1);
            return new AuthSwitchRequest(plugin, data);
        }
        return new AuthSwitchRequest(plugin, Wire.readRestBytes(in));
    }

    public void encode(ByteBuf out) {
        out.writeByte(HEADER);
        Wire.writeNulText(out, plugin);
        out.writeBytes(data).writeByte(0);
    }
}
