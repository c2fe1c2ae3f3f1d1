package com.oceanbase.odp.it.equivalence;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random sequence of steps of one session, the same for the same seed. {@code $1} and {@code $2} stand for two
 * databases with tables t1, t2 and t3 {@code (id bigint primary key auto_increment, v varchar(100), n int default 7, d
 * decimal(10,2))}.
 *
 * <p>No user variable is a floating-point number: servers tell them as text, 1e3 as 1000, so that another server gets an
 * integer, and binary strings as x'…', which the kernel takes for a number where a number is wanted. The same is true of
 * the original.
 *
 * <p>What a statement leaves on its server for the next one only, such as its warnings, is asked for by the next step.
 */
final class SessionScript {
    private static final int COM_PING = 0x0E;
    private static final int COM_RESET_CONNECTION = 0x1F;
    private static final int SLOTS = 3;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 24;

    private final Random random;
    private final List<Step> steps = new ArrayList<>();

    private SessionScript(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    static List<Step> of(long seed) {
        SessionScript script = new SessionScript(seed);
        int length = SHORTEST + script.random.nextInt(LONGEST - SHORTEST + 1);
        boolean events = script.random.nextInt(4) > 0;
        while (script.steps.size() < length) {
            if (events && script.random.nextInt(7) == 0) {
                script.steps.add(script.event());
            } else {
                script.request();
            }
        }
        return script.steps;
    }

    private Step event() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Step.Kill(1 + random.nextInt(3));
            case 3 -> new Step.Revive();
            case 4, 5 -> new Step.Break(1 + random.nextInt(3));
            default -> new Step.Move(1 + random.nextInt(3), 1 + random.nextInt(3));
        };
    }

    private void query(String sql) {
        steps.add(new Step.Query(sql));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private int slot() {
        return random.nextInt(SLOTS);
    }

    private String table() {
        return "t" + (1 + random.nextInt(3));
    }

    private String userVariable() {
        return "@" + pick("a", "b", "c", "Dd");
    }

    private String value() {
        return pick(
                "NULL",
                "0",
                "-7",
                "12.50",
                "'x'",
                "'it''s'",
                "'back\\\\slash'",
                "''",
                "x'00FF'",
                "'é中'",
                "18446744073709551615",
                "'" + random.nextInt(10) + "'",
                "@a",
                "(select max(v) from t1)");
    }

    private void request() {
        switch (random.nextInt(30)) {
            case 0, 1 -> query("set " + userVariable() + " = " + value() + ", " + userVariable() + " = " + value());
            case 2, 3 -> query("set " + pick("session ", "", "@@session.") + systemVariable());
            case 4, 5 ->
                query("select hex(@a), hex(@b), hex(@c), hex(@dd), v from " + table() + " order by id limit 3");
            case 6 -> query("select @a, @b, @c from " + table() + " order by id limit 1");
            case 7 ->
                query("select @@autocommit, @@time_zone, @@sql_mode, @@ob_query_timeout, @@collation_connection,"
                        + " last_insert_id(), id from " + table() + " order by id limit 1");
            case 8, 9, 10 -> insert();
            case 11 -> query("update " + table() + " set v = concat(v, '+') where id = " + (1 + random.nextInt(3)));
            case 12 -> query("delete from " + table() + " where id > " + random.nextInt(4) + " order by id limit 1");
            case 13 -> query(pick("begin", "start transaction", "start transaction read only", "begin work"));
            case 14, 15, 16 -> query(pick("commit", "rollback", "commit", "rollback", "commit and chain"));
            case 17 -> database();
            case 18 -> failing();
            case 19, 20 -> text();
            case 21 -> steps.add(new Step.Prepare(slot(), prepared()));
            case 22, 23 -> execute();
            case 24 -> transaction();
            case 25 -> multi();
            case 26 -> effects();
            case 27 -> query("select count(*), max(v) from $" + (1 + random.nextInt(2)) + "." + table());
            case 28 -> rare();
            default -> query("select id, v, n, d from " + table() + " where id <= 3 order by id");
        }
    }

    private String systemVariable() {
        return pick(
                "autocommit = 0",
                "autocommit = 1",
                "autocommit = 1",
                "time_zone = '+0" + random.nextInt(9) + ":00'",
                "sql_mode = ''",
                "sql_mode = 'NO_BACKSLASH_ESCAPES'",
                "sql_mode = 'STRICT_TRANS_TABLES,ANSI_QUOTES'",
                "ob_query_timeout = " + (20 + random.nextInt(5)) + "000000",
                "collation_connection = 'utf8mb4_bin'",
                "collation_connection = 'utf8mb4_general_ci'",
                "auto_increment_increment = " + (1 + random.nextInt(2)),
                "tx_isolation = '" + pick("READ-COMMITTED", "REPEATABLE-READ") + "'",
                "character_set_results = NULL",
                "character_set_results = utf8mb4");
    }

    private void insert() {
        String table = table();
        query("insert into " + table + "(v) values(" + pick("'n'", "@a", "'w" + random.nextInt(3) + "'", "null") + ")");
        switch (random.nextInt(4)) {
            case 0 -> query("select last_insert_id()");
            case 1 -> {
                query("insert into " + table + "(v) values('counted'), ('counted')");
                query("select row_count()");
            }
            case 2 -> query("select last_insert_id(), v from " + table() + " order by id limit 1");
            default -> query("select count(*) from " + table);
        }
    }

    private void database() {
        switch (random.nextInt(3)) {
            case 0 -> query(pick("use $1", "use $2", "use $2", "use eq_nosuch"));
            case 1 -> steps.add(new Step.UseDatabase(pick("$1", "$2", "$2", "eq_nosuch")));
            default -> query("select database()");
        }
    }

    private void failing() {
        query(pick(
                "select nosuch from " + table(),
                "insert into " + table() + "(id, v) values(1, 'again')",
                "insert into " + table() + "(v) values(repeat('x', 101))",
                "update " + table() + " set n = 'word' where id = 1",
                "select 1 from nosuch",
                "selec",
                "set nosuch = 1",
                "execute nosuch",
                "deallocate prepare nosuch",
                "rollback to nosuch"));
        if (random.nextBoolean()) {
            query(pick("show count(*) errors", "show warnings", "show errors"));
        }
    }

    private void text() {
        String name = pick("p", "q");
        query(pick(
                "prepare " + name + " from 'select concat(v, ifnull(@b, 1)) from " + table() + " order by id limit 1'",
                "prepare " + name + " from 'insert into " + table() + "(v) values(?)'",
                "prepare " + name + " from 'select nosuch from " + table() + "'",
                "execute " + name,
                "execute " + name,
                "execute " + name + " using @a",
                "execute " + name + " using @a",
                "deallocate prepare " + name));
    }

    private String prepared() {
        return pick(
                "select concat(v, ?) from t1 order by id limit 1",
                "select concat(v, ?, ifnull(@a, 'none')), n, d from t2 order by id limit 1",
                "insert into t3(v) values(concat('p', ?))",
                "update t1 set v = concat(v, ?) where id < 3",
                "select concat(?, database())",
                "select id, v, n, d from t3 where v <> ? order by id",
                "select ? from nosuch",
                "commit");
    }

    private void execute() {
        int slot = slot();
        if (random.nextInt(2) == 0) {
            steps.add(new Step.Prepare(slot, prepared()));
        }
        switch (random.nextInt(8)) {
            case 0 -> steps.add(new Step.ExecuteLong(slot, pick("long", "é", "")));
            case 1 -> steps.add(new Step.Fetch(slot, 1 + random.nextInt(3)));
            case 2 -> steps.add(new Step.ResetStatement(slot));
            case 3 -> steps.add(new Step.Close(slot));
            default -> {
                List<String> values = new ArrayList<>();
                values.add(random.nextInt(6) == 0 ? null : pick("1", "é", "", "a'b"));
                steps.add(new Step.Execute(slot, values));
            }
        }
    }

    /** A transaction with all that may stand in one. */
    private void transaction() {
        if (random.nextInt(3) == 0) {
            query("set transaction " + pick("read only", "isolation level read committed", "read write"));
        }
        query(pick("begin", "start transaction", "start transaction with consistent snapshot"));
        query("insert into " + table() + "(v) values('in transaction')");
        query("savepoint s1");
        query("update " + table() + " set v = 'changed' where id = 1");
        query(pick("rollback to s1", "release savepoint s1", "rollback to savepoint s1"));
        query("select id, v from " + table() + " where id < 3 order by id");
        query(pick("commit", "rollback"));
    }

    private void multi() {
        query(pick(
                "set @a = 'm1'; select @a; select count(*) from " + table(),
                "insert into " + table() + "(v) values('m'); select last_insert_id()",
                "select 1; select nosuch; select 2",
                "begin; insert into " + table() + "(v) values('m'); commit",
                "use $2; select database()",
                "set autocommit = 1; set @b = 5; select @b, @@autocommit"));
    }

    /** What the next statement may ask about the one before. */
    private void effects() {
        switch (random.nextInt(4)) {
            case 0 -> {
                query("select cast('abc' as signed), v from " + table() + " where id = 1");
                query("show warnings");
            }
            case 1 -> {
                query("select sql_calc_found_rows v from " + table() + " where id < 4 limit 1");
                query("select found_rows()");
            }
            case 2 -> {
                query("update " + table() + " set n = n + 1 where id < 4");
                query("select row_count()");
            }
            default -> {
                query("insert ignore into " + table() + "(id, v) values(1, 'dup')");
                query("show warnings");
                query("show count(*) warnings");
            }
        }
    }

    private void rare() {
        switch (random.nextInt(8)) {
            case 0 -> steps.add(new Step.Command(COM_RESET_CONNECTION));
            case 1, 2 -> steps.add(new Step.Command(COM_PING));
            case 3 -> query("set names " + pick("utf8mb4", "gbk", "utf8mb4 collate utf8mb4_bin", "default"));
            case 4 -> query("select @@character_set_client, @@character_set_results, @@tx_isolation, @@identity");
            case 5 -> query("set last_insert_id = " + random.nextInt(100));
            case 6 -> query("set @a := 1, @b = @a, autocommit = 1, @@session.ob_query_timeout = 21000000");
            default -> query("show variables like 'time_zone'");
        }
    }
}
