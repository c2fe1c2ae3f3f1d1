package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.response.ServerDialect;
import org.jspecify.annotations.Nullable;

/**
 * What a client session presents to a server. Made once by the session; used for each of its server links.
 *
 * <p>Only {@link #attributes} depends on the server, which greets with its own scramble and session id.
 */
public interface ServerLogin {
    /** User name as the server gets it, {@code user@tenant}. */
    String user();

    /** The client's answer to the proxy's scramble, passed on as it is. */
    byte[] authResponse();

    /** Capability flags of the login packet. */
    long capabilities();

    long maxPacketSize();

    int characterSet();

    /** Database to choose at login, null for none. */
    @Nullable
    String database();

    /** Connection attributes for the server that greeted so. */
    ConnectionAttributes attributes(HandshakeV10 greeting);

    /** The session's number on the server that greeted so, as it will be known to KILL there. */
    long serverSessionId(HandshakeV10 greeting);

    /** How a server that answers this login ends its responses. */
    ServerDialect dialect();

    /** Whether OceanBase 2.0 is spoken behind the login with a server that granted this capability word. */
    boolean speaksOb20(long grantedWord);

    /** Extra info for the first request over OceanBase 2.0, null for none. */
    byte @Nullable [] firstExtraInfo();
}
