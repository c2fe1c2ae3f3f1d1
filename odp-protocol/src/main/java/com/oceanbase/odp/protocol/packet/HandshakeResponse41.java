package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The login of a client (MySQL: Protocol::HandshakeResponse41). Failures of decoding carry error 1043.
 *
 * @param capabilities bits of {@link Capabilities}; they decide which fields are on the wire
 * @param mariadbCapabilities MariaDB's extended bits, in the reserved bytes of clients without LONG_PASSWORD; else 0
 * @param database null unless CONNECT_WITH_DB
 * @param authPlugin null unless PLUGIN_AUTH
 * @param zstdLevel compression level, 0 unless ZSTD_COMPRESSION_ALGORITHM
 */
public record HandshakeResponse41(
        long capabilities,
        long maxPacketSize,
        int characterSet,
        long mariadbCapabilities,
        String user,
        byte[] authResponse,
        @Nullable String database,
        @Nullable String authPlugin,
        ConnectionAttributes attributes,
        int zstdLevel) {

    /** A login without MariaDB's extended bits. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    public HandshakeResponse41(
            long capabilities,
            long maxPacketSize,
            int characterSet,
            String user,
            byte[] authResponse,
            @Nullable String database,
            @Nullable String authPlugin,
            ConnectionAttributes attributes,
            int zstdLevel) {
        this(
                capabilities,
                maxPacketSize,
                characterSet,
                0,
                user,
                authResponse,
                database,
                authPlugin,
                attributes,
                zstdLevel);
    }

    public static HandshakeResponse41 decode(ByteBuf in) {
        try {
            return decodeFields(in);
        } catch (MalformedPacketException malformed) {
            throw malformed.as(ErrorCode.BAD_HANDSHAKE);
        }
    }

    private static HandshakeResponse41 decodeFields(ByteBuf in) {
        SslRequest head = SslRequest.decode(in);
        long capabilities = head.capabilities();
        String user = Wire.readNulText(in);
        byte[] authResponse = readAuthResponse(in, capabilities);
        String database = null;
        boolean perhapsConnectorJ = false;
        if (Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB)) {
            database = Wire.readNulOrRestText(in);
        } else {
            // Connector/J writes an empty database without the flag (MySQL bug 79612), which shifts what follows.
            perhapsConnectorJ = in.isReadable() && in.getByte(in.readerIndex()) == 0;
        }
        String plugin = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) ? Wire.readNulOrRestText(in) : null;
        ConnectionAttributes attributes = ConnectionAttributes.NONE;
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)) {
            attributes = perhapsConnectorJ ? ConnectionAttributes.decodeLeniently(in) : ConnectionAttributes.decode(in);
        }
        boolean zstd = Capabilities.has(capabilities, Capabilities.ZSTD_COMPRESSION_ALGORITHM);
        int zstdLevel = zstd && in.isReadable() ? Wire.readInt1(in) : 0;
        return new HandshakeResponse41(
                capabilities,
                head.maxPacketSize(),
                head.characterSet(),
                head.mariadbCapabilities(),
                user,
                authResponse,
                database,
                plugin,
                attributes,
                zstdLevel);
    }

    private static byte[] readAuthResponse(ByteBuf in, long capabilities) {
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            return Wire.readLenencBytes(in);
        }
        if (Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)) {
            return Wire.readBytes(in, Wire.readInt1(in));
        }
        return Wire.readNulOrRestBytes(in);
    }

    public void encode(ByteBuf out) {
        sslRequest().encode(out);
        Wire.writeNulText(out, user);
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            Wire.writeLenencBytes(out, authResponse);
        } else if (Capabilities.has(capabilities, Capabilities.SECURE_CONNECTION)) {
            out.writeByte(authResponse.length).writeBytes(authResponse);
        } else {
            out.writeBytes(authResponse).writeByte(0);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB)) {
            Wire.writeNulText(out, database == null ? "" : database);
        }
        if (Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            Wire.writeNulText(out, authPlugin == null ? "" : authPlugin);
        }
        if (Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS)) {
            attributes.encode(out);
        }
        if (Capabilities.has(capabilities, Capabilities.ZSTD_COMPRESSION_ALGORITHM)) {
            out.writeByte(zstdLevel);
        }
    }

    /** The first 32 bytes of this login, which ask for TLS when the capability SSL is among them. */
    public SslRequest sslRequest() {
        return new SslRequest(capabilities, maxPacketSize, characterSet, mariadbCapabilities);
    }

    /** Whether a payload asks for TLS: the capability SSL is set and nothing follows the first 32 bytes. */
    public static boolean isSslRequest(ByteBuf payload) {
        return payload.readableBytes() == SslRequest.LENGTH
                && Capabilities.has(payload.getUnsignedIntLE(payload.readerIndex()), Capabilities.SSL);
    }
}
