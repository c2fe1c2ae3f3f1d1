package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a server that refuses a statement with error 5727 says that it belongs: {@code ob_client_reroute_info}.
 * Layout: obproxy ob_route_struct.h, ObProxyRerouteInfo.
 *
 * @param leader whether the named server leads the partition
 * @param table name of the table that decided, empty if the server does not say
 * @param schemaVersion its schema version, 0 if the server does not say
 */
record RerouteInfo(ServerAddress server, boolean leader, String table, long schemaVersion) {
    /** Name of the variable that carries it. */
    static final String VARIABLE = "ob_client_reroute_info";

    private static final int IPV4 = 4;
    private static final int IPV6 = 6;
    private static final int LEADER_ROLE = 1;

    /** Reads the variable's value; null when it is not understood. */
    static @Nullable RerouteInfo decode(String value) {
        try {
            return read(Wire.readLenencSlice(Unpooled.wrappedBuffer(LosslessText.encode(value))));
        } catch (MalformedPacketException | UnknownHostException | IllegalArgumentException notUnderstood) {
            return null;
        }
    }

    private static RerouteInfo read(ByteBuf in) throws UnknownHostException {
        long version = Wire.readLenencInt(in);
        byte[] ip;
        if (version == IPV4) {
            ip = ByteBuffer.allocate(4).putInt((int) Wire.readLenencInt(in)).array();
        } else if (version == IPV6) {
            // Two halves of the address as it stands in the memory of a little-endian machine.
            ByteBuffer halves = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            ip = halves.putLong(Wire.readLenencInt(in))
                    .putLong(Wire.readLenencInt(in))
                    .array();
        } else {
            throw new MalformedPacketException("address of version " + version);
        }
        int port = (int) Wire.readLenencInt(in);
        ServerAddress server = new ServerAddress(InetAddress.getByAddress(ip).getHostAddress(), port);
        boolean leader = Wire.readLenencInt(in) == LEADER_ROLE;
        Wire.readLenencInt(in);
        // An older server ends here.
        String table = in.isReadable() ? new String(Wire.readLenencBytes(in), StandardCharsets.UTF_8) : "";
        return new RerouteInfo(server, leader, table, in.isReadable() ? Wire.readLenencInt(in) : 0);
    }
}
