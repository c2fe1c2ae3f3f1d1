package com.oceanbase.odp.it.drivers;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

/** Results: several of them, procedures, cursors, streams, wide and long ones. */
final class ResultChecks {
    private static final int MANY_ROWS = 3_000;

    private ResultChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("emptyResults", ResultChecks::emptyResults),
                new Check("wideResult", ResultChecks::wideResult),
                new Check("longValues", ResultChecks::longValues),
                new Check("manyRows", ResultChecks::manyRows),
                new Check("streamedRows", ResultChecks::streamedRows),
                new Check("cursorWithFetchSize", ResultChecks::cursor),
                new Check("cursorClosedEarly", ResultChecks::cursorClosedEarly),
                new Check("cursorsInParallel", ResultChecks::cursorsInParallel),
                new Check("maximumOfRows", ResultChecks::maximumOfRows),
                new Check("multiStatements", ResultChecks::multiStatements),
                new Check("multiStatementsWithError", ResultChecks::multiStatementsWithError),
                new Check("procedureWithOutParameters", ResultChecks::outParameters),
                new Check("procedureWithResults", ResultChecks::procedureWithResults),
                new Check("storedFunction", ResultChecks::storedFunction),
                new Check("procedureThatFails", ResultChecks::procedureThatFails),
                new Check("scrollableAndUpdatable", ResultChecks::scrollable),
                new Check("metaData", ResultChecks::metaData));
    }

    private static Connection withRows(Target target, String table, int rows, String... options) throws SQLException {
        Connection connection = target.connect(options);
        Target.execute(
                connection,
                "drop table if exists " + table,
                "create table " + table + "(id int primary key, v varchar(100))",
                "insert into " + table + " select column_value, concat('row ', column_value) from (select rn as"
                        + " column_value from (select @r := @r + 1 as rn from (select @r := 0) z, table(generator("
                        + rows
                        + "))) n) m");
        return connection;
    }

    private static void emptyResults(Target target) throws SQLException {
        for (boolean serverPrepared : new boolean[] {false, true}) {
            Connection connection = target.connect(serverPrepared);
            try (PreparedStatement statement =
                    connection.prepareStatement("select 1 as a, 'x' as b from dual where 1 = ?")) {
                statement.setInt(1, 2);
                try (ResultSet rows = statement.executeQuery()) {
                    target.note("columns", rows.getMetaData().getColumnCount(), rows.next());
                }
            }
        }
    }

    private static void wideResult(Target target) throws SQLException {
        StringBuilder sql = new StringBuilder("select 0 as c0");
        for (int i = 1; i < 700; i++) {
            sql.append(", ").append(i).append(" as c").append(i);
        }
        for (boolean serverPrepared : new boolean[] {false, true}) {
            Connection connection = target.connect(serverPrepared);
            try (PreparedStatement statement = connection.prepareStatement(sql.toString());
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                target.note("wide", rows.getMetaData().getColumnCount(), rows.getInt(700), rows.getInt("c350"));
            }
        }
    }

    private static void longValues(Target target) throws SQLException {
        Connection connection = target.connect(true);
        for (int length : new int[] {250, 251, 252, 65_535, 65_536, 1 << 20, 4 << 20}) {
            try (PreparedStatement statement = connection.prepareStatement("select repeat('q', ?), 'after'")) {
                statement.setInt(1, length);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    target.note("long", rows.getString(1).length(), rows.getString(2));
                }
            }
        }
    }

    private static long sum(ResultSet rows) throws SQLException {
        long sum = 0;
        while (rows.next()) {
            sum += rows.getLong(1) * 31 + rows.getString(2).hashCode();
        }
        return sum;
    }

    private static void manyRows(Target target) throws SQLException {
        Connection connection = withRows(target, "many_rows", MANY_ROWS);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, repeat(v, 10) from many_rows order by id")) {
            target.note("sum", sum(rows));
        }
    }

    private static void streamedRows(Target target) throws SQLException {
        Connection connection = withRows(target, "streamed", MANY_ROWS);
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(target.isConnectorJ() ? Integer.MIN_VALUE : 10);
            try (ResultSet rows = statement.executeQuery("select id, repeat(v, 10) from streamed order by id")) {
                target.note("sum", sum(rows));
            }
            try (ResultSet rows = statement.executeQuery("select id, v from streamed order by id")) {
                rows.next();
                target.note("left after", rows.getInt(1));
            }
        }
        target.note("usable", Target.cell(connection, "select 1"));
    }

    private static Connection cursors(Target target, String table) throws SQLException {
        return withRows(target, table, MANY_ROWS, "useServerPrepStmts=true", "useCursorFetch=true");
    }

    private static void cursor(Target target) throws SQLException {
        Connection connection = cursors(target, "cursor_rows");
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, v from cursor_rows where id > ? order by id",
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY)) {
            for (int fetch : new int[] {1_000, 777, 5_000}) {
                statement.setFetchSize(fetch);
                statement.setInt(1, fetch / 10);
                try (ResultSet rows = statement.executeQuery()) {
                    target.note("sum", sum(rows));
                }
            }
        }
    }

    private static void cursorClosedEarly(Target target) throws SQLException {
        Connection connection = cursors(target, "cursor_early");
        try (PreparedStatement statement = connection.prepareStatement("select id, v from cursor_early order by id")) {
            statement.setFetchSize(10);
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = statement.executeQuery()) {
                    for (int row = 0; row <= i * 10; row++) {
                        rows.next();
                    }
                    target.note("at", rows.getInt(1));
                }
            }
        }
        target.note("usable", Target.cell(connection, "select 1"));
    }

    private static void cursorsInParallel(Target target) throws SQLException {
        Connection connection = cursors(target, "cursor_parallel");
        try (PreparedStatement up = connection.prepareStatement("select id from cursor_parallel order by id");
                PreparedStatement down =
                        connection.prepareStatement("select id from cursor_parallel order by id desc");
                Statement other = connection.createStatement()) {
            up.setFetchSize(3);
            down.setFetchSize(2);
            try (ResultSet upwards = up.executeQuery();
                    ResultSet downwards = down.executeQuery()) {
                for (int i = 0; i < 8; i++) {
                    upwards.next();
                    downwards.next();
                    target.note("pair", upwards.getInt(1), downwards.getInt(1));
                    other.execute("set @i = " + i);
                }
            }
        }
    }

    private static void maximumOfRows(Target target) throws SQLException {
        Connection connection = withRows(target, "max_rows", 20);
        try (Statement limited = connection.createStatement();
                Statement unlimited = connection.createStatement()) {
            limited.setMaxRows(3);
            for (int i = 0; i < 2; i++) {
                try (ResultSet rows = limited.executeQuery("select id from max_rows order by id")) {
                    target.noteRows("limited", rows);
                }
                try (ResultSet rows = unlimited.executeQuery("select count(*) from (select id from max_rows) x")) {
                    target.noteRows("unlimited", rows);
                }
            }
        }
    }

    private static void noteAll(Target target, Statement statement, boolean isRows) throws SQLException {
        boolean rows = isRows;
        for (int i = 0; i < 20; i++) {
            if (rows) {
                try (ResultSet result = statement.getResultSet()) {
                    target.noteRows("result " + i, result);
                }
            } else if (statement.getUpdateCount() < 0) {
                return;
            } else {
                target.note("count " + i, statement.getUpdateCount());
            }
            rows = statement.getMoreResults();
        }
    }

    private static void multiStatements(Target target) throws SQLException {
        Connection connection = withRows(target, "multi", 5, "allowMultiQueries=true");
        try (Statement statement = connection.createStatement()) {
            noteAll(
                    target,
                    statement,
                    statement.execute("update multi set v = 'x' where id < 4; select * from multi order by id;"
                            + " set @m = 5; delete from multi where id = 1; select @m, count(*) from multi"));
            target.note("usable", Target.cell(connection, "select @m"));
        }
    }

    private static void multiStatementsWithError(Target target) throws Exception {
        Connection connection = withRows(target, "multi_error", 5, "allowMultiQueries=true");
        try (Statement statement = connection.createStatement()) {
            target.noteFailure(
                    "in the middle",
                    () -> noteAll(
                            target, statement, statement.execute("select 1; select * from no_such_table; select 2")));
        }
        target.note("usable", Target.cell(connection, "select 1"));
    }

    private static void outParameters(Target target) throws SQLException {
        Connection connection = target.connect();
        Target.execute(
                connection,
                "drop procedure if exists out_proc",
                "create procedure out_proc(in a int, out b int, inout c varchar(50)) begin set b = a * 2; set c ="
                        + " concat(c, '!'); end");
        for (boolean serverPrepared : new boolean[] {false, true}) {
            try (CallableStatement call = target.connect(serverPrepared).prepareCall("{call out_proc(?, ?, ?)}")) {
                call.setInt(1, 21);
                call.registerOutParameter(2, Types.INTEGER);
                call.setString(3, "in");
                call.registerOutParameter(3, Types.VARCHAR);
                call.execute();
                target.note("out", call.getInt(2), call.getString(3));
            }
        }
    }

    private static void procedureWithResults(Target target) throws SQLException {
        Connection connection = target.connect();
        Target.execute(
                connection,
                "drop procedure if exists res_proc",
                "create procedure res_proc(in a int) begin select a; select a + 1, a + 2; end");
        try (CallableStatement call = connection.prepareCall("call res_proc(?)")) {
            call.setInt(1, 5);
            noteAll(target, call, call.execute());
        }
        try (Statement statement = connection.createStatement()) {
            noteAll(target, statement, statement.execute("call res_proc(7)"));
        }
    }

    private static void storedFunction(Target target) throws SQLException {
        Connection connection = target.connect();
        Target.execute(
                connection,
                "drop function if exists twice",
                "create function twice(a int) returns int deterministic return a * 2");
        target.noteQuery(connection, "select twice(21)");
        try (CallableStatement call = connection.prepareCall("{? = call twice(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, 4);
            call.execute();
            target.note("function", call.getInt(1));
        }
    }

    private static void procedureThatFails(Target target) throws Exception {
        Connection connection = target.connect();
        Target.execute(
                connection,
                "drop procedure if exists bad_proc",
                "create procedure bad_proc() begin select 1; signal sqlstate '45000' set message_text = 'on purpose'; end");
        try (Statement statement = connection.createStatement()) {
            target.noteFailure("signal", () -> noteAll(target, statement, statement.execute("call bad_proc()")));
        }
        target.note("usable", Target.cell(connection, "select 1"));
    }

    private static void scrollable(Target target) throws SQLException {
        Connection connection = withRows(target, "scrolled", 10);
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("select id, v from scrolled order by id")) {
            rows.last();
            target.note("last", rows.getInt(1), rows.getRow());
            rows.absolute(3);
            rows.updateString(2, "changed");
            rows.updateRow();
            rows.moveToInsertRow();
            rows.updateInt(1, 100);
            rows.updateString(2, "inserted");
            rows.insertRow();
            rows.absolute(1);
            rows.deleteRow();
        }
        target.noteQuery(connection, "select * from scrolled order by id");
    }

    private static void metaData(Target target) throws SQLException {
        Connection connection = withRows(target, "meta", 1);
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet columns = metaData.getColumns(target.database(), null, "meta", "%")) {
            while (columns.next()) {
                target.note(
                        "column",
                        columns.getString("COLUMN_NAME"),
                        columns.getInt("DATA_TYPE"),
                        columns.getString("TYPE_NAME"));
            }
        }
        try (ResultSet keys = metaData.getPrimaryKeys(target.database(), null, "meta")) {
            while (keys.next()) {
                target.note("key", keys.getString("COLUMN_NAME"), keys.getString("PK_NAME"));
            }
        }
        try (ResultSet tables = metaData.getTables(target.database(), null, "meta", new String[] {"TABLE"})) {
            while (tables.next()) {
                target.note("table", tables.getString("TABLE_NAME"), tables.getString("TABLE_TYPE"));
            }
        }
        target.note("url", metaData.getURL() != null);
    }
}
