package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be told about a session at one moment, for other threads to look at. Taken on the session's event loop.
 *
 * @param id connection id ({@code cs_id})
 * @param proxySessionId {@code proxy_sessid}
 * @param account who logged in, null before the login
 * @param client the client's address
 * @param database current database, null for none
 * @param usingTls whether the client's connection is encrypted
 * @param busy whether a request is being answered
 * @param transactions ended transactions
 * @param threadId Java's number of the session's event loop thread
 * @param versions how often the parts of the session's state changed
 * @param links its server links
 */
public record SessionSnapshot(
        long id,
        long proxySessionId,
        @Nullable AccountName account,
        InetSocketAddress client,
        @Nullable String database,
        boolean usingTls,
        boolean busy,
        long transactions,
        long threadId,
        SessionState.Versions versions,
        List<Link> links) {

    /** What a server link is to its session. */
    public enum Use {
        /** A request is on its way there. */
        CURRENT,
        /** The last request went there. */
        LAST,
        /** Kept for later. */
        POOLED
    }

    /**
     * One server link.
     *
     * @param address the server
     * @param serverSessionId the server's number of the session
     * @param id the proxy's number of the link ({@code ss_id})
     * @param use what it is to the session
     * @param requests requests that were sent on it
     * @param inTransaction whether the session's transaction is open there
     * @param versions versions of the session's state that the server has
     * @param capabilityFlag the server's own OceanBase capability word, 0 when it has none
     */
    public record Link(
            ServerAddress address,
            long serverSessionId,
            long id,
            Use use,
            long requests,
            boolean inTransaction,
            SessionState.Versions versions,
            long capabilityFlag) {}

    /** Looks at the session; on its event loop only. */
    public static SessionSnapshot of(ClientSession session) {
        List<Link> links = new ArrayList<>();
        for (ServerLink link : session.links().all()) {
            links.add(link(session, link));
        }
        return new SessionSnapshot(
                session.id(),
                session.proxySessionId(),
                session.isLoggedIn() ? session.login().account() : null,
                session.client().remoteAddress(),
                session.state().database(),
                session.client().channel().pipeline().get(SslHandler.class) != null,
                session.intake().isBusy(),
                session.statistics().transactions(),
                Thread.currentThread().threadId(),
                session.state().versions(),
                List.copyOf(links));
    }

    private static Link link(ClientSession session, ServerLink link) {
        boolean last = session.links().current() == link;
        Use use = session.flow().link() == link ? Use.CURRENT : last ? Use.LAST : Use.POOLED;
        return new Link(
                link.address(),
                link.serverSessionId(),
                link.id(),
                use,
                link.requests(),
                last && session.transaction().isInTransaction(),
                link.state().versions(session.state()),
                link.state().baseline().capabilityFlag());
    }

    /** Whether one of the session's links has this number at its server. */
    public static boolean holdsServerSession(ClientSession session, long serverSessionId) {
        for (ServerLink link : session.links().all()) {
            if (link.serverSessionId() == serverSessionId) {
                return true;
            }
        }
        return false;
    }
}
