package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.proxy.state.TransactionState;
import com.oceanbase.odp.routing.SessionPreferences;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/** The session as the router sees it. Event loop confined. */
final class SessionRouting implements SessionView {
    private final ClientSession session;
    private SessionPreferences preferences = SessionPreferences.DEFAULT;
    private long readVersion = -1;

    SessionRouting(ClientSession session) {
        this.session = session;
    }

    @Override
    public String database() {
        return session.state().databaseOrEmpty();
    }

    @Override
    public SessionPreferences preferences() {
        SessionState state = session.state();
        if (readVersion != state.version()) {
            readVersion = state.version();
            SessionPreferences own = SessionPreferences.of(state::systemVariable, state::userVariable);
            // Sessions that have set nothing share what they have.
            preferences = own.equals(SessionPreferences.DEFAULT) ? SessionPreferences.DEFAULT : own;
        }
        return preferences;
    }

    @Override
    public SessionValues values() {
        return session.reader().values();
    }

    @Override
    public TransactionPhase transaction() {
        TransactionState transaction = session.transaction();
        if (transaction.isInTransaction()) {
            return TransactionPhase.OPEN;
        }
        return transaction.isOpenForClient() ? TransactionPhase.ANNOUNCED : TransactionPhase.NONE;
    }

    @Override
    public boolean isAutocommit() {
        return session.state().isAutocommit();
    }

    @Override
    public @Nullable ServerAddress lastServer() {
        ServerLink current = session.links().current();
        return current == null ? null : current.address();
    }
}
