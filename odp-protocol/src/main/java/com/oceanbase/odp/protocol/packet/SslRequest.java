package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The request to go on under TLS: the first {@link #LENGTH} bytes of a login (MySQL: Protocol::SSLRequest).
 *
 * @param mariadbCapabilities see {@link HandshakeResponse41#mariadbCapabilities()}
 */
public record SslRequest(long capabilities, long maxPacketSize, int characterSet, long mariadbCapabilities) {

    /** Bytes of the payload. */
    public static final int LENGTH = 32;

    private static final int RESERVED_BEFORE_MARIADB = 19;

    public SslRequest(long capabilities, long maxPacketSize, int characterSet) {
        this(capabilities, maxPacketSize, characterSet, 0);
    }

    /** Reads the first {@link #LENGTH} bytes, whether or not more follow. */
    public static SslRequest decode(ByteBuf in) {
        Wire.require(in, LENGTH);
        long capabilities = in.readUnsignedIntLE();
        long maxPacketSize = in.readUnsignedIntLE();
        int characterSet = in.readUnsignedByte();
        in.skipBytes(RESERVED_BEFORE_MARIADB);
        long extended = in.readUnsignedIntLE();
        boolean mariadb = !Capabilities.has(capabilities, Capabilities.LONG_PASSWORD);
        return new SslRequest(capabilities, maxPacketSize, characterSet, mariadb ? extended : 0);
    }

    public void encode(ByteBuf out) {
        out.writeIntLE((int) capabilities).writeIntLE((int) maxPacketSize).writeByte(characterSet);
        out.writeZero(RESERVED_BEFORE_MARIADB).writeIntLE((int) mariadbCapabilities);
    }
}
