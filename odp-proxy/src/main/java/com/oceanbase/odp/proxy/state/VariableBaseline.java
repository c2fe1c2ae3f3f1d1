package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a server session right after its login, as the server reported them in the login OK. Immutable and
 * shared by all sessions that found the same values.
 */
public final class VariableBaseline {
    /** A server that reports nothing at login, as plain MySQL does. */
    public static final VariableBaseline EMPTY = new VariableBaseline(Map.of(), Map.of());

    private final Map<String, String> systemVariables;
    private final Map<String, String> userVariables;
    private final long capabilityFlag;
    private final String sqlModeWords;

    private VariableBaseline(Map<String, String> systemVariables, Map<String, String> userVariables) {
        this.systemVariables = systemVariables;
        this.userVariables = userVariables;
        this.capabilityFlag = number(VariableRules.CAPABILITY_FLAG);
        this.sqlModeWords = SqlModeText.words(systemVariables.getOrDefault(SqlModeText.VARIABLE, ""));
    }

    /** Keeps the values of a login OK. */
    public static VariableBaseline of(SessionChanges changes) {
        Map<String, String> system =
                HashMap.newHashMap(changes.systemVariables().size());
        changes.systemVariables().forEach(variable -> system.put(variable.name(), variable.value()));
        Map<String, String> user = HashMap.newHashMap(changes.userVariables().size());
        changes.userVariables().forEach(variable -> user.put(variable.name(), variable.value()));
        return new VariableBaseline(system, user);
    }

    /** Value of a system variable at login, null when the server did not report it. */
    public @Nullable String systemVariable(String name) {
        return systemVariables.get(name);
    }

    /** Value of a user variable at login as an SQL literal, null when there was none. */
    public @Nullable String userVariable(String name) {
        return userVariables.get(name);
    }

    /** The server's OceanBase capability word, 0 when it reported none. */
    public long capabilityFlag() {
        return capabilityFlag;
    }

    /** The words of {@code sql_mode} at login in upper case, empty when the server did not report it. */
    String sqlModeWords() {
        return sqlModeWords;
    }

    /** Privileges of the account as a mask, 0 when the server reported none. */
    public long userPrivileges() {
        return number(VariableRules.USER_PRIVILEGE);
    }

    private long number(String name) {
        String text = systemVariables.get(name);
        if (text == null) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    Map<String, String> systemVariables() {
        return systemVariables;
    }
}
