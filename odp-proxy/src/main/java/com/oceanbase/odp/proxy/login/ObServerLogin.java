package com.oceanbase.odp.proxy.login;

import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.auth.Scramble;
import com.oceanbase.odp.protocol.ob20.ExtraInfo;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.protocol.response.ServerDialect;
import com.oceanbase.odp.proxy.backend.ServerLogin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to an OBServer in a client's name, as a proxy does: the client's answer to the proxy's scramble goes on as it
 * is, the attributes tell the server how to check it and who is behind. Attribute names and order: obproxy
 * ob_mysql_packet_rewriter.cpp and ob_define.h.
 */
public final class ObServerLogin implements ServerLogin {
    /** OB protocol words this proxy can agree to; see {@link #serverCapabilityWord}. */
    private static final long SUPPORTED = ObCapabilities.PARTITION_TABLE
            | ObCapabilities.CHANGE_USER
            | ObCapabilities.READ_WEAK
            | ObCapabilities.CHECKSUM_SWITCH
            | ObCapabilities.EXTRA_OK_PACKET_FOR_STATISTICS
            | ObCapabilities.PL_ROUTE
            | ObCapabilities.PROXY_READ_STALE_FEEDBACK
            | ObCapabilities.SERVER_DUP_SESS_INFO_SYNC;

    /**
     * What is offered beside it with OceanBase 2.0. Variables are replayed by SET, so 13 and 16, which put them into
     * extra info, are not.
     */
    private static final long SUPPORTED_WITH_OB20 = ObCapabilities.OB_PROTOCOL_V2
            | ObCapabilities.PROXY_REROUTE
            | ObCapabilities.PROXY_NEW_EXTRA_INFO
            | ObCapabilities.FEEDBACK_PROXY;

    /** Flags that concern the client's own connection, not the one to the server. */
    private static final long NOT_TOWARDS_SERVER = Capabilities.COMPRESS
            | Capabilities.SSL
            | Capabilities.DEPRECATE_EOF
            | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA
            | Capabilities.ZSTD_COMPRESSION_ALGORITHM
            | Capabilities.CONNECT_WITH_DB;

    private final LoginContext login;
    private final Origin origin;
    private final boolean firstLogin;

    /**
     * Where the client comes from and what it is called.
     *
     * @param clientSessionId {@code cs_id}, what the client sees as its connection id
     * @param proxySessionId {@code proxy_sessid}
     * @param clientIp textual address of the client, null when servers are not to be told
     * @param clientPort port of the client
     * @param connectTimeMicros when the client was accepted, microseconds since the epoch
     * @param clusterName cluster name for the server to check, null when it is not to check
     * @param proxyVersion version text of the proxy
     * @param clientSessionIdVersion layout of {@code cs_id}, 1 or 2
     * @param ob20 servers are offered the OceanBase 2.0 protocol
     * @param service name of the service that the client logged in to; null if it named a tenant
     */
    public record Origin(
            long clientSessionId,
            long proxySessionId,
            @Nullable String clientIp,
            int clientPort,
            long connectTimeMicros,
            @Nullable String clusterName,
            String proxyVersion,
            int clientSessionIdVersion,
            boolean ob20,
            @Nullable String service) {
        /** The same client, to whom another cluster is told. */
        public Origin withCluster(@Nullable String otherCluster) {
            return new Origin(
                    clientSessionId,
                    proxySessionId,
                    clientIp,
                    clientPort,
                    connectTimeMicros,
                    otherCluster,
                    proxyVersion,
                    clientSessionIdVersion,
                    ob20,
                    service);
        }
    }

    /** @param firstLogin the login that answers the client, which chooses the database itself */
    public ObServerLogin(LoginContext login, Origin origin, boolean firstLogin) {
        this.login = login;
        this.origin = origin;
        this.firstLogin = firstLogin;
    }

    @Override
    public String user() {
        return login.account().atTenant();
    }

    @Override
    public byte[] authResponse() {
        return login.authResponse();
    }

    @Override
    public long capabilities() {
        long flags = login.capabilities() & ~NOT_TOWARDS_SERVER
                | Capabilities.PROTOCOL_41
                | Capabilities.SECURE_CONNECTION
                | Capabilities.PLUGIN_AUTH
                | Capabilities.CONNECT_ATTRS
                | Capabilities.SESSION_TRACK
                | Capabilities.TRANSACTIONS
                | Capabilities.MULTI_RESULTS
                | Capabilities.PS_MULTI_RESULTS
                | oracleModeSupport();
        return database() == null ? flags : flags | Capabilities.CONNECT_WITH_DB;
    }

    /** An OceanBase driver's own flag. MySQL has another meaning for the bit, so it is not offered to clients. */
    private long oracleModeSupport() {
        return login.isOceanBaseDriver() ? Capabilities.SUPPORT_ORACLE_MODE : 0;
    }

    @Override
    public long maxPacketSize() {
        return login.maxPacketSize();
    }

    @Override
    public int characterSet() {
        return login.characterSet();
    }

    @Override
    public @Nullable String database() {
        return firstLogin ? login.database() : null;
    }

    @Override
    public ConnectionAttributes attributes(HandshakeV10 greeting) {
        ConnectionAttributes.Builder attributes = ConnectionAttributes.builder();
        for (ConnectionAttributes.Attribute attribute : login.attributes().attributes()) {
            if (attribute.keyText().startsWith("__ob_client")) {
                attributes.add(attribute);
            }
        }
        attributes
                .add("__mysql_client_type", "__ob_proxy")
                .add("__connection_id", Long.toString(greeting.connectionId()))
                .add("__proxy_connection_id", Long.toUnsignedString(origin.proxySessionId()));
        String clusterName = origin.clusterName();
        if (clusterName != null) {
            attributes.add("__cluster_name", clusterName);
            if (login.account().clusterId() != 0) {
                attributes.add("__cluster_id", Long.toString(login.account().clusterId()));
            }
        }
        attributes
                .add("__global_vars_version", "0")
                .add("__proxy_capability_flag", Long.toString(serverCapabilityWord()));
        byte[] proxyScramble = proxyScramble(greeting);
        if (proxyScramble != null) {
            attributes.add("__proxy_scramble", proxyScramble);
        }
        String clientIp = login.attributes().text("__client_ip");
        if (clientIp == null) {
            clientIp = origin.clientIp();
        }
        if (clientIp != null) {
            attributes.add("__client_ip", clientIp);
        }
        String service = origin.service();
        if (service != null) {
            attributes.add("__proxy_service_name", service).add("__proxy_failover_mode", "on");
        }
        return attributes
                .add("__proxy_version", origin.proxyVersion())
                .add("__client_addr_port", Integer.toString(origin.clientPort()))
                .add("__client_session_id", Long.toString(origin.clientSessionId()))
                .add("__client_connect_time", Long.toString(origin.connectTimeMicros()))
                .build();
    }

    /** Tells the server which scramble the client answered: the proxy's, XORed with the server's own. */
    private byte @Nullable [] proxyScramble(HandshakeV10 greeting) {
        if (login.authResponse().length == 0 || Arrays.equals(login.scramble(), Scramble.CONSTANT)) {
            return null;
        }
        return NativePassword.xor(login.scramble(), greeting.scramble());
    }

    private long serverCapabilityWord() {
        long word = SUPPORTED;
        if ((login.capabilities() & Capabilities.LOCAL_FILES) != 0) {
            word |= ObCapabilities.LOCAL_FILES;
        }
        if (origin.clientSessionIdVersion() == 2) {
            word |= ObCapabilities.ENABLE_CLIENT_SESSION_ID_V2;
        }
        return origin.ob20() ? word | SUPPORTED_WITH_OB20 : word;
    }

    @Override
    public boolean speaksOb20(long grantedWord) {
        return origin.ob20() && ObCapabilities.has(grantedWord, ObCapabilities.OB_PROTOCOL_V2);
    }

    /** The client's address, once a session (original: ob_2_0_protocol_utils.cpp, build_client_ip). */
    @Override
    public byte @Nullable [] firstExtraInfo() {
        String clientIp = origin.clientIp();
        return firstLogin && clientIp != null ? ExtraInfo.clientAddress(clientIp) : null;
    }

    @Override
    public long serverSessionId(HandshakeV10 greeting) {
        return greeting.connectionId();
    }

    @Override
    public ServerDialect dialect() {
        return ServerDialect.OCEANBASE;
    }
}
