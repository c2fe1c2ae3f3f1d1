package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.LinkOwner;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.backend.ServerLoads;
import com.oceanbase.odp.proxy.state.BaselineCache;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** What happens to the server links of a session, and what becomes of the session then. Event loop confined. */
final class SessionLinks implements LinkOwner {
    private final ClientSession session;

    SessionLinks(ClientSession session) {
        this.session = session;
    }

    @Override
    public EventLoop eventLoop() {
        return session.client().eventLoop();
    }

    @Override
    public BaselineCache baselines() {
        return session.loop().baselines();
    }

    @Override
    public ServerLoads.Counter load(ServerAddress server) {
        return session.loop().load(server);
    }

    @Override
    public void onLinkClosed(ServerLink link, @Nullable Throwable cause) {
        PinReason bound = session.pinFor(null);
        boolean wasCurrent = session.links().remove(link);
        if (session.isClosed()) {
            return;
        }
        RequestFlow flow = session.flow();
        session.statistics().count(SessionStatistics.Counter.BROKEN_SERVER_CONNECTIONS);
        session.log().linkLost(link, cause == null ? "closed by the server" : String.valueOf(cause.getMessage()));
        if (flow.isActive() && flow.link() == link) {
            flow.failure().onLinkLost(link, cause);
        } else if (wasCurrent && bound != null) {
            session.lose(bound);
        }
    }

    @Override
    public void onLinkReadComplete(ServerLink link) {
        session.flow().touch();
        session.client().flush();
    }

    @Override
    public void onLinkWritabilityChanged(ServerLink link) {
        if (link == session.flow().link() && session.framer().isStreaming()) {
            session.intake().advance();
        }
    }
}
