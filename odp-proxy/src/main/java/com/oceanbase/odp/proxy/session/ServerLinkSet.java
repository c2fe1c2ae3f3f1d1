package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.proxy.state.TransactionState;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server links of one session, at most one a server, and which of them the last statement used. */
final class ServerLinkSet {
    /** A handful at most. */
    private final List<ServerLink> links = new ArrayList<>(2);

    private @Nullable ServerLink current;

    /** The open link to the server, null when there is none. */
    @Nullable
    ServerLink find(ServerAddress address) {
        ServerLink last = current;
        if (last != null && last.address().equals(address) && last.isOpen()) {
            return last;
        }
        int index = indexOf(address);
        return index >= 0 && links.get(index).isOpen() ? links.get(index) : null;
    }

    private int indexOf(ServerAddress address) {
        for (int index = 0; index < links.size(); index++) {
            if (links.get(index).address().equals(address)) {
                return index;
            }
        }
        return -1;
    }

    void add(ServerLink link) {
        int index = indexOf(link.address());
        if (index < 0) {
            links.add(link);
            return;
        }
        ServerLink before = links.set(index, link);
        if (before != link) {
            before.close();
        }
    }

    /** Forgets the link. Returns whether it was the current one. */
    boolean remove(ServerLink link) {
        links.remove(link);
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
        return links;
    }

    int size() {
        return links.size();
    }

    /** Closes all links but {@code keep}. */
    void closeOthers(@Nullable ServerLink keep) {
        List<ServerLink> closing = List.copyOf(links);
        for (ServerLink link : closing) {
            if (link != keep) {
                remove(link);
                link.close();
            }
        }
    }
}
