package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.proxy.state.SessionState.Versioned;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The difference between a client's session and one of its server sessions, as the statements that close it. Order and
 * form are the original's (obproxy ob_mysql_transact.cpp, ob_session_field_mgr.cpp): database first, then one SET with
 * system variables, the often changed ones, last_insert_id and user variables. Only what changed is sent.
 */
public final class SessionSync {
    private SessionSync() {}

    /** Whether the link needs nothing at all: the usual case, decided without allocation. */
    public static boolean isInStep(SessionState session, LinkState link) {
        return link.syncedVersion() == session.version()
                && !needsOption(session, link)
                && !needsDatabase(session, link);
    }

    /** Whether the link must execute COM_SET_OPTION. */
    public static boolean needsOption(SessionState session, LinkState link) {
        return session.multiStatements() != null && !session.multiStatements().equals(link.multiStatements());
    }

    /** Whether the link must change its database. A session without database cannot be replayed: see the caller. */
    public static boolean needsDatabase(SessionState session, LinkState link) {
        return session.database() != null && !Objects.equals(session.database(), link.database());
    }

    /** Whether the link has a database although the session has none: no command takes it away again. */
    public static boolean isBeyondRepair(SessionState session, LinkState link) {
        return session.database() == null && link.database() != null;
    }

    /**
     * The SET statements that bring the link's variables into step, none when they are. User variables come in a
     * statement of their own when the one before changes how text is read.
     */
    public static List<String> setStatements(SessionState session, LinkState link, SystemVariableCatalog catalog) {
        if (link.syncedVersion() == session.version()) {
            return List.of();
        }
        List<Assignment> system = new ArrayList<>();
        collectSystem(session, link, catalog, system);
        List<Assignment> user = new ArrayList<>();
        collectUser(session, link, user);
        if (system.isEmpty() && user.isEmpty()) {
            link.synced(session);
            return List.of();
        }
        StringBuilder sql = new StringBuilder(64).append("SET");
        boolean changesReading = false;
        for (Assignment assignment : system) {
            sql.append(" @@").append(assignment.name()).append(" = ");
            VariableLiteral.appendSystem(sql, assignment.name(), assignment.value(), catalog);
            sql.append(',');
            changesReading |= VariableRules.changesReadingOfText(assignment.name());
        }
        if (user.isEmpty()) {
            return List.of(ended(sql));
        }
        if (!changesReading) {
            return List.of(ended(appendUser(sql, user)));
        }
        return List.of(ended(sql), ended(appendUser(new StringBuilder("SET"), user)));
    }

    private static StringBuilder appendUser(StringBuilder sql, List<Assignment> variables) {
        for (Assignment assignment : variables) {
            sql.append(" @");
            VariableLiteral.appendName(sql, assignment.name());
            sql.append(" = ").append(assignment.value()).append(',');
        }
        return sql;
    }

    /** The last comma becomes the end. */
    private static String ended(StringBuilder sql) {
        sql.setCharAt(sql.length() - 1, ';');
        return sql.toString();
    }

    /** The link executed the SET statements: it is in step with the session as it was when they were made. */
    public static void setExecuted(SessionState session, LinkState link) {
        link.synced(session);
    }

    /**
     * The statement that makes the link read weakly for a request, or no longer; null when there is nothing to do. To be
     * asked for behind {@link #setStatements}, which may have changed the variable itself.
     */
    public static @Nullable String consistencyStatement(
            SessionState session, LinkState link, boolean weak, SystemVariableCatalog catalog) {
        String own = session.systemVariable(VariableRules.READ_CONSISTENCY);
        boolean untouched = Objects.equals(own, link.consistencyThen());
        if (!weak && !untouched) {
            link.readsWeakly(false, null);
            return null;
        }
        if (weak && link.readsWeakly() && untouched) {
            return null;
        }
        StringBuilder sql = new StringBuilder(40)
                .append("SET @@")
                .append(VariableRules.READ_CONSISTENCY)
                .append(" = ");
        String value = weak ? VariableRules.CONSISTENCY_WEAK : own == null ? VariableRules.CONSISTENCY_STRONG : own;
        VariableLiteral.appendSystem(sql, VariableRules.READ_CONSISTENCY, value, catalog);
        return sql.append(';').toString();
    }

    /** The statement that makes the next weak reads of a link as new as a snapshot. */
    public static String snapshotStatement(long snapshot) {
        return "SET @@" + VariableRules.SAFE_SNAPSHOT + " = " + snapshot + ';';
    }

    /** The link executed that statement. */
    public static void consistencyExecuted(SessionState session, LinkState link, boolean weak) {
        link.readsWeakly(weak, weak ? session.systemVariable(VariableRules.READ_CONSISTENCY) : null);
    }

    private record Assignment(String name, String value) {}

    private static void collectSystem(
            SessionState session, LinkState link, SystemVariableCatalog catalog, List<Assignment> out) {
        boolean fresh = link.syncedVersion() == LinkState.NEVER;
        if (fresh && link.baseline() != session.baseline()) {
            collectBaselineDifferences(session, link, catalog, out);
        }
        List<Assignment> hot = new ArrayList<>(2);
        Assignment lastInsertId = null;
        for (Map.Entry<String, Versioned> entry :
                session.changedSystemVariables().entrySet()) {
            String name = entry.getKey();
            Versioned value = entry.getValue();
            boolean needed = fresh
                    ? !value.value().equals(link.baseline().systemVariable(name))
                    : value.changedAt() > link.syncedVersion();
            if (!needed) {
                continue;
            }
            Assignment assignment = new Assignment(name, value.value());
            if (name.equals(VariableRules.LAST_INSERT_ID)) {
                lastInsertId = assignment;
            } else if (VariableRules.isHot(name)) {
                hot.add(assignment);
            } else {
                out.add(assignment);
            }
        }
        out.addAll(hot);
        if (lastInsertId != null) {
            out.add(lastInsertId);
        }
    }

    /** The tenant's global values changed between the first login and this one: the session keeps what it began with. */
    private static void collectBaselineDifferences(
            SessionState session, LinkState link, SystemVariableCatalog catalog, List<Assignment> out) {
        for (Map.Entry<String, String> entry : link.baseline().systemVariables().entrySet()) {
            String name = entry.getKey();
            String began = session.baseline().systemVariable(name);
            if (began != null
                    && !began.equals(entry.getValue())
                    && !session.changedSystemVariables().containsKey(name)
                    && VariableRules.isSessionState(name)
                    && catalog.contains(name)
                    && catalog.isSessionWritable(name)) {
                out.add(new Assignment(name, began));
            }
        }
    }

    private static void collectUser(SessionState session, LinkState link, List<Assignment> out) {
        boolean fresh = link.syncedVersion() == LinkState.NEVER;
        String characterSet = session.systemVariable("character_set_client");
        boolean backslashEscapes = session.hasBackslashEscapes();
        for (Map.Entry<String, Versioned> entry : session.changedUserVariables().entrySet()) {
            Versioned value = entry.getValue();
            boolean needed = fresh
                    ? !value.value().equals(link.baseline().userVariable(entry.getKey()))
                    : value.changedAt() > link.syncedVersion();
            if (needed) {
                out.add(new Assignment(entry.getKey(), UserLiteral.forReplay(value, characterSet, backslashEscapes)));
            }
        }
    }
}
