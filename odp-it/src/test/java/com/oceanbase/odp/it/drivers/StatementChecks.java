package com.oceanbase.odp.it.drivers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements: counts, keys, errors, warnings, preparing, cancelling. */
final class StatementChecks {
    private StatementChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("updateCounts", StatementChecks::updateCounts),
                new Check("affectedInsteadOfFoundRows", StatementChecks::affectedRows),
                new Check("generatedKeys", StatementChecks::generatedKeys),
                new Check("generatedKeysOfBatches", StatementChecks::generatedKeysOfBatches),
                new Check("errorsAsText", target -> errors(target, false)),
                new Check("errorsAsBinary", target -> errors(target, true)),
                new Check("warnings", StatementChecks::warnings),
                new Check("manyPreparedStatements", StatementChecks::manyPrepared),
                new Check("statementIsExecutedAgain", StatementChecks::executedAgain),
                new Check("preparedCache", StatementChecks::preparedCache),
                new Check("textPrepare", StatementChecks::textPrepare),
                new Check("userVariables", StatementChecks::userVariables),
                new Check("commentsAndHints", StatementChecks::comments),
                new Check("queryTimeout", StatementChecks::queryTimeout),
                new Check("cancel", StatementChecks::cancel),
                new Check("closedInTheMiddle", StatementChecks::closedInTheMiddle));
    }

    private static Connection withTable(Target target, String name, String... options) throws SQLException {
        Connection connection = target.connect(options);
        Target.execute(
                connection,
                "drop table if exists " + name,
                "create table " + name + "(id int primary key auto_increment, v varchar(20), unique key (v))",
                "insert into " + name + "(id, v) values(1, 'a'), (2, 'b'), (3, 'c')");
        return connection;
    }

    private static void updateCounts(Target target) throws SQLException {
        Connection connection = withTable(target, "counts");
        try (Statement statement = connection.createStatement()) {
            target.note("update", statement.executeUpdate("update counts set v = concat(v, 'x')"));
            target.note("same", statement.executeUpdate("update counts set v = v"));
            target.note("none", statement.executeUpdate("update counts set v = 'z' where id = 99"));
            target.note("delete", statement.executeUpdate("delete from counts where id < 3"));
            target.note("replace", statement.executeUpdate("replace into counts values(3, 'n')"));
            target.note(
                    "upsert",
                    statement.executeUpdate("insert into counts values(3, 'n') on duplicate key update v = 'm'"));
            target.note("ddl", statement.executeUpdate("alter table counts add column w int"));
            target.note("is query", statement.execute("select 1"), statement.getUpdateCount());
            target.note("set", statement.execute("set @a = 1"), statement.getUpdateCount());
        }
    }

    private static void affectedRows(Target target) throws SQLException {
        Connection connection = withTable(target, "affected", "useAffectedRows=true");
        try (Statement statement = connection.createStatement()) {
            target.note("same", statement.executeUpdate("update affected set v = v"));
            target.note("changed", statement.executeUpdate("update affected set v = concat(v, 'y') where id = 1"));
        }
    }

    private static void generatedKeys(Target target) throws SQLException {
        Connection connection = withTable(target, "genkeys");
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into genkeys(v) values('one')", Statement.RETURN_GENERATED_KEYS);
            noteKeys(target, statement);
            statement.executeUpdate("insert into genkeys(v) values('two'), ('three')", Statement.RETURN_GENERATED_KEYS);
            noteKeys(target, statement);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into genkeys(v) values(?)", Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, "four");
            insert.executeUpdate();
            noteKeys(target, insert);
        }
        target.noteQuery(connection, "select last_insert_id() = max(id) from genkeys");
    }

    /** How many keys, and whether they are those of the rows: the numbers themselves belong to the server. */
    private static void noteKeys(Target target, Statement statement) throws SQLException {
        List<Long> keys = new ArrayList<>();
        try (ResultSet rows = statement.getGeneratedKeys()) {
            while (rows.next()) {
                keys.add(rows.getLong(1));
            }
        }
        target.note("keys", keys.size(), keys.stream().allMatch(key -> key > 3));
    }

    private static void generatedKeysOfBatches(Target target) throws SQLException {
        Connection connection = withTable(target, "batchkeys");
        try (PreparedStatement insert =
                connection.prepareStatement("insert into batchkeys(v) values(?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 10; i++) {
                insert.setString(1, "batch " + i);
                insert.addBatch();
            }
            target.note("counts", java.util.Arrays.toString(insert.executeBatch()));
            noteKeys(target, insert);
        }
    }

    private static void errors(Target target, boolean serverPrepared) throws Exception {
        Connection connection = withTable(target, "errors" + serverPrepared, "useServerPrepStmts=" + serverPrepared);
        String table = "errors" + serverPrepared;
        List<String> statements = List.of(
                "selec 1",
                "select * from no_such_table",
                "select no_such_column from " + table,
                "insert into " + table + " values(1, 'again')",
                "insert into " + table + "(v) values('a')",
                "insert into " + table + " values(null, repeat('x', 100))",
                "create table " + table + "(a int)",
                "drop table no_such_table",
                "use no_such_database",
                "select * from " + table + " where id = (select id from " + table + ")",
                "select count(*, 1)",
                "kill 999999999",
                "set no_such_variable = 1",
                "set global max_connections = 'x'",
                "select cast('x' as json)",
                "call no_such_procedure()",
                "execute no_such_statement");
        for (String sql : statements) {
            target.noteFailure(sql, () -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.execute();
                }
            });
            target.note("still usable", Target.cell(connection, "select 1"));
        }
    }

    private static void warnings(Target target) throws SQLException {
        Connection connection = withTable(target, "warned");
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists no_such_table");
            noteWarnings(target, statement);
            statement.execute("set sql_mode = ''");
            statement.execute("insert into warned values(50, repeat('long', 20))");
            noteWarnings(target, statement);
            target.noteQuery(connection, "show warnings");
            statement.executeQuery("select cast('12x' as signed)").close();
            target.noteQuery(connection, "show warnings");
            target.noteQuery(connection, "select @@warning_count");
        }
    }

    private static void noteWarnings(Target target, Statement statement) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            target.noteError("warning", warning);
        }
    }

    private static void manyPrepared(Target target) throws SQLException {
        Connection connection = withTable(target, "many", "useServerPrepStmts=true");
        List<PreparedStatement> open = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            open.add(connection.prepareStatement("select v, " + i + " from many where id = ?"));
        }
        for (int i = 0; i < 50; i++) {
            open.get(i).setInt(1, i % 4);
            try (ResultSet rows = open.get(i).executeQuery()) {
                target.noteRows("statement " + i, rows);
            }
        }
        for (PreparedStatement statement : open) {
            statement.close();
        }
        target.note("usable", Target.cell(connection, "select 1"));
    }

    private static void executedAgain(Target target) throws SQLException {
        Connection connection = withTable(target, "again", "useServerPrepStmts=true");
        try (PreparedStatement select = connection.prepareStatement("select v from again where id = ? or v = ?")) {
            for (int i = 0; i < 20; i++) {
                select.setInt(1, i % 5);
                select.setString(2, i % 3 == 0 ? null : "c");
                try (ResultSet rows = select.executeQuery()) {
                    target.noteRows("execution " + i, rows);
                }
            }
        }
    }

    private static void preparedCache(Target target) throws SQLException {
        Connection connection =
                withTable(target, "cached", "useServerPrepStmts=true", "cachePrepStmts=true", "prepStmtCacheSize=5");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10; i++) {
                try (PreparedStatement statement = connection.prepareStatement("select ? + " + i)) {
                    statement.setInt(1, round);
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                        target.note("sum", rows.getInt(1));
                    }
                }
            }
        }
    }

    private static void textPrepare(Target target) throws Exception {
        Connection connection = withTable(target, "textprep");
        Target.execute(connection, "prepare one from 'select v from textprep where id = ?'", "set @id = 2");
        target.noteQuery(connection, "execute one using @id");
        Target.execute(
                connection, "set @sql = 'select 1 + ?'", "prepare two from @sql", "prepare one from 'select 77'");
        target.noteQuery(connection, "execute one");
        target.noteQuery(connection, "execute two using @id");
        Target.execute(connection, "deallocate prepare one");
        target.noteFailure("deallocated", () -> Target.execute(connection, "execute one"));
        Target.execute(connection, "drop prepare two");
    }

    private static void userVariables(Target target) throws SQLException {
        Connection connection = withTable(target, "vars");
        Target.execute(
                connection,
                "select v, id into @v, @i from vars where id = 2",
                "set @s = 'it''s', @n = null, @d = 1.50, @b = x'00ff'");
        target.noteQuery(connection, "select @v, @i, @s, @n, @d, hex(@b), @undefined");
        Target.execute(connection, "select count(*) into @c from vars", "set @i = @i + 1", "set @x := @y := 5");
        target.noteQuery(connection, "select @c, @i, @x, @y, @i := @i + 1, @i");
        target.noteQuery(connection, "select @i");
    }

    private static void comments(Target target) throws SQLException {
        Connection connection = withTable(target, "comments");
        for (String sql : List.of(
                "/* comment */ select v from comments where id = 1",
                "-- line\nselect v from comments where id = 2",
                "# line\n select v from comments where id = 3",
                "select /*+ query_timeout(5000000) */ v from comments where id = 1",
                "select /*!40101 1 + */ 1",
                "select v from comments where id = 1;",
                "(select 1) union (select 2) order by 1",
                "with x as (select 1 as a) select * from x",
                "/* ping */ select 1",
                "show tables like 'comments'",
                "desc comments",
                "select 'a;b', \"c\"\"d\", 'e\\'f'")) {
            target.noteQuery(connection, sql);
        }
    }

    private static void queryTimeout(Target target) throws Exception {
        Connection connection = target.connect();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            target.noteFailure(
                    "timeout", () -> statement.executeQuery("select sleep(20)").close());
        }
    }

    private static void cancel(Target target) throws Exception {
        Connection connection = target.connect();
        try (Statement statement = connection.createStatement()) {
            Thread canceller = Thread.ofVirtual().unstarted(() -> {
                Connection other = connection;
                try {
                    awaitRunning(target);
                    statement.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException("cancel on " + other, e);
                }
            });
            canceller.start();
            // Drivers tell a cancelled statement in two ways, depending on who is faster.
            try {
                statement.executeQuery("select sleep(20) /* cancel me */").close();
                target.note("no error");
            } catch (SQLException e) {
                target.note("cancelled");
            }
            canceller.join();
            target.note("usable", Target.cell(connection, "select 1"));
        }
    }

    /** Waits until a session of this user is busy. */
    private static void awaitRunning(Target target) throws SQLException {
        try (Connection observer = target.driver()
                .connect(target.endpoint(), target.database(), List.of("user=" + target.user(), "password="))) {
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> !Target.cell(
                                    observer,
                                    "select count(*) from oceanbase.__all_virtual_processlist where info like 'select sleep(20) /* cancel%'")
                            .equals("0"));
        }
    }

    private static void closedInTheMiddle(Target target) throws SQLException {
        Connection connection = withTable(target, "middle");
        for (int i = 0; i < 5; i++) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select a.v from middle a, middle b, middle c order by a.id, b.id, c.id")) {
                rows.next();
                target.note("first", rows.getString(1));
            }
        }
    }
}
