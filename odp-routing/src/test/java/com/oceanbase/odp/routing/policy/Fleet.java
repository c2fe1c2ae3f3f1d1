package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.SessionPreferences;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableKind;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantPlacement;
import com.oceanbase.odp.topology.TenantView;
import com.oceanbase.odp.topology.ZoneView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tenants, sessions, statements and locations for tests of the router. */
final class Fleet {
    private final List<ServerView> servers = new ArrayList<>();
    private final Map<String, ZoneView> zones = new HashMap<>();
    private String primaryZone = "";
    private @Nullable ServerAddress singleLeader;

    static ServerAddress at(int number) {
        return new ServerAddress("10.0.0." + number, 2881);
    }

    /** A zone; its servers are added by {@link #server}. */
    Fleet zone(String name, String region, String idc, String type, boolean merging) {
        zones.put(name, new ZoneView(name, true, merging, region, idc, type));
        return this;
    }

    Fleet zone(String name, String region, String idc) {
        return zone(name, region, idc, "ReadWrite", false);
    }

    /** The next server; the first has number 1. */
    Fleet server(String zone, ServerState state) {
        servers.add(new ServerView(at(servers.size() + 1), zone, state));
        return this;
    }

    Fleet server(String zone) {
        return server(zone, ServerState.ACTIVE);
    }

    Fleet primaryZone(String text) {
        primaryZone = text;
        return this;
    }

    Fleet singleLeader(int number) {
        singleLeader = at(number);
        return this;
    }

    TenantView tenant() {
        return new TenantView(
                "c",
                "t",
                1,
                servers,
                SystemVariableCatalog.builtIn(),
                new TenantPlacement(zones, primaryZone, singleLeader));
    }

    /** Zones of one server each; a text has a zone's name, its region and its IDC, if it has one. */
    static Fleet oneServerEach(String... zones) {
        Fleet fleet = new Fleet();
        for (String zone : zones) {
            String[] words = zone.split(" ");
            fleet.zone(words[0], words[1], words.length > 2 ? words[2] : "").server(words[0]);
        }
        return fleet;
    }

    /** Servers 1 to 3 in the zones z1 to z3 of one region. */
    static Fleet three() {
        return oneServerEach("z1 r", "z2 r", "z3 r");
    }

    /** Copies on servers by number, the first leads. */
    static ReplicaSet copies(int leader, int... followers) {
        List<Replica> copies = new ArrayList<>();
        copies.add(new Replica(at(leader), true));
        for (int follower : followers) {
            copies.add(new Replica(at(follower), false));
        }
        return new ReplicaSet(copies);
    }

    static Replica copy(int server, boolean leader, ReplicaType type, boolean duplicate) {
        return new Replica(at(server), leader, type, duplicate);
    }

    static ConfigSnapshot config(String... namesAndValues) {
        ConfigSnapshot config = ConfigSnapshot.defaults();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            ConfigSnapshot.Change change = config.with(namesAndValues[i], namesAndValues[i + 1], true);
            if (!(change instanceof ConfigSnapshot.Change.Applied(ConfigSnapshot applied))) {
                throw new IllegalArgumentException(change.toString());
            }
            config = applied;
        }
        return config;
    }

    static StatementSummary summary(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL);
    }

    /** A session. */
    record Session(
            String database,
            SessionPreferences preferences,
            TransactionPhase transaction,
            boolean isAutocommit,
            @Nullable ServerAddress lastServer)
            implements SessionView {
        static final Session PLAIN = new Session("db", SessionPreferences.DEFAULT, TransactionPhase.NONE, true, null);

        Session last(int server) {
            return new Session(database, preferences, transaction, isAutocommit, at(server));
        }

        Session with(SessionPreferences other) {
            return new Session(database, other, transaction, isAutocommit, lastServer);
        }

        Session in(TransactionPhase phase, boolean autocommit) {
            return new Session(database, preferences, phase, autocommit, lastServer);
        }

        /** Variables by name; names of user variables begin with {@code @}. */
        Session set(String... namesAndValues) {
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                values.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return with(SessionPreferences.of(values::get, name -> values.get('@' + name)));
        }

        @Override
        public SessionValues values() {
            return SessionValues.MYSQL;
        }
    }

    /** A statement with all that its text tells. */
    static RoutedStatement parsed(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        LiteralSlots literals = new LiteralSlots();
        return new RoutedStatement(
                summary(sql), AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, literals), literals, null, null);
    }

    /** A table of partitions p0, p1, …, each of two sub-partitions; its key is the column {@code id}. */
    static PartitionedTable partitioned(String name, int partitions) {
        List<Partition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            List<Partition> parts = List.of(part(i, 0), part(i, 1));
            all.add(new Partition("p" + i, i, 0, List.of(), List.of(), false, parts));
        }
        PartitionLevel level = new PartitionLevel(PartitionFunction.UNSUPPORTED, List.of(), null, List.of());
        return new PartitionedTable(
                new PartitionedTable.Identity("db", name, 7, 1, false), List.of(), level, level, all);
    }

    private static Partition part(int partition, int sub) {
        return new Partition(
                "p" + partition + "sp" + sub, sub, 100 + 2 * partition + sub, List.of(), List.of(), false, List.of());
    }

    static RouteRequest request(
            TenantView tenant, SessionView session, @Nullable String sql, ServerAddress... excluded) {
        return new RouteRequest(
                tenant, session, sql == null ? null : RoutedStatement.of(summary(sql)), Set.of(excluded), 0);
    }

    /** What is known of locations; nothing is ever fetched. */
    static final class Locations implements LocationSource {
        final Map<TableKey, TableLocation> tables = new HashMap<>();
        final Map<Integer, ReplicaSet> partitions = new HashMap<>();
        final Map<RoutineKey, Routine> routines = new HashMap<>();
        final List<String> feedback = new ArrayList<>();
        final Set<TableKey> stale = new HashSet<>();
        final CompletableFuture<@Nullable Void> pending = new CompletableFuture<>();

        static TableKey key(String table) {
            return new TableKey("c", "t", "db", table);
        }

        void table(String name, ReplicaSet copies) {
            tables.put(key(name), new TableLocation.SinglePartition(key(name), TableKind.USER, 7, 1, copies));
        }

        /** A partitioned table; the copies of its partitions are in {@link #partitions}. */
        TableLocation.Partitioned table(String name, PartitionedTable definition) {
            TableLocation.Partitioned table =
                    new TableLocation.Partitioned(key(name), TableKind.USER, 7, 1, definition.leafCount(), definition);
            tables.put(key(name), table);
            return table;
        }

        @Override
        public CompletableFuture<@Nullable Void> request(TableKey key) {
            feedback.add("request " + key.table());
            return pending;
        }

        @Override
        public CompletableFuture<@Nullable Void> request(TableLocation.Partitioned table, int... leaves) {
            feedback.add("request " + table.key().table() + Arrays.toString(leaves));
            return pending;
        }

        @Override
        public CompletableFuture<@Nullable Void> request(RoutineKey key) {
            feedback.add("request " + key.routine());
            return pending;
        }

        @Override
        public @Nullable TableLocation cached(TableKey key) {
            return tables.get(key);
        }

        @Override
        public @Nullable ReplicaSet partition(TableLocation.Partitioned table, int leaf) {
            return partitions.get(leaf);
        }

        @Override
        public @Nullable Routine routine(RoutineKey key) {
            return routines.get(key);
        }

        @Override
        public boolean isFresh(TableLocation table, int leaf) {
            return !stale.contains(table.key());
        }

        @Override
        public void missed(TableLocation table, int leaf, ServerAddress server) {
            feedback.add("missed " + table.key().table() + ' ' + leaf + ' ' + server.host());
        }

        @Override
        public void leaderIs(TableLocation table, int leaf, ServerAddress leader) {
            feedback.add("leader " + table.key().table() + ' ' + leaf + ' ' + leader.host());
        }

        @Override
        public void schemaVersionIs(TableKey key, long schemaVersion) {
            feedback.add("version " + key.table() + ' ' + schemaVersion);
        }

        @Override
        public void markStale(TableKey key) {
            feedback.add("stale " + key.table());
        }
    }
}
