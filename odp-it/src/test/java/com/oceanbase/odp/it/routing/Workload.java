package com.oceanbase.odp.it.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The statements of a well-known workload as far as each touches one partition. What a transaction touches belongs
 * together: its statements are in one partition group, as a table group makes it in a real cluster.
 */
abstract class Workload {
    private Connection connection;
    private final Map<String, PreparedStatement> prepared = new TreeMap<>();

    /** CREATE TABLE statements by table name; all partitioned tables have {@link #PARTITIONS} partitions. */
    abstract Map<String, String> tables();

    /** Runs one transaction, or one statement that commits itself. */
    abstract void step(Random random) throws SQLException;

    static final int PARTITIONS = 6;

    /** Uses this connection from now on. */
    final void use(Connection used) {
        connection = used;
        prepared.clear();
    }

    final Connection connection() {
        return connection;
    }

    /** Executes a statement with these parameters and reads its rows. */
    final void run(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        if (statement.execute()) {
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        }
    }

    /** TPC-C, partitioned by warehouse. ITEM is a replicated table there, which the kernel does not have: it is left out. */
    static final class Tpcc extends Workload {
        private static final String BY_WAREHOUSE = ") partition by hash(%s) partitions " + PARTITIONS;

        @Override
        Map<String, String> tables() {
            Map<String, String> tables = new TreeMap<>();
            put(tables, "warehouse", "w_id", "w_id int, w_ytd decimal(12,2), w_tax decimal(4,4), primary key(w_id)");
            put(
                    tables,
                    "district",
                    "d_w_id",
                    "d_w_id int, d_id int, d_ytd decimal(12,2), d_tax decimal(4,4),"
                            + " d_next_o_id int, primary key(d_w_id, d_id)");
            put(
                    tables,
                    "customer",
                    "c_w_id",
                    "c_w_id int, c_d_id int, c_id int, c_last varchar(16),"
                            + " c_balance decimal(12,2), c_data varchar(500), primary key(c_w_id, c_d_id, c_id)");
            put(
                    tables,
                    "history",
                    "h_w_id",
                    "h_c_id int, h_c_d_id int, h_w_id int, h_amount decimal(6,2),"
                            + " h_date timestamp null, h_data varchar(24)");
            put(
                    tables,
                    "orders",
                    "o_w_id",
                    "o_w_id int, o_d_id int, o_id int, o_c_id int, o_carrier_id int,"
                            + " o_ol_cnt int, o_entry_d timestamp null, primary key(o_w_id, o_d_id, o_id)");
            put(
                    tables,
                    "new_order",
                    "no_w_id",
                    "no_w_id int, no_d_id int, no_o_id int," + " primary key(no_w_id, no_d_id, no_o_id)");
            put(
                    tables,
                    "order_line",
                    "ol_w_id",
                    "ol_w_id int, ol_d_id int, ol_o_id int, ol_number int, ol_i_id int,"
                            + " ol_supply_w_id int, ol_quantity int, ol_amount decimal(6,2), ol_dist_info char(24),"
                            + " primary key(ol_w_id, ol_d_id, ol_o_id, ol_number)");
            put(
                    tables,
                    "stock",
                    "s_w_id",
                    "s_w_id int, s_i_id int, s_quantity int, s_ytd int, s_dist_01 char(24),"
                            + " primary key(s_w_id, s_i_id)");
            return tables;
        }

        private static void put(Map<String, String> tables, String name, String key, String columns) {
            tables.put(name, "create table " + name + "(" + columns + BY_WAREHOUSE.formatted(key));
        }

        @Override
        void step(Random random) throws SQLException {
            int warehouse = random.nextInt(1, 40);
            int district = random.nextInt(1, 11);
            connection().setAutoCommit(false);
            switch (random.nextInt(5)) {
                case 0, 1 -> newOrder(random, warehouse, district);
                case 2 -> payment(random, warehouse, district);
                case 3 -> orderStatus(random, warehouse, district);
                default -> stockLevel(random, warehouse, district);
            }
            connection().commit();
        }

        private void newOrder(Random random, int warehouse, int district) throws SQLException {
            run(
                    "select c_last, w_tax from customer, warehouse where w_id = ? and c_w_id = w_id and c_d_id = ?"
                            + " and c_id = ?",
                    warehouse,
                    district,
                    random.nextInt(3000));
            run(
                    "select d_next_o_id, d_tax from district where d_id = ? and d_w_id = ? for update",
                    district,
                    warehouse);
            run("update district set d_next_o_id = d_next_o_id + 1 where d_id = ? and d_w_id = ?", district, warehouse);
            int order = random.nextInt();
            run(
                    "insert into orders(o_id, o_d_id, o_w_id, o_c_id, o_entry_d, o_ol_cnt) values(?, ?, ?, ?, now(), ?)"
                            + " on duplicate key update o_ol_cnt = 1",
                    order,
                    district,
                    warehouse,
                    random.nextInt(3000),
                    2);
            run("insert ignore into new_order(no_o_id, no_d_id, no_w_id) values(?, ?, ?)", order, district, warehouse);
            for (int line = 1; line <= 3; line++) {
                int item = random.nextInt(100_000);
                run(
                        "select s_quantity, s_dist_01 from stock where s_i_id = ? and s_w_id = ? for update",
                        item,
                        warehouse);
                run(
                        "update stock set s_quantity = ?, s_ytd = s_ytd + ? where s_i_id = ? and s_w_id = ?",
                        random.nextInt(90),
                        3,
                        item,
                        warehouse);
                run(
                        "insert ignore into order_line values(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        warehouse,
                        district,
                        order,
                        line,
                        item,
                        warehouse,
                        5,
                        12.5,
                        "dist");
            }
        }

        private void payment(Random random, int warehouse, int district) throws SQLException {
            run("update warehouse set w_ytd = w_ytd + ? where w_id = ?", 12.25, warehouse);
            run("update district set d_ytd = d_ytd + ? where d_w_id = ? and d_id = ?", 12.25, warehouse, district);
            run(
                    "select count(c_id) from customer where c_last = ? and c_d_id = ? and c_w_id = ?",
                    "BARBAR" + random.nextInt(9),
                    district,
                    warehouse);
            run(
                    "update customer set c_balance = c_balance - ? where c_w_id = ? and c_d_id = ? and c_id = ?",
                    12.25,
                    warehouse,
                    district,
                    random.nextInt(3000));
            run(
                    "insert into history values(?, ?, ?, ?, now(), ?)",
                    random.nextInt(3000),
                    district,
                    warehouse,
                    12.25,
                    "data");
        }

        private void orderStatus(Random random, int warehouse, int district) throws SQLException {
            run(
                    "select max(o_id) from orders where o_w_id = ? and o_d_id = ? and o_c_id = ?",
                    warehouse,
                    district,
                    random.nextInt(3000));
            run(
                    "select ol_i_id, ol_quantity, ol_amount from order_line where ol_o_id = ? and ol_d_id = ? and ol_w_id = ?",
                    random.nextInt(),
                    district,
                    warehouse);
        }

        private void stockLevel(Random random, int warehouse, int district) throws SQLException {
            run("select d_next_o_id from district where d_w_id = ? and d_id = ?", warehouse, district);
            run(
                    "select count(distinct s_i_id) from order_line, stock where ol_w_id = ? and ol_d_id = ? and ol_o_id < ?"
                            + " and ol_o_id >= ? and s_w_id = ? and s_i_id = ol_i_id and s_quantity < ?",
                    warehouse,
                    district,
                    3000,
                    2980,
                    warehouse,
                    random.nextInt(10, 20));
        }
    }

    /** The statements of sysbench's OLTP scripts that have a key, each on its own as with {@code --skip-trx}. */
    static final class Sysbench extends Workload {
        @Override
        Map<String, String> tables() {
            return Map.of(
                    "sbtest1",
                    "create table sbtest1(id bigint not null, k bigint, c char(120), pad char(60),"
                            + " primary key(id)) partition by key(id) partitions " + PARTITIONS);
        }

        @Override
        void step(Random random) throws SQLException {
            connection().setAutoCommit(true);
            long id = random.nextLong(100_000);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> run("SELECT c FROM sbtest1 WHERE id=?", id);
                case 3 -> run("UPDATE sbtest1 SET k=k+1 WHERE id=?", id);
                case 4 -> run("DELETE FROM sbtest1 WHERE id=?", id);
                default -> run("INSERT IGNORE INTO sbtest1 (id, k, c, pad) VALUES (?, ?, ?, ?)", id, id, "c", "pad");
            }
        }
    }

    /** Queries in the style of TPC-H that fall into one partition: months of a range, orders of one key. */
    static final class Tpch extends Workload {
        @Override
        Map<String, String> tables() {
            StringBuilder ranges = new StringBuilder();
            for (int year = 1993; year < 1993 + PARTITIONS - 1; year++) {
                ranges.append("partition p%d values less than ('%d-01-01'), ".formatted(year, year));
            }
            Map<String, String> tables = new TreeMap<>();
            tables.put(
                    "lineitem",
                    "create table lineitem(l_orderkey bigint, l_partkey bigint, l_linenumber int,"
                            + " l_quantity decimal(15,2), l_extendedprice decimal(15,2), l_discount decimal(15,2),"
                            + " l_shipdate date) partition by range columns(l_shipdate) (" + ranges
                            + "partition pmax values less than (maxvalue))");
            tables.put(
                    "orders",
                    "create table orders(o_orderkey bigint, o_custkey bigint, o_totalprice decimal(15,2),"
                            + " o_orderdate date, primary key(o_orderkey)) partition by key(o_orderkey) partitions "
                            + PARTITIONS);
            tables.put(
                    "customer",
                    "create table customer(c_custkey bigint, c_name varchar(25), c_mktsegment char(10),"
                            + " primary key(c_custkey)) partition by key(c_custkey) partitions " + PARTITIONS);
            return tables;
        }

        @Override
        void step(Random random) throws SQLException {
            connection().setAutoCommit(true);
            String month = "%d-%02d-01".formatted(random.nextInt(1992, 1999), random.nextInt(1, 13));
            long key = random.nextLong(1_000_000);
            switch (random.nextInt(4)) {
                case 0 ->
                    run(
                            "select sum(l_extendedprice * l_discount) as revenue from lineitem where l_shipdate >= ?"
                                    + " and l_shipdate < date_add(?, interval 1 month) and l_discount between 0.05 and 0.07"
                                    + " and l_quantity < 24",
                            month,
                            month);
                case 1 ->
                    run(
                            "select l_partkey, sum(l_quantity) from lineitem where l_shipdate between ? and last_day(?)"
                                    + " group by l_partkey order by 2 desc limit 10",
                            month,
                            month);
                case 2 -> run("select o_orderkey, o_totalprice from orders where o_orderkey = ?", key);
                default ->
                    run(
                            "select c_name, o_totalprice from customer join orders on o_orderkey = c_custkey"
                                    + " where c_custkey = ?",
                            key);
            }
        }
    }

    /** All of them. */
    static List<Workload> all() {
        return List.of(new Tpcc(), new Sysbench(), new Tpch());
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
