package com.oceanbase.odp.it.quickstart;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a small shop, and what its customers do with them, as any application would write it. */
final class Shop {
    static final String DATABASE = "quickstart";
    static final int PRODUCTS = 50;
    static final int STOCK_PER_PRODUCT = 10_000;

    private Shop() {}

    static Connection connect(int port, String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + port + "/" + DATABASE
                        + "?createDatabaseIfNotExist=true&useServerPrepStmts=true&sslMode=DISABLED",
                user,
                "");
    }

    static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : new String[] {"customers", "orders", "products", "stock", "order_log"}) {
                statement.execute("drop table if exists " + table);
            }
            statement.execute("create table customers(id bigint primary key, name varchar(50))"
                    + " partition by key(id) partitions 4");
            statement.execute("create table orders(id bigint primary key, customer bigint, product bigint, amount int)"
                    + " partition by hash(id) partitions 6");
            statement.execute("create table products(id bigint primary key, name varchar(50), price decimal(10,2))");
            statement.execute("create table stock(product bigint primary key, amount bigint)");
            statement.execute("create table order_log(id bigint primary key, what varchar(100))");
        }
        try (PreparedStatement product = connection.prepareStatement("insert into products values(?, ?, ?)");
                PreparedStatement stock = connection.prepareStatement("insert into stock values(?, ?)");
                PreparedStatement customer = connection.prepareStatement("insert into customers values(?, ?)")) {
            for (int id = 1; id <= PRODUCTS; id++) {
                product.setLong(1, id);
                product.setString(2, "product " + id);
                product.setDouble(3, id * 1.5);
                product.addBatch();
                stock.setLong(1, id);
                stock.setLong(2, STOCK_PER_PRODUCT);
                stock.addBatch();
                customer.setLong(1, id);
                customer.setString(2, "customer " + id);
                customer.addBatch();
            }
            product.executeBatch();
            stock.executeBatch();
            customer.executeBatch();
        }
    }

    /** One order in a transaction over four tables. Returns whether the product was there. */
    static boolean order(Connection connection, long id, long product) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement look =
                        connection.prepareStatement("select amount from stock where product = ? for update");
                PreparedStatement take =
                        connection.prepareStatement("update stock set amount = amount - 1 where product = ?");
                PreparedStatement order = connection.prepareStatement("insert into orders values(?, ?, ?, 1)");
                PreparedStatement log = connection.prepareStatement("insert into order_log values(?, ?)")) {
            look.setLong(1, product);
            try (ResultSet rows = look.executeQuery()) {
                if (!rows.next()) {
                    connection.rollback();
                    return false;
                }
            }
            take.setLong(1, product);
            take.executeUpdate();
            order.setLong(1, id);
            order.setLong(2, id % PRODUCTS + 1);
            order.setLong(3, product);
            order.executeUpdate();
            log.setLong(1, id);
            log.setString(2, "order " + id);
            log.executeUpdate();
            connection.commit();
            return true;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** A number from a one-row query. */
    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
