package com.oceanbase.odp.it.equivalence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a session: what its client sends, or what happens to the cluster behind the proxy. */
sealed interface Step {
    /** What both sides are sent. */
    sealed interface Request extends Step {}

    /** What only the cluster behind the proxy goes through, when no transaction is open. */
    sealed interface Event extends Step {}

    /** A statement as text. */
    record Query(String sql) implements Request {}

    /** A command without argument. */
    record Command(int code) implements Request {}

    /** COM_INIT_DB. */
    record UseDatabase(String name) implements Request {}

    /** Prepares a statement of the binary protocol under a slot. */
    record Prepare(int slot, String sql) implements Request {}

    /** Executes the slot's statement, if there is one. */
    record Execute(int slot, List<@Nullable String> values) implements Request {}

    /** Executes the slot's statement, if there is one, with its first value sent as long data in two pieces. */
    record ExecuteLong(int slot, String value) implements Request {}

    /** Executes the slot's statement with a cursor, and fetches twice. */
    record Fetch(int slot, int rows) implements Request {}

    /** COM_STMT_RESET for the slot's statement, if there is one. */
    record ResetStatement(int slot) implements Request {}

    /** Closes the slot's statement, if there is one. */
    record Close(int slot) implements Request {}

    /** A node loses its connections and goes on. */
    record Break(int node) implements Event {}

    /** A node dies; others lead what it led. A node that was dead before is back, and leads what it led before. */
    record Kill(int node) implements Event {}

    /** The dead node is back. */
    record Revive() implements Event {}

    /** Another node leads the table. */
    record Move(int table, int node) implements Event {}
}
