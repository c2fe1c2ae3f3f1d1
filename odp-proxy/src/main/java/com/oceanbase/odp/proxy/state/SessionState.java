package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The truth about a client's session: database, system and user variables, each with the version at which it last
 * changed. Every server session has a {@link LinkState} with the version up to which it is in step; what changed later
 * is what it must be told before the next request ({@link SessionSync}).
 *
 * <p>Nothing is learnt by parsing SET: the servers report what changed in the session-state block of their OK packets.
 * Only differences from the {@linkplain VariableBaseline login} are kept. Owned by the session's event loop.
 */
public final class SessionState {
    private static final int PAIR_OVERHEAD = 96;

    private VariableBaseline baseline = VariableBaseline.EMPTY;
    private long version;
    private long databaseVersion;
    private long lastInsertIdVersion;
    private long hotVariablesVersion;
    private long systemVariablesVersion;
    private long userVariablesVersion;
    private @Nullable String database;
    private @Nullable Boolean multiStatements;
    private boolean oracleMode;
    private boolean setTransactionPending;
    private boolean temporaryTableUsed;
    private final Map<String, Versioned> systemVariables = new LinkedHashMap<>(4);
    private final Map<String, Versioned> userVariables = new LinkedHashMap<>(4);
    private long memory;

    /**
     * A value and the session version at which it was set.
     *
     * @param characterSet client character set in which a user variable was reported, null when it does not matter
     */
    record Versioned(String value, long changedAt, @Nullable String characterSet) {}

    /** The session's first login: everything later is a difference from it. */
    public void begin(VariableBaseline loginBaseline, @Nullable String loginDatabase) {
        oracleMode = false;
        baseline = loginBaseline;
        database = loginDatabase;
        multiStatements = null;
        clearVariables();
    }

    /** COM_RESET_CONNECTION: variables are as at login, the database stays. */
    public void reset() {
        clearVariables();
    }

    private void clearVariables() {
        setTransactionPending = false;
        temporaryTableUsed = false;
        systemVariables.clear();
        userVariables.clear();
        memory = 0;
        version++;
    }

    /**
     * Takes over what a server reported in an OK packet after it executed something for the client on {@code link}.
     *
     * @return whether the server says that the request missed its partition's leader
     */
    public boolean learn(LinkState link, SessionChanges changes, SystemVariableCatalog catalog) {
        boolean inStep = link.syncedVersion() == version;
        boolean missed = false;
        for (SessionChanges.Variable variable : changes.systemVariables()) {
            if (variable.name().equals(VariableRules.PARTITION_HIT)) {
                missed = !isOn(variable.value());
            } else if (variable.name().equals(VariableRules.SAFE_SNAPSHOT)) {
                link.snapshotSeen(variable.value());
            } else {
                learnSystem(variable.name(), variable.value(), catalog);
            }
        }
        for (SessionChanges.Variable variable : changes.userVariables()) {
            learnUser(variable.name(), variable.value());
        }
        String schema = changes.schema();
        if (schema != null) {
            link.database(schema.isEmpty() ? null : schema);
            database(schema.isEmpty() ? null : schema);
        }
        if (inStep) {
            link.synced(this);
        }
        return missed;
    }

    private void learnSystem(String name, String value, SystemVariableCatalog catalog) {
        switch (name) {
            case VariableRules.SET_TRANSACTION_PENDING -> setTransactionPending = isOn(value);
            case VariableRules.TEMPORARY_TABLE_USED -> temporaryTableUsed = isOn(value);
            default -> {
                if (VariableRules.isSessionState(name)
                        && (!catalog.contains(name) || catalog.isSessionWritable(name))
                        && !value.equals(systemVariable(name))) {
                    version++;
                    noteSystemVersion(name);
                    put(systemVariables, name, new Versioned(value, version, null));
                }
            }
        }
    }

    /** Sets a system variable as if the client had, whatever servers reported. */
    public void impose(String name, String value) {
        version++;
        noteSystemVersion(name);
        put(systemVariables, name, new Versioned(value, version, null));
    }

    private void noteSystemVersion(String name) {
        switch (replayGroup(name)) {
            case LAST_INSERT_ID -> lastInsertIdVersion++;
            case HOT -> hotVariablesVersion++;
            case COLD -> systemVariablesVersion++;
        }
    }

    private void learnUser(String name, String value) {
        if (VariableRules.isSessionState(name) && !value.equals(userVariable(name))) {
            version++;
            userVariablesVersion++;
            String characterSet = UserLiteral.characterSetOf(value, systemVariable("character_set_client"));
            put(userVariables, name, new Versioned(value, version, characterSet));
        }
    }

    private void put(Map<String, Versioned> variables, String name, Versioned value) {
        Versioned before = variables.put(name, value);
        memory += value.value().length()
                - (before == null
                        ? -name.length() - PAIR_OVERHEAD
                        : before.value().length());
    }

    /** Servers send words or numbers for flags. */
    private static boolean isOn(String value) {
        return value.equals("1") || value.equalsIgnoreCase("ON");
    }

    /** Current value of a system variable as the servers print it, null when none was reported. */
    public @Nullable String systemVariable(String name) {
        Versioned changed = systemVariables.get(name);
        return changed != null ? changed.value() : baseline.systemVariable(name);
    }

    /** Current value of a user variable as an SQL literal, null when it was never set. */
    public @Nullable String userVariable(String name) {
        Versioned changed = userVariables.get(name);
        return changed != null ? changed.value() : baseline.userVariable(name);
    }

    /** A system variable as a number, or {@code fallback} when it is unknown or no number. */
    public long numericVariable(String name, long fallback) {
        String value = systemVariable(name);
        if (value == null || value.isEmpty()) {
            return fallback;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            return fallback;
        }
    }

    /** Whether the tenant is in Oracle mode. */
    public boolean isOracleMode() {
        return oracleMode;
    }

    /** Servers say it at login. */
    public void oracleMode(boolean oracle) {
        oracleMode = oracle;
    }

    /** Whether a backslash in a string begins an escape. */
    public boolean hasBackslashEscapes() {
        return !oracleMode && !sqlModeWords().contains("NO_BACKSLASH_ESCAPES");
    }

    /** Whether double quotes enclose names. */
    public boolean hasAnsiQuotes() {
        return sqlModeWords().contains("ANSI");
    }

    /** Whether {@code ||} concatenates. */
    public boolean hasPipesAsConcat() {
        String words = sqlModeWords();
        return words.contains("PIPES_AS_CONCAT") || (words.contains("ANSI") && !words.contains("ANSI_QUOTES"));
    }

    /** The words of {@code sql_mode} in upper case, however the servers report it; empty when it is unknown. */
    public String sqlModeWords() {
        Versioned changed = systemVariables.get(SqlModeText.VARIABLE);
        return changed == null ? baseline.sqlModeWords() : SqlModeText.words(changed.value());
    }

    /** Whether statements commit by themselves. */
    public boolean isAutocommit() {
        String value = systemVariable("autocommit");
        return value == null || isOn(value);
    }

    /** Whether SET TRANSACTION waits for the next transaction, which must then run on the same server. */
    public boolean isSetTransactionPending() {
        return setTransactionPending;
    }

    /** Whether a server reported that the session uses temporary tables. */
    public boolean isTemporaryTableUsed() {
        return temporaryTableUsed;
    }

    /** Current database, null for none. */
    public @Nullable String database() {
        return database;
    }

    /** Current database, empty for none. */
    public String databaseOrEmpty() {
        return database == null ? "" : database;
    }

    /** The current database is now {@code name}. */
    public void database(@Nullable String name) {
        if (!Objects.equals(name, database)) {
            database = name;
            databaseVersion++;
        }
    }

    /**
     * Whether COM_SET_OPTION allowed several statements in one text; null when it was not used, so that the login
     * decides, as each server understands it.
     */
    public @Nullable Boolean multiStatements() {
        return multiStatements;
    }

    /** COM_SET_OPTION was executed. */
    public void multiStatements(boolean on) {
        multiStatements = on;
    }

    public VariableBaseline baseline() {
        return baseline;
    }

    /** The order in which changed variables are replayed has three groups. */
    public enum ReplayGroup {
        COLD,
        HOT,
        LAST_INSERT_ID
    }

    /** The group in which a system variable is replayed. */
    public static ReplayGroup replayGroup(String name) {
        if (name.equals(VariableRules.LAST_INSERT_ID)) {
            return ReplayGroup.LAST_INSERT_ID;
        }
        return VariableRules.isHot(name) ? ReplayGroup.HOT : ReplayGroup.COLD;
    }

    /** Names and values of the system variables that a server reported at login. */
    public void forEachBaselineVariable(BiConsumer<String, String> action) {
        baseline.systemVariables().forEach(action);
    }

    /** Changed system variables with their values. */
    public void forEachSystemVariable(BiConsumer<String, String> action) {
        systemVariables.forEach((name, entry) -> action.accept(name, entry.value()));
    }

    /** User variables with their values as SQL literals. */
    public void forEachUserVariable(BiConsumer<String, String> action) {
        userVariables.forEach((name, entry) -> action.accept(name, entry.value()));
    }

    /** Bytes that the changed variables take, roughly. */
    public long memory() {
        return memory;
    }

    /** The counters that the product shows for a session. */
    public record Versions(
            long database, long hotVariables, long systemVariables, long userVariables, long lastInsertId) {
        /** Nothing has changed yet. */
        public static final Versions NONE = new Versions(0, 0, 0, 0, 0);
    }

    /** Whether these are the present versions of the variables. */
    boolean sameVariables(Versions versions) {
        return versions.hotVariables() == hotVariablesVersion
                && versions.systemVariables() == systemVariablesVersion
                && versions.userVariables() == userVariablesVersion
                && versions.lastInsertId() == lastInsertIdVersion;
    }

    public Versions versions() {
        return new Versions(
                databaseVersion,
                hotVariablesVersion,
                systemVariablesVersion,
                userVariablesVersion,
                lastInsertIdVersion);
    }

    /** Differs after every change of a variable. */
    public long version() {
        return version;
    }

    Map<String, Versioned> changedSystemVariables() {
        return systemVariables;
    }

    Map<String, Versioned> changedUserVariables() {
        return userVariables;
    }
}
