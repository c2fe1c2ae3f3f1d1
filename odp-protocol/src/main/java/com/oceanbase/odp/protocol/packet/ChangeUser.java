package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The command COM_CHANGE_USER, its payload beginning with the command byte. Everything behind the database may be
 * missing, as old clients leave it out.
 *
 * @param characterSet number of the collation, 16 bits; 0 when missing
 */
public record ChangeUser(
        String user,
        byte[] authResponse,
        String database,
        int characterSet,
        @Nullable String authPlugin,
        ConnectionAttributes attributes) {

    public static final int COMMAND = 0x11;

    public static ChangeUser decode(ByteBuf in, long capabilities) {
        if (Wire.readInt1(in) != COMMAND) {
            throw new MalformedPacketException("not a change of user");
        }
        String user = Wire.readNulText(in);
        byte[] authResponse = Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)
                ? Wire.readBytes(in, Wire.readInt1(in))
                : Wire.readNulBytes(in);
        String database = Wire.readNulOrRestText(in);
        int characterSet = in.isReadable() ? Wire.readInt2(in) : 0;
        boolean hasPlugin = in.isReadable() && Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH);
        String plugin = hasPlugin ? Wire.readNulOrRestText(in) : null;
        ConnectionAttributes attributes = Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)
                ? ConnectionAttributes.decode(in)
                : ConnectionAttributes.NONE;
        return new ChangeUser(user, authResponse, database, characterSet, plugin, attributes);
    }

    public void encode(ByteBuf out, long capabilities) {
        out.writeByte(COMMAND);
        Wire.writeNulText(out, user);
        if (Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)) {
            out.writeByte(authResponse.length).writeBytes(authResponse);
        } else {
            out.writeBytes(authResponse).writeByte(0);
        }
        Wire.writeNulText(out, database);
        out.writeShortLE(characterSet);
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            Wire.writeNulText(out, authPlugin == null ? "" : authPlugin);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)) {
            attributes.encode(out);
        }
    }
}
