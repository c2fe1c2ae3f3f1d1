package com.oceanbase.odp.routing;

import com.oceanbase.odp.routing.value.ParameterValues;
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
 */
public record RoutedStatement(
        StatementSummary summary,
        StatementAccess access,
        @Nullable LiteralSlots literals,
        @Nullable ParameterValues parameters) {
    /** A statement of which no conditions are known. */
    public static RoutedStatement of(StatementSummary summary) {
        return new RoutedStatement(summary, StatementAccess.NONE, null, null);
    }
}
