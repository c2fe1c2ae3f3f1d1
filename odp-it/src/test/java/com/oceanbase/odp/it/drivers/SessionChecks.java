package com.oceanbase.odp.it.drivers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.List;

/** The session: database, variables, time zone, reset, change of user, options of the connection. */
final class SessionChecks {
    private SessionChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("isValid", SessionChecks::isValid),
                new Check("currentDatabase", SessionChecks::currentDatabase),
                new Check("sessionVariables", SessionChecks::sessionVariables),
                new Check("timeZones", SessionChecks::timeZones),
                new Check("sqlMode", SessionChecks::sqlMode),
                new Check("compression", SessionChecks::compression),
                new Check("connectionAttributes", SessionChecks::attributes),
                new Check("collations", SessionChecks::collations),
                new Check("resetOfTheConnection", SessionChecks::reset),
                new Check("changeOfUser", SessionChecks::changeUser),
                new Check("changeOfUserThatFails", SessionChecks::changeUserThatFails),
                new Check("wrongPassword", SessionChecks::wrongPassword),
                new Check("unknownDatabase", SessionChecks::unknownDatabase),
                new Check("manyConnections", SessionChecks::manyConnections),
                new Check("abort", SessionChecks::abort));
    }

    private static void isValid(Target target) throws SQLException {
        Connection connection = target.connect();
        target.note("valid", connection.isValid(10));
        Target.execute(connection, "set @a = 1");
        target.note("valid", connection.isValid(10), Target.cell(connection, "select @a"));
        connection.close();
        target.note("closed", connection.isValid(1), connection.isClosed());
    }

    private static void currentDatabase(Target target) throws Exception {
        Connection connection = target.connect();
        target.note("first", catalog(target, connection), Target.cell(connection, "select database()"));
        connection.setCatalog("oceanbase");
        target.note("set", catalog(target, connection), Target.cell(connection, "select database()"));
        Target.execute(connection, "use mysql");
        target.note("used", catalog(target, connection), Target.cell(connection, "select database()"));
        target.noteFailure("unknown", () -> connection.setCatalog("no_such_database"));
        target.note("after the error", Target.cell(connection, "select database()"));
        connection.setCatalog(target.database());
        Target.execute(connection, "drop table if exists current_db", "create table current_db(a int)");
        target.noteQuery(connection, "select count(*) from current_db");
    }

    /** MariaDB's drivers believe session tracking, in which the kernel without a proxy leaves out the first database. */
    private static String catalog(Target target, Connection connection) throws SQLException {
        return target.family() == JdbcDriver.Family.MARIADB ? "tracked" : String.valueOf(connection.getCatalog());
    }

    private static void sessionVariables(Target target) throws SQLException {
        Connection connection = target.connect("sessionVariables=group_concat_max_len=5000,div_precision_increment=7");
        target.noteQuery(connection, "select @@group_concat_max_len, @@div_precision_increment, 1 / 3");
        Target.execute(
                connection,
                "set session sort_buffer_size = 65536",
                "set @@session.ob_query_timeout = 20000000, @@wait_timeout = 1000",
                "set names utf8mb4");
        for (int i = 0; i < 3; i++) {
            target.noteQuery(connection, "select @@ob_query_timeout, @@wait_timeout, @@character_set_client");
        }
        target.noteQuery(connection, "show session variables like 'div_prec%'");
        Target.execute(connection, "set wait_timeout = default");
    }

    private static void timeZones(Target target) throws SQLException {
        String[] options = target.isConnectorJ()
                ? new String[] {"connectionTimeZone=UTC", "forceConnectionTimeZoneToSession=true"}
                : new String[] {};
        Connection connection = target.connect(options);
        Target.execute(
                connection,
                "drop table if exists zoned",
                "create table zoned(id int primary key, t timestamp(6) null, d datetime(6))",
                "set time_zone = '+05:30'");
        try (PreparedStatement insert = connection.prepareStatement("insert into zoned values(?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setTimestamp(2, new Timestamp(1_700_000_000_123L));
            insert.setTimestamp(3, new Timestamp(1_700_000_000_123L));
            insert.executeUpdate();
        }
        target.noteQuery(connection, "select cast(t as char), cast(d as char), @@time_zone from zoned");
        Target.execute(connection, "set time_zone = '-08:00'");
        target.noteQuery(connection, "select cast(t as char), cast(d as char), unix_timestamp(t) from zoned");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select t, d from zoned")) {
            rows.next();
            target.note(
                    "times",
                    rows.getTimestamp(1).getTime(),
                    rows.getTimestamp(2).getTime());
        }
    }

    private static void sqlMode(Target target) throws Exception {
        Connection connection = target.connect();
        Target.execute(
                connection,
                "drop table if exists moded",
                "create table moded(id int primary key, v varchar(3))",
                "set sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES'");
        target.noteQuery(connection, "select \"id\" || 'x' from \"moded\"");
        target.noteFailure("too long", () -> Target.execute(connection, "insert into moded values(1, 'abcdef')"));
        Target.execute(connection, "set sql_mode = 'NO_BACKSLASH_ESCAPES'");
        target.noteQuery(connection, "select 'a\\', 'b'");
        Target.execute(connection, "set sql_mode = ''", "insert into moded values(1, 'abcdef')");
        target.noteQuery(connection, "select * from moded");
    }

    private static void compression(Target target) throws SQLException {
        Connection connection = target.connect("useCompression=true", "useServerPrepStmts=true");
        String text = "compressible ".repeat(50_000);
        try (PreparedStatement statement = connection.prepareStatement("select ?, length(?), md5(?)")) {
            for (int i = 0; i < 3; i++) {
                String value = text + i;
                statement.setString(1, value);
                statement.setString(2, value);
                statement.setString(3, value);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    target.note("same", rows.getString(1).equals(value), rows.getString(2), rows.getString(3));
                }
            }
        }
        for (int length : new int[] {1, 49, 50, 51, 16_384, 1_000_000, 5_000_000}) {
            target.note(
                    "length",
                    Target.cell(connection, "select repeat('z', " + length + ")")
                            .length());
        }
        target.note("short", Target.cell(connection, "select 1"));
    }

    private static void attributes(Target target) throws SQLException {
        Connection connection = target.isConnectorJ()
                ? target.connect("connectionAttributes=program_name:odp_it,long_one:" + "x".repeat(2_000))
                : target.connect("connectionAttributes=program_name:odp_it");
        target.note("connected", Target.cell(connection, "select 1"));
    }

    private static void collations(Target target) throws SQLException {
        String[] options = target.isConnectorJ()
                ? new String[] {"characterEncoding=UTF-8", "connectionCollation=utf8mb4_bin"}
                : new String[] {};
        Connection connection = target.connect(options);
        target.noteQuery(
                connection,
                "select @@collation_connection, @@character_set_client, @@character_set_results, 'a' = 'A', 'ä' = 'a'");
        Target.execute(connection, "set names utf8mb4 collate utf8mb4_general_ci");
        target.noteQuery(connection, "select @@collation_connection, 'a' = 'A'");
        Target.execute(connection, "set character_set_results = null");
        target.noteQuery(connection, "select @@character_set_results, 'ä'");
    }

    private static void reset(Target target) throws Exception {
        Connection connection = target.connect("useServerPrepStmts=true", "useResetConnection=true");
        Target.execute(connection, "set @a = 1, div_precision_increment = 9", "prepare p from 'select 1'");
        if (target.isConnectorJ()) {
            invoke(target, connection, "com.mysql.cj.jdbc.JdbcConnection", "resetServerState");
        } else if (target.family() == JdbcDriver.Family.MARIADB) {
            invoke(target, connection, "org.mariadb.jdbc.Connection", "reset");
        }
        target.noteQuery(connection, "select @a, @@div_precision_increment, database()");
        target.noteFailure("statement", () -> Target.execute(connection, "execute p"));
        try (PreparedStatement statement = connection.prepareStatement("select ?")) {
            statement.setInt(1, 5);
            try (ResultSet rows = statement.executeQuery()) {
                target.noteRows("prepared", rows);
            }
        }
    }

    private static void invoke(Target target, Connection connection, String type, String method, Object... arguments)
            throws Exception {
        Class<?>[] types = new Class<?>[arguments.length];
        java.util.Arrays.fill(types, String.class);
        try {
            target.driver().load(type).getMethod(method, types).invoke(connection, arguments);
        } catch (java.lang.reflect.InvocationTargetException e) {
            if (e.getCause() instanceof SQLException error) {
                throw error;
            }
            throw e;
        }
    }

    private static void changeUser(Target target) throws Exception {
        Connection connection = target.connect();
        if (!target.isConnectorJ()) {
            target.note("not a function of this driver", true);
            return;
        }
        // The name is part of an error text, so it is the same at both targets.
        String account = "it_change";
        Target.execute(
                connection,
                "drop user if exists " + account,
                "create user " + account + " identified by 'pw 1'",
                "grant select on " + target.database() + ".* to " + account,
                "drop table if exists changed",
                "create table changed(a int)",
                "set @a = 1, div_precision_increment = 9");
        // The full name and, behind a proxy, the short one that stays with the session's tenant.
        invoke(target, connection, "com.mysql.cj.jdbc.JdbcConnection", "changeUser", account + suffix(target), "pw 1");
        target.note(
                "user",
                Target.cell(connection, "select substring_index(current_user(), '@', 1)")
                        .equals(account));
        target.noteQuery(connection, "select @a, @@div_precision_increment");
        target.noteFailure(
                "may not", () -> Target.execute(connection, "insert into " + target.database() + ".changed values(1)"));
        target.noteQuery(connection, "select count(*) from " + target.database() + ".changed");
        invoke(target, connection, "com.mysql.cj.jdbc.JdbcConnection", "changeUser", target.user(), "");
        target.note("back", Target.cell(connection, "select substring_index(current_user(), '@', 1)"));
    }

    /** What follows the user in the login name of this target. */
    private static String suffix(Target target) {
        return target.user().substring(target.user().indexOf('@'));
    }

    private static void changeUserThatFails(Target target) throws Exception {
        Connection connection = target.connect();
        target.note("usable", Target.cell(connection, "select 1"));
        if (target.isConnectorJ()) {
            try {
                invoke(
                        target,
                        connection,
                        "com.mysql.cj.jdbc.JdbcConnection",
                        "changeUser",
                        "nobody" + suffix(target),
                        "wrong");
                target.note("no error");
            } catch (SQLException e) {
                target.note("refused", e.getErrorCode(), e.getSQLState());
            }
        }
    }

    private static void wrongPassword(Target target) throws Exception {
        target.noteFailure(
                "wrong",
                () -> target.driver()
                        .connect(
                                target.endpoint(),
                                target.database(),
                                List.of("user=" + target.user(), "password=wrong"))
                        .close());
    }

    private static void unknownDatabase(Target target) throws Exception {
        target.noteFailure(
                "unknown",
                () -> target.driver()
                        .connect(target.endpoint(), "no_such_database", List.of("user=" + target.user(), "password="))
                        .close());
    }

    private static void manyConnections(Target target) throws SQLException {
        for (int i = 0; i < 10; i++) {
            Connection connection = target.connect();
            Target.execute(connection, "set @i = " + i);
            target.note("own", Target.cell(connection, "select @i"));
        }
    }

    private static void abort(Target target) throws SQLException {
        Connection connection = target.connect();
        target.note("before", Target.cell(connection, "select 1"));
        connection.abort(Runnable::run);
        target.note("closed", connection.isClosed());
    }
}
