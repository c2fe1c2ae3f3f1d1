package com.oceanbase.odp.routing.trace;

/**
 * What the statement is about.
 *
 * @param command name of the command, as {@code COM_QUERY}
 * @param sql text of the statement
 * @param table the table that routing goes by, empty when there is none
 * @param complete whether the whole text was read
 */
public record SqlParse(String command, String sql, String table, boolean complete, String why) implements TracePoint {
    private static final String COMMAND_PREFIX = "OB_MYSQL_";

    /** Bounds the texts. */
    public SqlParse {
        sql = Bounded.statement(sql);
        table = Bounded.field(table);
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "SQL_PARSE";
    }

    @Override
    public int level() {
        return 1;
    }

    @Override
    public void fields(Fields out) {
        out.text("cmd", COMMAND_PREFIX + command);
        out.text("table", table);
    }

    @Override
    public void prompts(Prompts out) {
        if (table.isEmpty()) {
            out.info("Maybe can not get location cache of the query table because table name is empty");
        } else if (!complete) {
            out.info("Partition keys or table may not be completely parsed because the statement exceeds the maximum"
                    + " request buffer length");
        }
    }
}
