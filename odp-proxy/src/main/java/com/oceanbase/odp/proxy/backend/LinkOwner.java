package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.proxy.state.BaselineCache;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** The session that a server link works for. All calls come on its event loop. */
public interface LinkOwner {
    /** Where all its links live. */
    EventLoop eventLoop();

    /** Login states that the sessions of the event loop share. */
    BaselineCache baselines();

    /** Counts the answers that links to this server await on the event loop. */
    ServerLoads.Counter load(ServerAddress server);

    /** The link is gone, whoever closed it. Comes once a link, not after {@link ServerLink#close()} by the owner. */
    void onLinkClosed(ServerLink link, @Nullable Throwable cause);

    /** All that was received at once has been dealt out: the moment to flush the client. */
    void onLinkReadComplete(ServerLink link);

    /** The link's output may be filled again, or must not. */
    void onLinkWritabilityChanged(ServerLink link);
}
