package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.topology.ServerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What operators read about a session: one line an event, with the session's ids, the cause and what to do. */
public final class SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger("odp.session");

    private final ClientSession session;

    SessionLog(ClientSession session) {
        this.session = session;
    }

    private LoggingEventBuilder at(Level level) {
        return LOG.atLevel(level)
                .addKeyValue("cs_id", session.id())
                .addKeyValue("proxy_sessid", Long.toUnsignedString(session.proxySessionId()))
                .addKeyValue("client", session.client().channel().remoteAddress())
                .addKeyValue("account", session.accountName());
    }

    void loggedIn(ServerLink link) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG).addKeyValue("server", link.address()).log("client logged in");
        }
    }

    /** The login did not succeed. */
    public void loginFailed(ErrPacket error) {
        at(Level.INFO)
                .addKeyValue("errno", error.errno())
                .addKeyValue("error", error.message())
                .log("login refused");
    }

    void connectFailed(ServerAddress address, Throwable cause) {
        at(Level.WARN)
                .addKeyValue("server", address)
                .addKeyValue("cause", String.valueOf(cause.getMessage()))
                .log("no connection to the server: another one is tried; see whether it is up and reachable");
    }

    void linkLost(ServerLink link, String cause) {
        at(Level.INFO)
                .addKeyValue("ss_id", link.id())
                .addKeyValue("server_sessid", link.serverSessionId())
                .addKeyValue("server", link.address())
                .addKeyValue("cause", cause)
                .log("server link lost");
    }

    void replayFailed(ServerLink link, LinkSynchronizer.Failure failure) {
        at(Level.WARN)
                .addKeyValue("ss_id", link.id())
                .addKeyValue("server", link.address())
                .addKeyValue("replay", failure.kind().text())
                .addKeyValue("errno", failure.error().errno())
                .addKeyValue("error", failure.error().message())
                .log("the server refused the session's state");
    }

    /** Also for the diagnosis of the request's route. */
    void requestFailed(RequestKind kind, ErrPacket error) {
        session.diagnosis().requestFailed(error);
        at(Level.WARN)
                .addKeyValue("command", kind.code())
                .addKeyValue("errno", error.errno())
                .addKeyValue("error", error.message())
                .log("request failed in the proxy");
    }

    void brokenOff(ErrPacket error) {
        at(Level.WARN)
                .addKeyValue("errno", error.errno())
                .addKeyValue("error", error.message())
                .log("client disconnected by the proxy");
    }

    void unexpected(RuntimeException fault) {
        at(Level.ERROR).setCause(fault).log("unexpected error: please report it with this trace; the session ends");
    }

    void clientGone(String phase) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG).addKeyValue("phase", phase).log("client gone");
        }
    }
}
