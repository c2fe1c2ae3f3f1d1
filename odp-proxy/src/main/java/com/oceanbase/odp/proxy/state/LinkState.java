package com.oceanbase.odp.proxy.state;

import io.netty.util.collection.LongCollections;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one server session has of its client's {@link SessionState}: the copy's versions. Owned by the event loop of the
 * session.
 */
public final class LinkState {
    /** The link has seen nothing of the session's variables yet. */
    static final long NEVER = -1;

    /** Until the first statement: most sessions have none. */
    private static final LongObjectMap<ServerStatement> NO_STATEMENTS = LongCollections.emptyMap();

    private static final Pattern SNAPSHOT = Pattern.compile("[0-9]{1,18}");

    private final VariableBaseline baseline;
    private long syncedVersion = NEVER;
    private SessionState.Versions syncedVariables = SessionState.Versions.NONE;
    private @Nullable String database;
    private @Nullable Boolean multiStatements;
    private boolean heldByServer;
    private boolean oracleMode;
    private boolean readsWeakly;
    private @Nullable String consistencyThen;
    private long snapshotSeen;
    private long snapshotTold;
    private LongObjectMap<ServerStatement> statements = NO_STATEMENTS;

    private final Map<String, Long> textStatements = new HashMap<>(2);

    /**
     * @param baseline variables as the server reported them at login
     * @param database database that the login chose, null for none
     */
    public LinkState(VariableBaseline baseline, @Nullable String database) {
        this.baseline = baseline;
        this.database = database;
    }

    /** A prepared statement on this server. */
    public static final class ServerStatement {
        private final long serverId;
        private long typesVersion;
        private boolean cursorOpen;

        ServerStatement(long serverId) {
            this.serverId = serverId;
        }

        /** The server's id of the statement. */
        public long serverId() {
            return serverId;
        }

        /** Version of the parameter types that this server was sent last; 0 for none. */
        public long typesVersion() {
            return typesVersion;
        }

        public void typesVersion(long version) {
            this.typesVersion = version;
        }

        /** Whether a cursor of the statement is open on this server. */
        public boolean isCursorOpen() {
            return cursorOpen;
        }

        public void cursorOpen(boolean open) {
            this.cursorOpen = open;
        }
    }

    public VariableBaseline baseline() {
        return baseline;
    }

    long syncedVersion() {
        return syncedVersion;
    }

    /** The link has all that the session has. */
    void synced(SessionState session) {
        syncedVersion = session.version();
        if (!session.sameVariables(syncedVariables)) {
            syncedVariables = session.versions();
        }
    }

    /** Versions of the session's state that the server has. */
    public SessionState.Versions versions(SessionState session) {
        boolean sameDatabase = Objects.equals(database, session.database());
        SessionState.Versions known = syncedVersion == session.version() ? session.versions() : syncedVariables;
        return new SessionState.Versions(
                sameDatabase ? session.versions().database() : syncedVariables.database(),
                known.hotVariables(),
                known.systemVariables(),
                known.userVariables(),
                known.lastInsertId());
    }

    /** The server says whether it holds something for the session, which must stay with it then. */
    public void heldByServer(boolean held) {
        heldByServer = held;
    }

    public boolean isHeldByServer() {
        return heldByServer;
    }

    /** Current database of the server session, null for none. */
    public @Nullable String database() {
        return database;
    }

    public void database(@Nullable String name) {
        this.database = name;
    }

    /** What COM_SET_OPTION chose on this server, null when it was not executed there. */
    public @Nullable Boolean multiStatements() {
        return multiStatements;
    }

    public void multiStatements(@Nullable Boolean on) {
        this.multiStatements = on;
    }

    /** Whether the server said at login that the tenant is in Oracle mode. */
    public boolean isOracleMode() {
        return oracleMode;
    }

    public void oracleMode(boolean oracle) {
        oracleMode = oracle;
    }

    /** Whether the server session reads weakly although the client's session does not. */
    public boolean readsWeakly() {
        return readsWeakly;
    }

    /** {@code ob_read_consistency} of the client's session when the server session was made to read weakly. */
    @Nullable
    String consistencyThen() {
        return consistencyThen;
    }

    void readsWeakly(boolean weakly, @Nullable String consistency) {
        readsWeakly = weakly;
        consistencyThen = consistency;
    }

    /** The server told how new the data of its last weak read were. */
    void snapshotSeen(String text) {
        if (SNAPSHOT.matcher(text).matches()) {
            snapshotSeen = Long.parseLong(text);
        }
    }

    /** What the server told last, and has not been taken before; 0 if there is nothing. */
    public long takeSnapshot() {
        long seen = snapshotSeen;
        snapshotSeen = 0;
        return seen;
    }

    /** How new the data of weak reads must be by what the server was told last. */
    public long snapshotTold() {
        return snapshotTold;
    }

    /** The server has been told. */
    public void snapshotTold(long snapshot) {
        snapshotTold = snapshot;
    }

    /** The statement with this client id as this server knows it, null when it was not prepared here. */
    public @Nullable ServerStatement statement(long clientId) {
        return statements.get(clientId);
    }

    /** Notes that this server prepared the statement. */
    public ServerStatement prepared(long clientId, long serverId) {
        ServerStatement statement = new ServerStatement(serverId);
        if (statements == NO_STATEMENTS) {
            statements = new LongObjectHashMap<>();
        }
        statements.put(clientId, statement);
        return statement;
    }

    /** Forgets the statement. Returns what the server knew of it, null when nothing. */
    public @Nullable ServerStatement forget(long clientId) {
        return statements.remove(clientId);
    }

    /** Version of the text statement that this server prepared under the name; 0 when none. */
    public long textStatement(String name) {
        return textStatements.getOrDefault(name, 0L);
    }

    public void textStatement(String name, long version) {
        textStatements.put(name, version);
    }

    public void forgetText(String name) {
        textStatements.remove(name);
    }

    /** The server session was reset: it holds nothing but its login's state and its database. */
    public void reset() {
        syncedVersion = NEVER;
        syncedVariables = SessionState.Versions.NONE;
        readsWeakly(false, null);
        statements = NO_STATEMENTS;
        textStatements.clear();
    }
}
