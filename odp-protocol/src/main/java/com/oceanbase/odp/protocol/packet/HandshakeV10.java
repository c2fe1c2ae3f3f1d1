package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The greeting of a server (MySQL: Protocol::HandshakeV10).
 *
 * @param connectionId 32 bits, unsigned
 * @param scramble the 20 bytes (or 8 of very old servers) against which the password is proved
 * @param capabilities bits of {@link Capabilities}
 * @param characterSet lower 8 bits of the collation's number
 * @param authPlugin null unless the server has PLUGIN_AUTH
 */
public record HandshakeV10(
        int protocolVersion,
        String serverVersion,
        long connectionId,
        byte[] scramble,
        long capabilities,
        int characterSet,
        int status,
        @Nullable String authPlugin) {

    /** The only version in use. */
    public static final int VERSION = 10;

    private static final int SCRAMBLE_PART_1 = 8;
    private static final int MIN_SCRAMBLE_PART_2 = 13;
    private static final int RESERVED = 10;

    public static HandshakeV10 decode(ByteBuf in) {
        int protocolVersion = Wire.readInt1(in);
        if (protocolVersion != VERSION) {
            throw new MalformedPacketException("handshake of unknown version");
        }
        String serverVersion = Wire.readNulText(in);
        long connectionId = Wire.readInt4(in);
        byte[] part1 = Wire.readBytes(in, SCRAMBLE_PART_1);
        Wire.skip(in, 1);
        long lower = Wire.readInt2(in);
        if (!in.isReadable()) {
            return new HandshakeV10(protocolVersion, serverVersion, connectionId, part1, lower, 0, 0, null);
        }
        int characterSet = Wire.readInt1(in);
        int status = Wire.readInt2(in);
        long capabilities = lower | (long) Wire.readInt2(in) << 16;
        int authLength = Wire.readInt1(in);
        Wire.skip(in, RESERVED);
        byte[] scramble = part1;
        if (Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)) {
            int length = Math.max(MIN_SCRAMBLE_PART_2, authLength - SCRAMBLE_PART_1);
            scramble = join(part1, Wire.readBytes(in, length));
        }
        String plugin = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) ? Wire.readNulOrRestText(in) : null;
        return new HandshakeV10(
                protocolVersion, serverVersion, connectionId, scramble, capabilities, characterSet, status, plugin);
    }

    /** The two parts without the terminating zero of the second. */
    private static byte[] join(byte[] part1, byte[] part2) {
        int length2 = part2[part2.length - 1] == 0 ? part2.length - 1 : part2.length;
        byte[] scramble = new byte[part1.length + length2];
        System.arraycopy(part1, 0, scramble, 0, part1.length);
        System.arraycopy(part2, 0, scramble, part1.length, length2);
        return scramble;
    }

    public void encode(ByteBuf out) {
        boolean secure = Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION);
        out.writeByte(protocolVersion);
        Wire.writeNulText(out, serverVersion);
        out.writeIntLE((int) connectionId);
        out.writeBytes(scramble, 0, SCRAMBLE_PART_1).writeByte(0);
        out.writeShortLE((int) capabilities).writeByte(characterSet).writeShortLE(status);
        out.writeShortLE((int) (capabilities >> 16));
        out.writeByte(secure ? scramble.length + 1 : 0).writeZero(RESERVED);
        if (secure) {
            out.writeBytes(scramble, SCRAMBLE_PART_1, scramble.length - SCRAMBLE_PART_1);
            out.writeZero(Math.max(1, SCRAMBLE_PART_1 + MIN_SCRAMBLE_PART_2 - scramble.length));
        }
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            Wire.writeNulText(out, authPlugin == null ? "" : authPlugin);
        }
    }
}
