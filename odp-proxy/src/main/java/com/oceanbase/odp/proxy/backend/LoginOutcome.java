package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import io.netty.buffer.ByteBuf;

/** How an attempt to open a server link ended. */
public sealed interface LoginOutcome {
    /**
     * The link is ready.
     *
     * @param ok payload of the server's OK; valid during the call only
     */
    record LoggedIn(ServerLink link, ByteBuf ok) implements LoginOutcome {}

    /** The server refused the login. */
    record Refused(ErrPacket error) implements LoginOutcome {}

    /** The server could not be reached, went away, was too slow, or speaks something else. */
    record Failed(Throwable cause) implements LoginOutcome {}
}
