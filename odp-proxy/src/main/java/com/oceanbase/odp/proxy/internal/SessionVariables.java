package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.topology.SystemVariable;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of SHOW PROXYSESSION VARIABLES: what the session changed, and with ALL what it did not. Words are the
 * original's (src/obproxy/cmd/ob_show_session_handler.cpp:961-1080). Made on the event loop of the session shown.
 */
final class SessionVariables {
    static final List<ResultColumn> COLUMNS =
            ResultColumn.of("variable_name", "value", "info", "modified_type", "sys_variable_flag");

    /** Longer values are not shown. */
    private static final int MAX_VALUE_BYTES = 128;

    private static final String TOO_LONG = "value is too long to be shown";

    private final ClientSession session;
    private final SystemVariableCatalog catalog;
    private final LikePattern names;
    private final List<String[]> rows = new ArrayList<>();

    private SessionVariables(ClientSession session, LikePattern names) {
        this.session = session;
        this.catalog = session.variableCatalog();
        this.names = names;
    }

    static List<String[]> rows(ClientSession session, boolean all, LikePattern names) {
        SessionVariables variables = new SessionVariables(session, names);
        SessionState state = session.state();
        state.forEachSystemVariable((name, value) -> variables.addSystem(name, value, "changed sys var"));
        if (all) {
            variables.unchanged().forEach((name, value) -> variables.addSystem(name, value, "sys var"));
        }
        state.forEachUserVariable(variables::addUser);
        return List.copyOf(variables.rows);
    }

    /** What the server reported at login; of variables that it did not report, the global values. */
    private Map<String, String> unchanged() {
        SessionState state = session.state();
        Map<String, String> values = new TreeMap<>();
        for (SystemVariable variable : catalog.all()) {
            values.put(variable.name(), variable.globalValue());
        }
        state.forEachBaselineVariable(values::put);
        state.forEachSystemVariable((name, value) -> values.remove(name));
        return values;
    }

    private void addSystem(String name, String value, String info) {
        if (names.matches(name)) {
            rows.add(new String[] {name, shown(value), info, modifiedType(name), flags(catalog.find(name))});
        }
    }

    private void addUser(String name, String value) {
        if (names.matches(name)) {
            rows.add(new String[] {name, shown(value), "user var", "cold modified vars", ""});
        }
    }

    private static String shown(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES ? TOO_LONG : value;
    }

    private static String modifiedType(String name) {
        return switch (SessionState.replayGroup(name)) {
            case HOT -> "hot modified vars";
            case LAST_INSERT_ID -> "last insert id modified vars";
            case COLD -> "cold modified vars";
        };
    }

    private static String flags(@Nullable SystemVariable variable) {
        if (variable == null) {
            return "";
        }
        long flags = variable.flags();
        StringBuilder text = new StringBuilder();
        append(text, flags, SystemVariable.INVISIBLE, " && invisible");
        append(text, flags, SystemVariable.GLOBAL_SCOPE, " && global_scope");
        append(text, flags, SystemVariable.SESSION_SCOPE, " && session_scope");
        append(text, flags, SystemVariable.READ_ONLY, " && readonly");
        append(text, flags, SystemVariable.NULLABLE, " && nullable");
        return text.toString();
    }

    private static void append(StringBuilder text, long flags, long flag, String word) {
        if ((flags & flag) != 0) {
            text.append(word);
        }
    }
}
