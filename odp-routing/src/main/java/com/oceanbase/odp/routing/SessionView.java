package com.oceanbase.odp.routing;

import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/** What of a client's session decides where a request goes. Read on the session's event loop only; nothing here allocates. */
public interface SessionView {
    /** Nobody is logged in yet. */
    SessionView LOGIN = new SessionView() {
        @Override
        public String database() {
            return "";
        }

        @Override
        public SessionPreferences preferences() {
            return SessionPreferences.DEFAULT;
        }

        @Override
        public SessionValues values() {
            return SessionValues.MYSQL;
        }

        @Override
        public TransactionPhase transaction() {
            return TransactionPhase.NONE;
        }

        @Override
        public boolean isAutocommit() {
            return true;
        }

        @Override
        public @Nullable ServerAddress lastServer() {
            return null;
        }
    };

    /** How far a transaction of the session is. */
    enum TransactionPhase {
        /** None. */
        NONE,
        /** BEGIN, START TRANSACTION or XA START was answered by the proxy; this request is the first of the transaction. */
        ANNOUNCED,
        /** Open on a server; the request may leave it nevertheless. */
        OPEN
    }

    /** Current database, empty if none. */
    String database();

    /** What the session's variables ask for; the same object as long as they do not change. */
    SessionPreferences preferences();

    /** What decides how values are computed; the same object as long as it does not change. */
    SessionValues values();

    TransactionPhase transaction();

    /** Whether a statement outside a transaction commits by itself. */
    boolean isAutocommit();

    /** Server that the session used last, null before the first. */
    @Nullable
    ServerAddress lastServer();
}
