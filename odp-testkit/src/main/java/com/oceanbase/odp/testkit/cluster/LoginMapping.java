package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.ChangeUser;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes.Attribute;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.ObCapabilities;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * What a node changes in a login on its way to the kernel: further tenant names become {@code sys}, and capability bits
 * for framings that the node does not speak are taken out, so that the kernel never grants them.
 */
final class LoginMapping {

    private static final String CAPABILITY_FLAG = "__proxy_capability_flag";
    private static final String CLUSTER_NAME = "__cluster_name";
    private static final String REAL_TENANT = "sys";

    /**
     * Framings which the nodes do not speak: OB 1.0 and the compression of 2.0. When the nodes learn a framing, its bit
     * leaves this mask.
     */
    private static final long NOT_SPOKEN = ObCapabilities.CHECKSUM | ObCapabilities.OB_PROTOCOL_V2_COMPRESS;

    private final List<String> tenants;
    private final String cluster;
    private final String kernelCluster;

    LoginMapping(List<String> tenants, String cluster, String kernelCluster) {
        this.tenants = tenants;
        this.cluster = cluster;
        this.kernelCluster = kernelCluster;
    }

    /** The login for the kernel. */
    HandshakeResponse41 map(HandshakeResponse41 login) {
        return new HandshakeResponse41(
                login.capabilities(),
                login.maxPacketSize(),
                login.characterSet(),
                login.mariadbCapabilities(),
                user(login.user()),
                login.authResponse(),
                login.database(),
                login.authPlugin(),
                attributes(login.attributes()),
                login.zstdLevel());
    }

    /** The change of user for the kernel. */
    ChangeUser map(ChangeUser change) {
        return new ChangeUser(
                user(change.user()),
                change.authResponse(),
                change.database(),
                change.characterSet(),
                change.authPlugin(),
                attributes(change.attributes()));
    }

    static byte[] encode(HandshakeResponse41 login) {
        ByteBuf out = Unpooled.buffer();
        login.encode(out);
        return bytes(out);
    }

    static byte[] encode(ChangeUser change, long capabilities) {
        ByteBuf out = Unpooled.buffer();
        change.encode(out, capabilities);
        return bytes(out);
    }

    String user(String user) {
        int at = user.lastIndexOf('@');
        if (at < 0) {
            return user;
        }
        String tenant = user.substring(at + 1);
        return tenants.contains(tenant) ? user.substring(0, at + 1) + REAL_TENANT : user;
    }

    private ConnectionAttributes attributes(ConnectionAttributes attributes) {
        if (attributes.text(CAPABILITY_FLAG) == null && attributes.text(CLUSTER_NAME) == null) {
            return attributes;
        }
        ConnectionAttributes.Builder builder = ConnectionAttributes.builder();
        for (Attribute attribute : attributes.attributes()) {
            switch (attribute.keyText()) {
                case CAPABILITY_FLAG -> builder.add(CAPABILITY_FLAG, mask(attribute.valueText()));
                case CLUSTER_NAME -> builder.add(CLUSTER_NAME, kernelName(attribute.valueText()));
                default -> builder.add(attribute);
            }
        }
        return builder.build();
    }

    /** The kernel refuses all names but its own: this cluster's becomes it, and its own is none of this cluster. */
    private String kernelName(String name) {
        if (cluster.equals(kernelCluster)) {
            return name;
        }
        if (name.equals(cluster)) {
            return kernelCluster;
        }
        return name.equals(kernelCluster) ? "not " + name : name;
    }

    private static String mask(String flag) {
        try {
            return Long.toUnsignedString(Long.parseUnsignedLong(flag) & ~NOT_SPOKEN);
        } catch (NumberFormatException notOurs) {
            return flag;
        }
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
