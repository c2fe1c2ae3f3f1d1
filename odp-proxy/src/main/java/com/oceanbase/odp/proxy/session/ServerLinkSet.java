package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.proxy.state.TransactionState;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server links of one session, at most one a server, and which of them the last statement used. */
final class ServerLinkSet {
    private final Map<ServerAddress, ServerLink> links = new LinkedHashMap<>(4);
    private @Nullable ServerLink current;

    /** The open link to the server, null when there is none. */
    @Nullable
    ServerLink find(ServerAddress address) {
        ServerLink link = links.get(address);
        return link != null && link.isOpen() ? link : null;
    }

    void add(ServerLink link) {
        ServerLink before = links.put(link.address(), link);
        if (before != null && before != link) {
            before.close();
        }
    }

    /** Forgets the link. Returns whether it was the current one. */
    boolean remove(ServerLink link) {
        links.remove(link.address(), link);
        if (current == link) {
            current = null;
            return true;
        }
        return false;
    }

    /** The link of the last statement, null when it is gone or none was used yet. */
    @Nullable
    ServerLink current() {
        return current;
    }

    void current(ServerLink link) {
        current = link;
    }

    /** What binds the session to its current server although no transaction is open; null when nothing does. */
    @Nullable
    PinReason pin(TransactionState transaction, SessionState session) {
        PinReason pin = transaction.pin(session);
        ServerLink link = current;
        return pin == null && link != null && link.state().isHeldByServer() ? PinReason.SERVER_LOCK : pin;
    }

    Collection<ServerLink> all() {
        return links.values();
    }

    int size() {
        return links.size();
    }

    /** Closes all links but {@code keep}. */
    void closeOthers(@Nullable ServerLink keep) {
        List<ServerLink> closing = new ArrayList<>(links.values());
        for (ServerLink link : closing) {
            if (link != keep) {
                remove(link);
                link.close();
            }
        }
    }
}
