package com.oceanbase.odp.it.session;

import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;

/**
 * A database with one table a node, named {@code t1}, {@code t2}, …, each of one partition that its node leads: a
 * statement about t2 goes to node 2. Columns: {@code id bigint primary key auto_increment, v varchar(100)}; one row
 * {@code (1, 'one')}.
 */
public final class Nodes {
    private final Environment environment;
    private final String database;

    private Nodes(Environment environment, String database) {
        this.environment = environment;
        this.database = database;
    }

    /** Makes the database and lets each node lead its table. */
    public static Nodes create(Environment environment) {
        Nodes nodes = new Nodes(environment, environment.newDatabase());
        for (int number = 1; number <= environment.cluster().nodes().size(); number++) {
            nodes.createTable(nodes.database, "t" + number, number);
        }
        return nodes;
    }

    /** Makes a table that this node leads. */
    public void createTable(String inDatabase, String name, int leader) {
        cluster().sql(inDatabase, "create table " + name + "(id bigint primary key auto_increment, v varchar(100))");
        cluster().sql(inDatabase, "insert into " + name + " values(1, 'one')");
        cluster().leaders().moveTable(inDatabase, name, leader);
    }

    /** Makes another database, with a table of this name that the node leads. */
    public String otherDatabase(String table, int leader) {
        String other = environment.newDatabase();
        createTable(other, table, leader);
        return other;
    }

    public Environment environment() {
        return environment;
    }

    public TestCluster cluster() {
        return environment.cluster();
    }

    public String database() {
        return database;
    }

    /** A client whose current database is this one. */
    public JournaledClient client() throws IOException {
        return client(environment.proxy());
    }

    /** A client of another proxy whose current database is this one. */
    public JournaledClient client(OdpInstance proxy) throws IOException {
        return client(proxy, RawClient.Login.of(environment.user(), "").withDatabase(database));
    }

    /** A client with a login of its own. */
    public JournaledClient client(OdpInstance proxy, RawClient.Login login) throws IOException {
        Journal.Mark mark = cluster().journal().mark();
        return new JournaledClient(this, proxy.raw(login), mark);
    }

    /** A client that has not been on this node, with a statement executed on another. */
    public JournaledClient clientAwayFrom(OdpInstance proxy, int node, int on) throws IOException {
        while (true) {
            JournaledClient client = client(proxy);
            if (client.entries(node).isEmpty()) {
                return client.visit(on);
            }
            // Logins go to the nodes in turn.
            client.close();
        }
    }

    /** A client that has executed a statement on each of the nodes in this order; its journal begins after it. */
    public JournaledClient clientOn(int... numbers) throws IOException {
        return client().visit(numbers);
    }

    /** Number of rows of a table with this value, counted past the proxy. */
    public long rows(String table, String value) {
        String cell = cluster()
                .sql(database, "select count(*) from " + table + " where v = '" + value + "'")
                .cell();
        return Long.parseLong(String.valueOf(cell));
    }
}
