package com.oceanbase.odp.it.drivers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/** The transaction API of JDBC. */
final class TransactionChecks {
    private TransactionChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("commitAndRollback", TransactionChecks::commitAndRollback),
                new Check("isolationLevels", TransactionChecks::isolationLevels),
                new Check("savepoints", TransactionChecks::savepoints),
                new Check("readOnly", TransactionChecks::readOnly),
                new Check("implicitCommit", TransactionChecks::implicitCommit),
                new Check("statementErrorInTransaction", TransactionChecks::errorInTransaction),
                new Check("lockWaitTimeout", TransactionChecks::lockWait),
                new Check("textTransactions", TransactionChecks::textTransactions));
    }

    private static Connection withTable(Target target, String table) throws SQLException {
        Connection connection = target.connect();
        Target.execute(
                connection,
                "drop table if exists " + table,
                "create table " + table + "(a int primary key, b int)",
                "insert into " + table + " values(1, 1)");
        return connection;
    }

    private static void commitAndRollback(Target target) throws SQLException {
        Connection connection = withTable(target, "tx");
        Connection observer = target.connect();
        connection.setAutoCommit(false);
        Target.execute(connection, "insert into tx values(2, 2)");
        target.note("uncommitted", Target.cell(observer, "select count(*) from tx"));
        connection.commit();
        target.note("committed", Target.cell(observer, "select count(*) from tx"));
        Target.execute(connection, "update tx set b = 9", "delete from tx where a = 1");
        connection.rollback();
        target.noteQuery(connection, "select * from tx order by a");
        connection.commit();
        Target.execute(connection, "insert into tx values(3, 3)");
        connection.setAutoCommit(true);
        target.note("autocommit commits", Target.cell(observer, "select count(*) from tx"));
        target.note("autocommit", connection.getAutoCommit(), Target.cell(connection, "select @@autocommit"));
    }

    private static void isolationLevels(Target target) throws Exception {
        Connection connection = withTable(target, "levels");
        for (int level : new int[] {
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE,
            Connection.TRANSACTION_READ_UNCOMMITTED
        }) {
            target.noteFailure("level " + level, () -> {
                connection.setTransactionIsolation(level);
                target.note("got", connection.getTransactionIsolation());
            });
            target.noteQuery(connection, "select @@transaction_isolation");
        }
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        target.note("snapshot", Target.cell(connection, "select b from levels"));
        Connection other = target.connect();
        Target.execute(other, "update levels set b = 2");
        target.note("same", Target.cell(connection, "select b from levels"));
        connection.commit();
        target.note("new", Target.cell(connection, "select b from levels"));
        connection.rollback();
    }

    private static void savepoints(Target target) throws Exception {
        Connection connection = withTable(target, "saved");
        connection.setAutoCommit(false);
        Target.execute(connection, "insert into saved values(2, 2)");
        Savepoint first = connection.setSavepoint("first");
        Target.execute(connection, "insert into saved values(3, 3)");
        Savepoint second = connection.setSavepoint();
        Target.execute(connection, "insert into saved values(4, 4)");
        connection.rollback(second);
        target.noteQuery(connection, "select a from saved order by a");
        connection.releaseSavepoint(second);
        connection.rollback(first);
        target.noteQuery(connection, "select a from saved order by a");
        connection.commit();
        target.noteFailure("gone", () -> Target.execute(connection, "rollback to savepoint first"));
        connection.rollback();
        target.noteQuery(connection, "select a from saved order by a");
        connection.rollback();
    }

    private static void readOnly(Target target) throws Exception {
        Connection connection = withTable(target, "readers");
        connection.setReadOnly(true);
        target.note("read", connection.isReadOnly(), Target.cell(connection, "select b from readers"));
        target.noteFailure("write", () -> Target.execute(connection, "update readers set b = 2"));
        connection.setReadOnly(false);
        Target.execute(connection, "update readers set b = 3");
        Target.execute(connection, "start transaction read only");
        target.noteFailure("write in a transaction", () -> Target.execute(connection, "update readers set b = 4"));
        Target.execute(connection, "rollback");
        target.note("at last", Target.cell(connection, "select b from readers"));
    }

    private static void implicitCommit(Target target) throws SQLException {
        Connection connection = withTable(target, "implicit");
        connection.setAutoCommit(false);
        Target.execute(
                connection,
                "insert into implicit values(2, 2)",
                "drop table if exists implicit_other",
                "create table implicit_other(a int)");
        connection.rollback();
        target.noteQuery(connection, "select * from implicit order by a");
        Target.execute(connection, "insert into implicit values(3, 3)", "start transaction");
        connection.rollback();
        target.noteQuery(connection, "select * from implicit order by a");
        connection.rollback();
    }

    private static void errorInTransaction(Target target) throws Exception {
        Connection connection = withTable(target, "tx_error");
        connection.setAutoCommit(false);
        Target.execute(connection, "insert into tx_error values(2, 2)");
        target.noteFailure("duplicate", () -> Target.execute(connection, "insert into tx_error values(1, 1)"));
        target.noteFailure("syntax", () -> Target.execute(connection, "inser"));
        Target.execute(connection, "insert into tx_error values(3, 3)");
        connection.commit();
        target.noteQuery(connection, "select * from tx_error order by a");
        connection.rollback();
    }

    private static void lockWait(Target target) throws Exception {
        Connection holder = withTable(target, "locked");
        Connection waiter = target.connect();
        holder.setAutoCommit(false);
        Target.execute(holder, "update locked set b = 2");
        Target.execute(waiter, "set ob_query_timeout = 1000000, ob_trx_lock_timeout = 500000");
        target.noteFailure("locked", () -> Target.execute(waiter, "update locked set b = 3"));
        holder.commit();
        Target.execute(waiter, "set ob_query_timeout = 10000000, ob_trx_lock_timeout = -1", "update locked set b = 3");
        target.note("written", Target.cell(waiter, "select b from locked"));
    }

    private static void textTransactions(Target target) throws SQLException {
        Connection connection = withTable(target, "text_tx");
        for (String begin : List.of(
                "begin",
                "BEGIN WORK",
                "start transaction",
                "start transaction with consistent snapshot",
                "start transaction read write",
                "/* c */ begin")) {
            Target.execute(connection, begin, "insert into text_tx values(2, 2)", "rollback");
            target.note(begin, Target.cell(connection, "select count(*) from text_tx"));
            Target.execute(connection, begin, "update text_tx set b = b + 1", "commit work");
            target.note(begin, Target.cell(connection, "select b from text_tx"));
            Target.execute(connection, begin, "commit", begin, "rollback", begin, begin, "select 1", "commit");
        }
        Target.execute(connection, "set autocommit = 0", "update text_tx set b = 0", "rollback", "set autocommit = 1");
        target.note("rolled back", Target.cell(connection, "select b from text_tx"));
        Target.execute(
                connection,
                "set transaction isolation level serializable",
                "start transaction",
                "update text_tx set b = 100",
                "commit");
        target.noteQuery(connection, "select b, @@transaction_isolation from text_tx");
    }
}
