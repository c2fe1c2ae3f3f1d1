package com.oceanbase.odp.routing;

import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.StatementFlag;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a request, as far as it decides where the request goes. Of EXECUTE, by text or by command, it is the
 * prepared statement.
 *
 * @param summary what the text is and needs
 * @param access tables and conditions; the same object for all texts that differ in literals only.
 *     {@link StatementAccess#NONE} when only the summary is known
 * @param literals literals of this text; null when they are not known. Belongs to the caller and must not change before
 *     the route has been decided
 * @param parameters values of the placeholders; null when there are none or they are not known. Belongs to the caller, too
 * @param database database of names without one: that of when the statement was prepared; null for the session's current one
 */
public record RoutedStatement(
        StatementSummary summary,
        StatementAccess access,
        @Nullable LiteralSlots literals,
        @Nullable ParameterValues parameters,
        @Nullable String database) {
    /** Nothing is computed for a text that changes on its way how values are computed. */
    public RoutedStatement {
        if (summary.has(StatementFlag.CHANGES_MEANING)) {
            access = StatementAccess.NONE;
        }
    }

    /** The database of names without one; of a text that begins with USE, the one named there. */
    public String database(SessionView session) {
        String used = summary.isMulti() ? summary.useDatabase() : null;
        return used != null ? used : database == null ? session.database() : database;
    }

    /** A statement of which no conditions are known. */
    public static RoutedStatement of(StatementSummary summary) {
        return new RoutedStatement(summary, StatementAccess.NONE, null, null, null);
    }
}
