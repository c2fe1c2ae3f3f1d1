package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;

/**
 * The text of a prepared statement and what is understood of it.
 *
 * @param text as the client sent it
 * @param summary what it is and needs
 * @param access its tables and conditions
 * @param literals its literals
 */
public record PreparedText(byte[] text, StatementSummary summary, StatementAccess access, LiteralSlots literals) {
    /** A text of which the router knows no more than the summary. */
    public static PreparedText of(byte[] text, StatementSummary summary) {
        return new PreparedText(text, summary, StatementAccess.NONE, new LiteralSlots());
    }
}
