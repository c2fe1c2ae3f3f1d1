package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.proxy.backend.ServerLoads;
import com.oceanbase.odp.proxy.internal.InternalCommandSet;
import com.oceanbase.odp.proxy.service.ProxyService;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedPartition;
import com.oceanbase.odp.routing.Router;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.routing.ServiceLookup;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.TenantDirectory;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.routing.trace.CongestionControl;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.topology.HealthRules;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The real proxy on a loopback port in front of scripted servers: every cluster and tenant that a client names exists
 * on all of them. A statement whose table is called {@code t0}, {@code t1} … goes to the server of that number, any other
 * one stays where the session is. The location of {@code nowhere} never arrives.
 */
public final class ProxyHarness implements AutoCloseable {
    /** Version text of the proxy under test. */
    public static final String VERSION = "9.8.7";

    /** With this system property all tests run over OceanBase 2.0. */
    private static final boolean OB20 = Boolean.getBoolean("odp.test.ob20");

    private static final String OB20_PARAMETER = "enable_ob_protocol_v2";

    /** With this system property all tests use that transport. */
    private static final String TRANSPORT = System.getProperty("odp.test.transport", "");

    private static final String TRANSPORT_PARAMETER = "network_transport";

    private final List<ScriptedServer> servers = new ArrayList<>();
    private final NoLocations locations = new NoLocations();
    private final AtomicReference<ServerLoads> loads = new AtomicReference<>();
    private final ProxyService service;
    private final InetSocketAddress address;

    /** @param parameters values of parameters by name, for those that shall not have their default */
    public ProxyHarness(int serverCount, Map<String, String> parameters) throws IOException {
        for (int i = 0; i < serverCount; i++) {
            ScriptedServer server = new ScriptedServer();
            if (OB20 || parameters.containsKey(OB20_PARAMETER)) {
                server.grantOb20();
            }
            servers.add(server);
        }
        ConfigSnapshot config = ConfigSnapshot.defaults();
        Map<String, String> values = new LinkedHashMap<>(parameters);
        values.putIfAbsent(OB20_PARAMETER, Boolean.toString(OB20));
        if (!TRANSPORT.isEmpty()) {
            values.putIfAbsent(TRANSPORT_PARAMETER, TRANSPORT);
        }
        for (Map.Entry<String, String> parameter : values.entrySet()) {
            config = switch (config.with(parameter.getKey(), parameter.getValue(), true)) {
                case ConfigSnapshot.Change.Applied(ConfigSnapshot changed) -> changed;
                case ConfigSnapshot.Change refused -> throw new IllegalArgumentException(refused.toString());
            };
        }
        ConfigSnapshot complete = config;
        service = new ProxyService(() -> complete, (connector, serverLoads) -> {
            loads.set(serverLoads);
            return new ProxyContext(
                    () -> complete,
                    new Tenants(),
                    new Tables(),
                    locations,
                    new ServerHealth(() -> HealthRules.DEFAULT, System::nanoTime, blocked -> {}),
                    connector,
                    new InternalCommandSet(),
                    new SessionRegistry(),
                    VERSION);
        });
        address = service.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** A server by its number. */
    public ScriptedServer server(int number) {
        return servers.get(number);
    }

    /** The sessions of the proxy. */
    public SessionRegistry sessions() {
        return service.context().sessions();
    }

    /** Links to a server that await an answer. */
    public int load(int number) {
        return loads.get().of(server(number).address());
    }

    /** What the proxy told about locations, in order, each as the method and its arguments in words. */
    public List<String> toldOfLocations() {
        return List.copyOf(locations.told);
    }

    /** A connection without login. */
    Socket open() throws IOException {
        return new Socket(address.getAddress(), address.getPort());
    }

    /** Logs in without password. */
    public WireClient connect(String user) throws IOException {
        return new WireClient(address, user, "", 0);
    }

    /** Logs in. */
    public WireClient connect(String user, String password, long moreCapabilities) throws IOException {
        return new WireClient(address, user, password, moreCapabilities);
    }

    /** A login of {@code user@tenant} gets these variables from every server. */
    public void loginVariables(String user, Map<String, String> variables) {
        servers.forEach(server -> server.loginVariables(user, variables));
    }

    @Override
    public void close() throws IOException {
        service.close();
        for (ScriptedServer server : servers) {
            server.close();
        }
    }

    /** The tenant behind each service; a test changes it as a switchover does. Tenants are those of {@link #serve}. */
    final Map<String, ServiceInstance> services = new ConcurrentHashMap<>();

    /** Tenants that were called not primary, in order, as {@code service cluster.tenant}. */
    final List<String> notPrimary = new CopyOnWriteArrayList<>();

    /** Servers by tenant; a tenant that is not named here is on all of them. */
    private final Map<String, List<Integer>> placements = new ConcurrentHashMap<>();

    /** Limits a tenant to a server. */
    void serve(String tenant, int server) {
        placements.put(tenant, List.of(server));
    }

    private final class Tenants implements TenantDirectory {
        @Override
        public CompletableFuture<ServiceLookup> service(String name) {
            ServiceInstance instance = services.get(name);
            return CompletableFuture.completedFuture(
                    instance == null ? new ServiceLookup.Unknown() : new ServiceLookup.Found(instance));
        }

        @Override
        public void notPrimary(String name, ServiceInstance instance) {
            notPrimary.add(name + " " + instance.cluster() + "." + instance.tenant());
        }

        @Override
        public TenantView cached(String cluster, String tenant) {
            List<Integer> own = placements.getOrDefault(
                    tenant, IntStream.range(0, servers.size()).boxed().toList());
            List<ServerView> views = own.stream()
                    .map(servers::get)
                    .map(server -> new ServerView(server.address(), "z", ServerState.ACTIVE))
                    .toList();
            return new TenantView(cluster, tenant, 1, views, SystemVariableCatalog.builtIn());
        }

        @Override
        public CompletableFuture<TenantLookup> lookup(String cluster, String tenant) {
            return CompletableFuture.completedFuture(new TenantLookup.Found(cached(cluster, tenant)));
        }

        @Override
        public String defaultCluster() {
            return "c1";
        }

        @Override
        public TenantView refreshed(TenantView view) {
            return view;
        }
    }

    private static final class Tables implements Router {
        private final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();

        private record Snapshot(ServerAddress server, long snapshot, boolean missed) {}

        @Override
        public RouteDecision route(RouteRequest request) {
            RouteDecision decision = decide(request);
            if (request.trace() != null && decision instanceof RouteDecision.Use use) {
                request.trace().add(CongestionControl.free(use.server()));
            }
            return decision;
        }

        private static RouteDecision decide(RouteRequest request) {
            List<ServerView> usable = request.tenant().servers().stream()
                    .filter(server -> !request.excluded().contains(server.address()))
                    .toList();
            if (usable.isEmpty()) {
                return new RouteDecision.Refuse(ErrorCode.SERVER_BUILD_CONNECTION_FAILED, "no server is left");
            }
            TableName named = request.statement() == null
                    ? null
                    : request.statement().summary().table();
            String table = named == null ? "" : named.name();
            if (table.equals("nowhere") && request.waits() == 0) {
                return new RouteDecision.Wait(new CompletableFuture<>(), table);
            }
            if (table.matches("t\\d")) {
                ServerAddress leader =
                        request.tenant().servers().get(table.charAt(1) - '0').address();
                TableKey key = new TableKey("c", "t", "d", table);
                TableLocation location = new TableLocation.SinglePartition(key, 1, 1, List.of());
                return new RouteDecision.Use(
                        leader, RouteReason.TABLE_LEADER, new RoutedPartition(location, LocationSource.NO_LEAF));
            }
            ServerAddress last = request.session().lastServer();
            if (last != null && !request.excluded().contains(last)) {
                return new RouteDecision.Use(last, RouteReason.LAST_SERVER);
            }
            return new RouteDecision.Use(usable.getFirst().address(), RouteReason.TENANT_SERVER);
        }

        @Override
        public long snapshotToTell(RouteRequest request, RouteDecision.Use used) {
            return snapshots.isEmpty() || snapshots.getLast().server().equals(used.server())
                    ? 0
                    : snapshots.getLast().snapshot();
        }

        @Override
        public void snapshotSeen(String cluster, ServerAddress server, long snapshot, boolean missed) {
            snapshots.add(new Snapshot(server, snapshot, missed));
        }

        @Override
        public void observed(RouteRequest request, RouteDecision.Use used, Observation observation) {
            // Locations of the tests never change.
        }
    }

    private static final class NoLocations implements LocationSource {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<@Nullable Void> request(TableKey key) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<@Nullable Void> request(TableLocation.Partitioned table, int... leaves) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<@Nullable Void> request(RoutineKey key) {
            return new CompletableFuture<>();
        }

        @Override
        public @Nullable TableLocation cached(TableKey key) {
            return null;
        }

        @Override
        public @Nullable ReplicaSet partition(TableLocation.Partitioned table, int leaf) {
            return null;
        }

        @Override
        public @Nullable Routine routine(RoutineKey key) {
            return null;
        }

        @Override
        public void missed(TableLocation table, int leaf, ServerAddress server) {
            // Nothing is remembered.
        }

        @Override
        public void leaderIs(TableLocation table, int leaf, ServerAddress leader) {
            told.add("leader of " + table.key() + " is " + leader);
        }

        @Override
        public void schemaVersionIs(TableKey key, long schemaVersion) {
            told.add("version " + schemaVersion + " of " + key);
        }

        @Override
        public void markStale(TableKey key) {
            told.add("stale " + key);
        }
    }
}
