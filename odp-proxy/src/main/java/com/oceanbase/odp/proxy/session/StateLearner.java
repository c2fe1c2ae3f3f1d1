package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.proxy.backend.ServerLink;

/** Takes over into a session's state what servers tell of it. Event loop confined; one instance a session. */
final class StateLearner {
    private final ClientSession session;

    StateLearner(ClientSession session) {
        this.session = session;
    }

    /** A server told what a request changed. */
    void learn(ServerLink link, SessionChanges changes) {
        boolean missed = session.state().learn(link.state(), changes, session.variableCatalog());
        session.flow().learned(link, missed);
        if (session.state().database() == null && changes.schema() != null) {
            session.links().closeOthers(link);
        }
    }

    /** COM_RESET_CONNECTION succeeded on {@code link}. */
    void resetKeeping(ServerLink link) {
        session.links().closeOthers(link);
        session.state().reset();
        session.imposed().forget();
        session.statements().clear();
        session.transaction().reset();
        session.forgetLost();
        link.state().reset();
    }

    /** The current database does not exist any more: the session has none, and so must its links. */
    void databaseGone(ServerLink noticedOn) {
        session.state().database(null);
        session.links().closeOthers(null);
        noticedOn.close();
    }
}
