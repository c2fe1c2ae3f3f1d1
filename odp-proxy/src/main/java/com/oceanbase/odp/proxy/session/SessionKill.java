package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends a session, one of its links or its statement because somebody asked for it. All on the session's event loop. */
public final class SessionKill {
    private SessionKill() {}

    /** The session ends itself: it is told so in a packet with this number, then its connection closes. */
    public static void self(ClientSession session, int sequence) {
        session.breakOff(new BreakOff(ErrPacket.of(ErrorCode.QUERY_INTERRUPTED), true), sequence);
    }

    /**
     * Closes the link with this number as if its server had closed it.
     *
     * @return whether the session has such a link
     */
    public static boolean link(ClientSession session, long linkId) {
        for (ServerLink link : session.links().all()) {
            if (link.id() == linkId) {
                link.fail(new IOException("killed"));
                return true;
            }
        }
        return false;
    }

    /**
     * Stops the statement that a server is executing for the session, if there is one; the session goes on.
     *
     * @param done gets null when the server was told, or there was nothing to stop; else what went wrong
     */
    public static void statement(ClientSession session, Consumer<@Nullable ErrPacket> done) {
        if (session.isPassThrough()) {
            done.accept(ErrPacket.of(ErrorCode.NOT_SUPPORTED));
        } else {
            new StatementKill(session, done).start();
        }
    }
}
