package com.oceanbase.odp.it.drivers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.Random;

/** Values of all column types, both ways, in both protocols. */
final class TypeChecks {
    private static final int LARGE = 5 << 20;

    /** Column type, literal. */
    private static final List<List<String>> TYPES = List.of(
            List.of("tinyint", "-128"),
            List.of("tinyint unsigned", "255"),
            List.of("smallint", "-32768"),
            List.of("smallint unsigned", "65535"),
            List.of("mediumint", "-8388608"),
            List.of("mediumint unsigned", "16777215"),
            List.of("int", "-2147483648"),
            List.of("int unsigned", "4294967295"),
            List.of("bigint", "-9223372036854775808"),
            List.of("bigint unsigned", "18446744073709551615"),
            List.of("decimal(38,10)", "-1234567890123456789012345678.0123456789"),
            List.of("float", "1.5"),
            List.of("double", "-2.25e100"),
            List.of("bit(1)", "b'1'"),
            List.of("bit(13)", "b'1010101010101'"),
            List.of("bool", "true"),
            List.of("date", "'2024-02-29'"),
            List.of("datetime", "'1999-12-31 23:59:59'"),
            List.of("datetime(6)", "'2024-02-29 12:34:56.789012'"),
            List.of("timestamp(3) null", "'2024-02-29 12:34:56.789'"),
            List.of("time", "'-838:59:59'"),
            List.of("time(6)", "'12:34:56.789012'"),
            List.of("year", "2155"),
            List.of("char(10)", "'pad'"),
            List.of("varchar(300)", "repeat('v', 300)"),
            List.of("binary(4)", "x'00ff00fe'"),
            List.of("varbinary(20)", "x'0001ff'"),
            List.of("tinytext", "'tiny'"),
            List.of("text", "repeat('t', 60000)"),
            List.of("mediumtext", "repeat('m', 70000)"),
            List.of("longtext", "'long'"),
            List.of("tinyblob", "x'00'"),
            List.of("blob", "repeat('b', 65535)"),
            List.of("mediumblob", "x'ff00'"),
            List.of("longblob", "x''"),
            List.of("enum('a','b','c')", "'b'"),
            List.of("set('x','y','z')", "'x,z'"),
            List.of("json", "'{\"k\": [1, 2.5, null, \"t\"]}'"));

    private TypeChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("valuesOfAllTypesAsText", target -> readAll(target, false)),
                new Check("valuesOfAllTypesAsBinary", target -> readAll(target, true)),
                new Check("columnDefinitions", TypeChecks::columnDefinitions),
                new Check("parametersAsText", target -> parameters(target, false)),
                new Check("parametersAsBinary", target -> parameters(target, true)),
                new Check("nullsAsText", target -> nulls(target, false)),
                new Check("nullsAsBinary", target -> nulls(target, true)),
                new Check("largeBlobAsText", target -> largeBlob(target, false)),
                new Check("largeBlobAsLongData", target -> largeBlob(target, true)),
                new Check("largeClobAsLongData", TypeChecks::largeClob),
                new Check("fourByteCharacters", TypeChecks::fourByteCharacters),
                new Check("typesOfParametersChange", TypeChecks::changingTypes));
    }

    private static String createAll() {
        StringBuilder sql = new StringBuilder("create table all_types(id int primary key");
        for (int i = 0; i < TYPES.size(); i++) {
            sql.append(", c").append(i).append(' ').append(TYPES.get(i).getFirst());
        }
        return sql.append(')').toString();
    }

    private static void fillAll(Connection connection) throws SQLException {
        StringBuilder values = new StringBuilder("insert into all_types values(1");
        TYPES.forEach(type -> values.append(", ").append(type.get(1)));
        Target.execute(
                connection,
                "drop table if exists all_types",
                createAll(),
                values.append(')').toString(),
                "insert into all_types(id) values(2)");
    }

    private static void readAll(Target target, boolean serverPrepared) throws SQLException {
        Connection connection = target.connect(serverPrepared);
        fillAll(connection);
        try (PreparedStatement statement =
                connection.prepareStatement("select * from all_types where id >= ? order by id")) {
            statement.setInt(1, 1);
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                while (rows.next()) {
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        Object value = object(rows, i);
                        target.note(
                                columns.getColumnName(i),
                                value,
                                value == null ? "null" : value.getClass().getSimpleName(),
                                rows.getBytes(i),
                                rows.wasNull());
                    }
                }
            }
        }
    }

    /** A driver may find that a value does not fit the type that it has for the column. */
    private static Object object(ResultSet rows, int column) throws SQLException {
        try {
            return rows.getObject(column);
        } catch (SQLException e) {
            return e.getClass().getSimpleName() + " " + e.getErrorCode();
        }
    }

    private static void columnDefinitions(Target target) throws SQLException {
        Connection connection = target.connect();
        fillAll(connection);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from all_types")) {
            ResultSetMetaData columns = rows.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                target.note(
                        columns.getColumnLabel(i),
                        columns.getColumnTypeName(i),
                        columns.getColumnType(i),
                        columns.getPrecision(i),
                        columns.getScale(i),
                        columns.isNullable(i),
                        columns.isSigned(i),
                        columns.isAutoIncrement(i),
                        columns.getTableName(i),
                        columns.getCatalogName(i));
            }
        }
    }

    private static void parameters(Target target, boolean serverPrepared) throws SQLException {
        Connection connection = target.connect(serverPrepared);
        Target.execute(
                connection,
                "drop table if exists params",
                "create table params(id int primary key, a tinyint, b bigint, c decimal(20,5), d double, e float, f date,"
                        + " g time, h datetime(6), i varchar(100), j varbinary(100), k bit(1), l longtext)");
        try (PreparedStatement insert =
                connection.prepareStatement("insert into params values(?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            for (int id = 1; id <= 3; id++) {
                insert.setInt(1, id);
                insert.setByte(2, (byte) -id);
                insert.setLong(3, Long.MIN_VALUE + id);
                insert.setBigDecimal(4, new BigDecimal("12345.67891").negate());
                insert.setDouble(5, Math.PI * id);
                insert.setFloat(6, 0.5f * id);
                insert.setDate(7, Date.valueOf("2000-01-0" + id));
                insert.setTime(8, Time.valueOf("01:02:0" + id));
                insert.setTimestamp(9, Timestamp.valueOf("2001-02-03 04:05:06.789" + id));
                insert.setString(10, "it's a \"test\" \\ \n \0 \u001a ü");
                insert.setBytes(11, new byte[] {0, '\'', '\\', -1, (byte) id});
                insert.setBoolean(12, id == 2);
                insert.setObject(13, "object " + id);
                target.note("inserted", insert.executeUpdate());
            }
        }
        target.noteQuery(connection, "select * from params order by id");
        target.noteQuery(connection, "select hex(i), hex(j), k + 0 from params order by id");
    }

    private static void nulls(Target target, boolean serverPrepared) throws SQLException {
        Connection connection = target.connect(serverPrepared);
        Target.execute(connection, "drop table if exists nulls", createAll().replace("all_types", "nulls"));
        StringBuilder sql = new StringBuilder("insert into nulls values(?");
        TYPES.forEach(_ -> sql.append(",?"));
        try (PreparedStatement insert =
                connection.prepareStatement(sql.append(')').toString())) {
            insert.setInt(1, 1);
            for (int i = 0; i < TYPES.size(); i++) {
                insert.setNull(i + 2, i % 2 == 0 ? Types.VARCHAR : Types.INTEGER);
            }
            target.note("inserted", insert.executeUpdate());
        }
        target.noteQuery(connection, "select * from nulls");
        try (PreparedStatement select =
                connection.prepareStatement("select ?, ?, id from nulls where c0 is null and ? is null")) {
            select.setNull(1, Types.INTEGER);
            select.setString(2, "x");
            select.setObject(3, null);
            try (ResultSet rows = select.executeQuery()) {
                target.noteRows("null parameters", rows);
            }
        }
    }

    private static void largeBlob(Target target, boolean serverPrepared) throws Exception {
        Connection connection = target.connect(serverPrepared);
        Target.execute(
                connection,
                "drop table if exists large_blob",
                "create table large_blob(id int primary key, b longblob)",
                "set ob_query_timeout = 60000000");
        byte[] content = new byte[LARGE];
        new Random(4711).nextBytes(content);
        try (PreparedStatement insert = connection.prepareStatement("insert into large_blob values(?, ?)")) {
            insert.setInt(1, 1);
            insert.setBinaryStream(2, new ByteArrayInputStream(content), content.length);
            target.note("inserted", insert.executeUpdate());
            insert.setInt(1, 2);
            insert.setBytes(2, java.util.Arrays.copyOf(content, 1 << 20));
            target.note("inserted", insert.executeUpdate());
        }
        try (PreparedStatement select = connection.prepareStatement("select b from large_blob order by id");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                try (InputStream stream = rows.getBinaryStream(1)) {
                    byte[] read = stream.readAllBytes();
                    target.note(
                            "read",
                            read.length,
                            java.util.Arrays.equals(read, java.util.Arrays.copyOf(content, read.length)));
                }
            }
        }
        target.noteQuery(connection, "select length(b), md5(b) from large_blob order by id");
    }

    private static void largeClob(Target target) throws SQLException, IOException {
        Connection connection = target.connect(true);
        Target.execute(
                connection,
                "drop table if exists large_clob",
                "create table large_clob(id int primary key, c longtext)");
        String text = "ä€😀 line\n".repeat(100_000);
        try (PreparedStatement insert = connection.prepareStatement("insert into large_clob values(1, ?)")) {
            insert.setCharacterStream(1, new StringReader(text), text.length());
            target.note("inserted", insert.executeUpdate());
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select c from large_clob")) {
            rows.next();
            target.note("same", rows.getString(1).equals(text));
        }
    }

    private static void fourByteCharacters(Target target) throws SQLException {
        for (boolean serverPrepared : new boolean[] {false, true}) {
            Connection connection = target.connect(serverPrepared);
            Target.execute(
                    connection,
                    "drop table if exists four",
                    "create table four(id int primary key, `spalte 😀` varchar(100), 名前 varchar(100))",
                    "insert into four values(1, '😀𝄞ä', '名前')");
            try (PreparedStatement insert = connection.prepareStatement("insert into four values(2, ?, ?)")) {
                insert.setString(1, "👩‍👩‍👧");
                insert.setString(2, "Ünïcödé");
                insert.executeUpdate();
            }
            target.noteQuery(connection, "select *, char_length(名前), hex(名前) from four order by id");
        }
    }

    private static void changingTypes(Target target) throws SQLException {
        Connection connection = target.connect(true);
        try (PreparedStatement statement = connection.prepareStatement("select ?, ? + 1")) {
            Object[][] values = {
                {1, 2}, {"text", 2L}, {new byte[] {1, 2}, new BigDecimal("2.5")}, {null, 3.5d}, {"x", 1}
            };
            for (Object[] pair : values) {
                statement.setObject(1, pair[0]);
                statement.setObject(2, pair[1]);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    target.note("row", rows.getString(1), rows.getString(2));
                }
            }
        }
    }
}
