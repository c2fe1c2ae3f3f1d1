package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.topology.ServerAddress;

/**
 * Where a request goes that its server refused without executing anything. Event loop confined; one instance a session.
 */
final class Repetition {
    private final ClientSession session;
    private final RequestFlow flow;
    private final LinkFinder finder;
    private final Rerouting rerouting;
    private final LinkSynchronizer synchronizer;

    Repetition(
            ClientSession session,
            RequestFlow flow,
            LinkFinder finder,
            Rerouting rerouting,
            LinkSynchronizer synchronizer) {
        this.session = session;
        this.flow = flow;
        this.finder = finder;
        this.rerouting = rerouting;
        this.synchronizer = synchronizer;
    }

    /** Another server may take the request. */
    void elsewhere(ServerLink refused, ErrPacket error) {
        leave(refused);
        flow.onServerFailed(refused.address(), error);
    }

    /** The same; the server may have named the other one. */
    void whereNamed(ServerLink refused, ErrPacket error) {
        if (rerouting.movesTenant(error.errno())) {
            leave(refused);
            flow.beginAttempt();
            rerouting.moveTenant(flow, error);
            return;
        }
        ServerAddress named = rerouting.take(finder.followed());
        if (named == null || named.equals(refused.address()) || finder.isExcluded(named)) {
            elsewhere(refused, error);
        } else {
            leave(refused);
            session.diagnosis().rerouted(refused.address(), named, error);
            flow.beginAttempt();
            finder.follow(named);
        }
    }

    private void leave(ServerLink refused) {
        if (synchronizer.sentBegin()) {
            session.dropLink(refused);
            flow.withdraw();
        }
    }
}
