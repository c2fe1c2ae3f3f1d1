package com.oceanbase.odp.it.drivers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Batches in all their forms, and files. */
final class BulkChecks {
    private BulkChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("batchAsText", target -> batch(target, "b_text", "useServerPrepStmts=false")),
                new Check("batchAsBinary", target -> batch(target, "b_binary", "useServerPrepStmts=true")),
                new Check(
                        "batchRewritten",
                        target -> batch(
                                target, "b_rewritten", "rewriteBatchedStatements=true", "useServerPrepStmts=false")),
                new Check(
                        "batchRewrittenAsBinary",
                        target -> batch(
                                target,
                                "b_rewritten_binary",
                                "rewriteBatchedStatements=true",
                                "useServerPrepStmts=true")),
                new Check("batchOfStatements", BulkChecks::batchOfStatements),
                new Check("batchWithError", BulkChecks::batchWithError),
                new Check("largeMultiRowInsert", BulkChecks::largeInsert),
                new Check("localFile", BulkChecks::localFile),
                new Check("localFileThatIsMissing", BulkChecks::missingFile),
                new Check("localFileThatIsNotAllowed", BulkChecks::forbiddenFile));
    }

    private static Connection withTable(Target target, String table, String... options) throws SQLException {
        Connection connection = target.connect(options);
        Target.execute(
                connection,
                "drop table if exists " + table,
                "create table " + table + "(a int primary key, b varchar(200))");
        return connection;
    }

    private static void batch(Target target, String table, String... options) throws SQLException {
        Connection connection = withTable(target, table, options);
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + "(a, b) values(?, ?)")) {
            for (int i = 0; i < 500; i++) {
                insert.setInt(1, i);
                insert.setString(2, i % 10 == 0 ? null : "value '" + i + "' ü");
                insert.addBatch();
            }
            target.note("inserted", Arrays.toString(insert.executeBatch()));
        }
        try (PreparedStatement update = connection.prepareStatement("update " + table + " set b = ? where a = ?")) {
            for (int i = 490; i < 510; i++) {
                update.setString(1, "updated");
                update.setInt(2, i);
                update.addBatch();
            }
            target.note("updated", Arrays.toString(update.executeBatch()));
        }
        target.noteQuery(connection, "select count(*), count(b), md5(group_concat(b order by a)) from " + table);
    }

    private static void batchOfStatements(Target target) throws SQLException {
        Connection connection = withTable(target, "b_statements", "rewriteBatchedStatements=true");
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < 20; i++) {
                statement.addBatch("insert into b_statements values(" + i + ", 'x')");
            }
            statement.addBatch("update b_statements set b = 'y' where a < 5");
            statement.addBatch("delete from b_statements where a > 15");
            target.note("counts", Arrays.toString(statement.executeBatch()));
        }
        target.noteQuery(connection, "select b, count(*) from b_statements group by b order by b");
    }

    private static void batchWithError(Target target) throws SQLException {
        Connection connection = withTable(target, "b_error");
        try (PreparedStatement insert = connection.prepareStatement("insert into b_error(a, b) values(?, 'x')")) {
            for (int i : new int[] {1, 2, 2, 3}) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (BatchUpdateException e) {
            target.noteError("batch", e);
            target.note("counts", Arrays.toString(e.getUpdateCounts()));
        }
        target.noteQuery(connection, "select a from b_error order by a");
    }

    private static void largeInsert(Target target) throws SQLException {
        Connection connection = withTable(target, "b_large");
        StringBuilder sql = new StringBuilder("insert into b_large values(0, 'first')");
        for (int i = 1; i < 3_000; i++) {
            sql.append(",(").append(i).append(", '").append("v".repeat(100)).append("')");
        }
        try (Statement statement = connection.createStatement()) {
            target.note("inserted", statement.executeUpdate(sql.toString()));
        }
        target.noteQuery(connection, "select count(*), sum(length(b)) from b_large");
    }

    private static String[] fileOptions(boolean allowed) {
        return new String[] {"allowLoadLocalInfile=" + allowed, "allowLocalInfile=" + allowed};
    }

    private static void load(Connection connection, Path file, String table, Target target) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            target.note(
                    "loaded",
                    statement.executeUpdate("load data local infile '" + file + "' into table " + table
                            + " fields terminated by ',' lines terminated by '\\n'"));
        }
    }

    private static void localFile(Target target) throws SQLException, IOException {
        Connection connection = withTable(target, "f_rows", fileOptions(true));
        Path file = Files.createTempFile("odp-it-", ".csv");
        try {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                rows.append(i).append(",name ").append(i).append('\n');
            }
            Files.writeString(file, rows);
            load(connection, file, "f_rows", target);
            target.noteQuery(connection, "select count(*), md5(group_concat(b order by a)) from f_rows");
            Files.writeString(file, "");
            load(connection, file, "f_rows", target);
            target.note("usable", Target.cell(connection, "select count(*) from f_rows"));
        } finally {
            Files.delete(file);
        }
    }

    private static void missingFile(Target target) throws Exception {
        Connection connection = withTable(target, "f_missing", fileOptions(true));
        noteRefusal(target, connection, "f_missing");
    }

    private static void forbiddenFile(Target target) throws Exception {
        Connection connection = withTable(target, "f_forbidden", fileOptions(false));
        if (target.driver() != JdbcDriver.OCEANBASE_2) {
            noteRefusal(target, connection, "f_forbidden");
            return;
        }
        // This driver always says that it can send files, and refuses itself; a server that knows it refuses first.
        boolean refused = false;
        try {
            load(connection, Path.of("/no/such/file"), "f_forbidden", target);
        } catch (SQLException refusal) {
            refused = refusal.getMessage() != null;
        }
        target.note("refused", refused);
        target.note("usable", connection.isValid(10));
    }

    private static void noteRefusal(Target target, Connection connection, String table) throws Exception {
        target.noteFailure("refused", () -> load(connection, Path.of("/no/such/file"), table, target));
        target.note("usable", connection.isValid(10));
    }
}
