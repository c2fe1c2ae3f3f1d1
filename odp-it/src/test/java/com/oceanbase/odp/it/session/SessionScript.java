package com.oceanbase.odp.it.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random sequence of statements of one session, the same for the same seed. {@code $1} and {@code $2} stand for two
 * databases with tables t1, t2 and t3.
 */
final class SessionScript {
    /** One step. */
    sealed interface Step {
        /** A statement as text. */
        record Query(String sql) implements Step {}

        /** Prepares a statement of the binary protocol under a slot. */
        record Prepare(int slot, String sql) implements Step {}

        /** Executes the slot's statement, if there is one. */
        record Execute(int slot, List<String> values) implements Step {}

        /** Closes the slot's statement, if there is one. */
        record Close(int slot) implements Step {}

        /** A node loses its connections, when no transaction is open. */
        record Break(int node) implements Step {}
    }

    private static final int SLOTS = 3;

    private final Random random;
    private final List<Step> steps = new ArrayList<>();

    private SessionScript(long seed) {
        this.random = new Random(seed);
    }

    static List<Step> of(long seed, int length, boolean breaks) {
        SessionScript script = new SessionScript(seed);
        while (script.steps.size() < length) {
            script.add(breaks);
        }
        return script.steps;
    }

    private void query(String sql) {
        steps.add(new Step.Query(sql));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
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
                "'" + random.nextInt(1000) + "'");
    }

    private void add(boolean breaks) {
        switch (random.nextInt(breaks ? 19 : 18)) {
            case 0, 1 -> query("set " + userVariable() + " = " + value() + ", " + userVariable() + " = " + value());
            case 2 -> query("set session " + systemVariable());
            case 3, 4 ->
                query("select hex(@a), hex(@b), hex(@c), hex(@dd), v from " + table() + " order by id limit 3");
            case 5 ->
                query("select @@autocommit, @@time_zone, @@sql_mode, @@ob_query_timeout, @@collation_connection,"
                        + " last_insert_id(), id from " + table() + " order by id limit 1");
            case 6, 7 -> insert();
            case 8 -> query("update " + table() + " set v = concat(v, '+') where id = " + (1 + random.nextInt(4)));
            case 9 -> query(pick("begin", "start transaction", "start transaction read only", "begin"));
            case 10, 11 -> query(pick("commit", "rollback"));
            case 12 -> query(pick("use $1", "use $2", "use $2", "use it_nosuch", "select database()"));
            case 13 -> failing();
            case 14 -> text();
            case 15 ->
                steps.add(new Step.Prepare(
                        random.nextInt(SLOTS),
                        pick(
                                "select concat(v, ?) from t1 order by id limit 1",
                                "select concat(v, ?, ifnull(@a, 'none')) from t2 order by id limit 1",
                                "insert into t3(v) values(concat('p', ?))",
                                "select concat(?, database())")));
            case 16 -> steps.add(new Step.Execute(random.nextInt(SLOTS), List.of(pick("1", "é", "", "a'b"))));
            case 17 -> {
                if (random.nextInt(4) == 0) {
                    steps.add(new Step.Close(random.nextInt(SLOTS)));
                } else {
                    query("select count(*), max(v) from $" + (1 + random.nextInt(2)) + "." + table());
                }
            }
            default -> steps.add(new Step.Break(1 + random.nextInt(3)));
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
                "character_set_results = NULL",
                "character_set_results = utf8mb4");
    }

    private void insert() {
        String table = table();
        query("insert into " + table + "(v) values(" + pick("'n'", "@a", "'w" + random.nextInt(100) + "'", "null")
                + ")");
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

    private void failing() {
        query(pick(
                "select nosuch from " + table(),
                "insert into " + table() + "(id, v) values(1, 'again')",
                "select 1 from nosuch",
                "selec",
                "set nosuch = 1",
                "execute nosuch",
                "rollback to nosuch"));
        if (random.nextBoolean()) {
            query("show count(*) errors");
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
}
