package com.oceanbase.odp.it.locations;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.ConfigSource;
import com.oceanbase.odp.config.StartConfig;
import com.oceanbase.odp.control.ControlPlane;
import com.oceanbase.odp.control.cluster.ClusterDefinition;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A control plane of its own before the test cluster, with a database; what it asks is in the nodes' journals. */
final class Locator implements AutoCloseable {
    private final Environment environment;
    private final ControlPlane control;
    private final String database;
    private Journal.Mark mark;

    Locator(Environment environment) {
        this.environment = environment;
        this.database = environment.newDatabase();
        ConfigSnapshot config =
                switch (StartConfig.load(List.of(ConfigSource.optionString("observer_sys_password=")))) {
                    case StartConfig.Ready ready -> ready.snapshot();
                    case StartConfig.Refused(String problem) -> throw new AssertionError(problem);
                };
        this.control = new ControlPlane(() -> config, "4.3.1.0");
        List<ServerAddress> servers = environment.cluster().nodes().stream()
                .map(Node::endpoint)
                .map(ServerAddress::parse)
                .toList();
        control.define(List.of(new ClusterDefinition(environment.cluster().name(), servers)));
        TenantLookup found = await(control.lookup(environment.cluster().name(), "sys"));
        assertThat(found).isInstanceOf(TenantLookup.Found.class);
        this.mark = environment.cluster().journal().mark();
    }

    static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        return future.copy()
                .orTimeout(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    LocationSource source() {
        return control.locations();
    }

    String database() {
        return database;
    }

    /** Runs a statement in the database past the proxy. */
    void sql(String statement) {
        environment.cluster().sql(database, statement);
    }

    TableKey key(String table) {
        return new TableKey(environment.cluster().name(), "sys", database, table);
    }

    /** The location of a table, asked for if need be. */
    TableLocation table(String name) {
        TableKey key = key(name);
        TableLocation location = source().cached(key);
        if (location == null) {
            await(source().request(key));
            location = source().cached(key);
        }
        assertThat(location).isNotNull();
        return location == null ? new TableLocation.Unknown(key) : location;
    }

    TableLocation.Partitioned partitioned(String name) {
        TableLocation location = table(name);
        assertThat(location).isInstanceOf(TableLocation.Partitioned.class);
        return (TableLocation.Partitioned) location;
    }

    /** Number of the node that is believed to lead a partition, asked for if need be; 0 if none is. */
    int leader(TableLocation.Partitioned table, int leaf) {
        ReplicaSet set = source().partition(table, leaf);
        if (set == null) {
            await(source().request(table, leaf));
            set = source().partition(table, leaf);
        }
        return set == null ? 0 : node(set.leader());
    }

    /** Number of the node with an address, 0 for none. */
    int node(@Nullable ServerAddress address) {
        return environment.cluster().nodes().stream()
                        .map(Node::endpoint)
                        .map(ServerAddress::parse)
                        .toList()
                        .indexOf(address)
                + 1;
    }

    ServerAddress address(int node) {
        return ServerAddress.parse(environment.cluster().node(node).endpoint());
    }

    Routine routine(String qualifier, String name) {
        RoutineKey key = new RoutineKey(environment.cluster().name(), "sys", database, qualifier, name, false);
        await(source().request(key));
        Routine routine = source().routine(key);
        return routine == null ? Routine.unknown(key) : routine;
    }

    /** What came before is not shown by {@link #asked}. */
    void forget() {
        mark = environment.cluster().journal().mark();
    }

    /** Statements of proxies that the nodes got since {@link #forget} and that contain a text. */
    List<String> asked(String text) {
        return environment.cluster().journal().since(mark).entries().stream()
                .filter(entry -> entry.userName().equals("proxyro"))
                .map(JournalEntry::text)
                .filter(sql -> sql.contains(text))
                .toList();
    }

    @Override
    public void close() {
        control.close();
    }
}
