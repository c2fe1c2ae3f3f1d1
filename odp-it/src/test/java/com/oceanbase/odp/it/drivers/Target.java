package com.oceanbase.odp.it.drivers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a check runs: one driver against one endpoint, in a database of its own. What the check notes is compared with
 * what it notes at the other endpoint.
 */
final class Target implements AutoCloseable {
    private final JdbcDriver driver;
    private final String endpoint;
    private final String user;
    private final String database;
    private final List<String> notes = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    Target(JdbcDriver driver, String endpoint, String user, String database) {
        this.driver = driver;
        this.endpoint = endpoint;
        this.user = user;
        this.database = database;
    }

    JdbcDriver driver() {
        return driver;
    }

    JdbcDriver.Family family() {
        return driver.family();
    }

    boolean isConnectorJ() {
        return family() == JdbcDriver.Family.CONNECTOR_J;
    }

    String endpoint() {
        return endpoint;
    }

    String database() {
        return database;
    }

    String user() {
        return user;
    }

    /** A connection that is closed with the target. */
    Connection connect(String... options) throws SQLException {
        List<String> all = new ArrayList<>(List.of("user=" + user, "password="));
        all.addAll(Arrays.asList(options));
        Connection connection = driver.connect(endpoint, database, all);
        connections.add(connection);
        return connection;
    }

    /** Text or binary protocol. */
    Connection connect(boolean serverPrepared, String... options) throws SQLException {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.add("useServerPrepStmts=" + serverPrepared);
        return connect(all.toArray(String[]::new));
    }

    /** Notes something seen. */
    void note(String what, Object... values) {
        StringBuilder note = new StringBuilder(what);
        for (Object value : values) {
            note.append(" | ").append(text(value));
        }
        notes.add(note.toString().replace(database, "DATABASE"));
    }

    /** Notes an error as an application sees it. */
    void noteError(String what, SQLException error) {
        note(what, error.getErrorCode(), error.getSQLState(), message(error));
    }

    /** Runs something that must fail with an SQL error, and notes the error. */
    void noteFailure(String what, SqlAction action) throws Exception {
        try {
            action.run();
            note(what, "no error");
        } catch (SQLException e) {
            noteError(what, e);
        }
    }

    /** MariaDB's drivers add the number of the connection, which differs each time. */
    private static String message(SQLException error) {
        return String.valueOf(error.getMessage())
                .replaceAll("conn=-?\\d+", "conn=N")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "ADDRESS")
                .lines()
                .findFirst()
                .orElse("");
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Notes all rows of a query. */
    void noteQuery(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            noteRows(sql, rows);
        }
    }

    void noteRows(String what, ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        int count = 0;
        while (rows.next()) {
            Object[] values = new Object[columns.getColumnCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.getObject(i + 1);
            }
            note(what + " row " + count++, values);
        }
        note(what + " rows", count);
    }

    /** The first column of the first row. */
    static String cell(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "NULL";
            case byte[] bytes when bytes.length > 200 -> bytes.length + " bytes, hash " + Arrays.hashCode(bytes);
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case String text when text.length() > 500 -> text.length() + " characters, hash " + text.hashCode();
            default -> value.toString().replaceFirst("@[0-9a-f]{5,8}$", "");
        };
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What a check does that may fail. */
    interface SqlAction {
        void run() throws Exception;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
