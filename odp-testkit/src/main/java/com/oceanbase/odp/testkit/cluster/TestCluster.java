package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.kernel.Kernel;
import com.oceanbase.odp.testkit.kernel.KernelDistribution;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of OBServers for tests: one real kernel behind several nodes. See the package's description for its use.
 *
 * <p>Thread safe. {@link #close()} leaves no process, socket, thread or file.
 */
public final class TestCluster implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TestCluster.class.getName());

    private final ClusterOptions options;
    private final Kernel kernel;
    private final boolean ownsKernel;
    private final String schema;
    private final AtomicInteger siblings = new AtomicInteger();
    private final KernelLink link;
    private final Journal journal = new Journal();
    private final Leaders leaders;
    private final LoginMapping loginMapping;
    private final PartitionOracle oracle;
    private final List<Node> nodes = new ArrayList<>();
    private @Nullable VariableNumbers variableNumbers;

    private TestCluster(ClusterOptions options, Kernel kernel, boolean ownsKernel, String schema) {
        this.options = options;
        this.kernel = kernel;
        this.ownsKernel = ownsKernel;
        this.schema = schema;
        this.link = new KernelLink(kernel.port());
        this.leaders = new Leaders(link, schema, options.nodes());
        this.loginMapping = new LoginMapping(
                options.tenants(), options.name(), options.kernel().clusterName());
        this.oracle = new PartitionOracle(kernel.port(), options.nodes());
    }

    /**
     * Starts kernel and nodes.
     *
     * @throws IllegalStateException with one line that says what is in the way
     */
    public static TestCluster start(ClusterOptions options) {
        int port = choosePort(options);
        Kernel kernel = Kernel.start(KernelDistribution.locate(), options.kernel());
        return open(new TestCluster(options, kernel, true, InnerRelations.SCHEMA), port);
    }

    /**
     * Starts a further cluster before the same kernel: nodes, leaders, faults and journal are its own, accounts and data
     * are those of both. Its nodes translate its name, as they do with tenants. Close it before this one.
     *
     * @throws IllegalStateException with one line that says what is in the way
     */
    public TestCluster beside(ClusterOptions others) {
        int port = choosePort(others);
        String ownSchema = InnerRelations.SCHEMA + siblings.incrementAndGet();
        return open(new TestCluster(others.withKernel(options.kernel()), kernel, false, ownSchema), port);
    }

    private static int choosePort(ClusterOptions options) {
        int port = options.port() == 0 ? freePort(options) : options.port();
        for (int node = 1; node <= options.nodes(); node++) {
            requireFree(options.address(node), port);
        }
        return port;
    }

    private static TestCluster open(TestCluster cluster, int port) {
        boolean started = false;
        try {
            cluster.open(port);
            started = true;
            return cluster;
        } finally {
            if (!started) {
                cluster.close();
            }
        }
    }

    private void open(int port) {
        new SimSchema(options, schema, port, link).create();
        if (options.numericVariables()) {
            variableNumbers = new VariableNumbers(
                    link.require("select name, data_type, value from oceanbase.__all_virtual_proxy_sys_variable"));
        }
        for (int number = 1; number <= options.nodes(); number++) {
            Node node = new Node(this, number, options.address(number), port);
            nodes.add(node);
            node.start();
        }
    }

    public ClusterOptions options() {
        return options;
    }

    /** The cluster's name. */
    public String name() {
        return options.name();
    }

    /** The kernel behind the nodes; a connection to its port sees no fault and leaves no journal. */
    public Kernel kernel() {
        return kernel;
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** A node by its number, from 1. */
    public Node node(int number) {
        if (number < 1 || number > nodes.size()) {
            throw new IllegalArgumentException("nodes are 1 to " + nodes.size() + ", not " + number);
        }
        return nodes.get(number - 1);
    }

    public Journal journal() {
        return journal;
    }

    public Leaders leaders() {
        return leaders;
    }

    /** The addresses of all nodes as obproxy's option -r takes them: {@code ip:port;ip:port}. */
    public String rootServiceList() {
        return nodes.stream().map(Node::endpoint).collect(Collectors.joining(";"));
    }

    /** Runs a statement on the kernel as root, past the nodes. */
    public Response sql(String statement) {
        return link.require(statement);
    }

    /** Runs a statement on the kernel as root in a database, past the nodes; it must succeed. */
    public Response sql(String database, String statement) {
        try {
            Response response = link.run(database, statement);
            if (response.isError()) {
                throw new IllegalStateException(response.error() + " in: " + statement);
            }
            return response;
        } catch (IOException e) {
            throw new IllegalStateException("the kernel does not answer: " + e.getMessage(), e);
        }
    }

    /** A node dies and the cluster has noticed: it is down and INACTIVE, the others lead what it led. */
    public void loseNode(int node) {
        node(node).stop();
        leaders.failOver(node);
        serverStatus(node, "INACTIVE");
    }

    /** A lost node is back, ACTIVE and without leaders. */
    public void recoverNode(int node) {
        node(node).start();
        serverStatus(node, "ACTIVE");
    }

    /** Sets the status of a node's row in DBA_OB_SERVERS, such as ACTIVE, INACTIVE or DELETING. */
    public void serverStatus(int node, String status) {
        updateServer(node, "status = '" + status + "'");
    }

    /** Sets or clears the time at which a server was stopped by command. */
    public void serverStopped(int node, boolean stopped) {
        updateServer(node, "stop_time = " + (stopped ? "now(6)" : "null"));
    }

    /** Sets or clears the time since when a server is in service. */
    public void serverInService(int node, boolean inService) {
        updateServer(node, "start_service_time = " + (inService ? "now(6)" : "null"));
    }

    /** Sets a zone's status, ACTIVE or INACTIVE. */
    public void zoneStatus(String zone, String status) {
        link.require("update " + schema + ".DBA_OB_ZONES set status = '" + status
                + "', modify_time = now(6) where zone = '" + zone + "'");
    }

    /** Lets GV$OB_LOG_STAT show that a node's replicas lag; what a read on it returns is not stale. */
    public void followerLag(int node, long millis) {
        link.require("replace into " + schema + ".lags values(" + node + ", " + millis + ")");
    }

    private void updateServer(int node, String change) {
        link.require(
                "update " + schema + ".DBA_OB_SERVERS set " + change + ", modify_time = now(6) where id = " + node);
    }

    /** Everything as at the start, except users' own data: all nodes up, no fault, leaders spread, journal empty. */
    public void reset() {
        nodes.forEach(Node::heal);
        if (!leaders.isSpread()) {
            leaders.spread();
        }
        link.require("update " + schema + ".DBA_OB_SERVERS set status = 'ACTIVE', stop_time = null,"
                + " start_service_time = ifnull(start_service_time, now(6))");
        link.require("update " + schema + ".DBA_OB_ZONES set status = 'ACTIVE'");
        link.require("delete from " + schema + ".lags");
        journal.clear();
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        try {
            oracle.close();
            link.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "cannot close a connection to the kernel", e);
        }
        if (ownsKernel) {
            kernel.close();
        }
    }

    /** Database of the relations that the kernel lacks. */
    String schema() {
        return schema;
    }

    LoginMapping loginMapping() {
        return loginMapping;
    }

    @Nullable
    VariableNumbers variableNumbers() {
        return variableNumbers;
    }

    /**
     * The tablets that a statement touches, as the kernel's EXPLAIN has it; empty when that cannot tell, and for weak reads.
     *
     * @param database the session's current database
     */
    public List<Long> tablets(String database, String statement) {
        CompletableFuture<List<Long>> tablets = oracle.tablets(1, database, statement);
        return tablets == null ? List.of() : tablets.join();
    }

    @Nullable
    CompletableFuture<Boolean> judge(int node, String database, String statement) {
        if (!options.partitionFeedback()) {
            return null;
        }
        CompletableFuture<List<Long>> tablets = oracle.tablets(node, database, statement);
        return tablets == null ? null : tablets.thenApply(list -> isHit(node, list));
    }

    /**
     * A real server reports a miss when all partitions lead on one server and that is another one (ObLogPlan's choice of
     * replicas); a statement over several leaders is a hit everywhere.
     */
    private boolean isHit(int node, List<Long> tablets) {
        List<Integer> leading = tablets.stream().map(leaders::of).distinct().toList();
        return leading.size() != 1 || leading.getFirst() == node;
    }

    /** A statement was received: what is remembered may be out of date after it. */
    void statementPassed(String text) {
        oracle.statementPassed(text);
        if (text.toLowerCase(Locale.ROOT).contains(schema + ".leader")) {
            leaders.reload();
        }
    }

    private static int freePort(ClusterOptions options) {
        for (int attempt = 0; attempt < 50; attempt++) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName(options.address(1)))) {
                int port = first.getLocalPort();
                boolean free = true;
                for (int node = 2; node <= options.nodes(); node++) {
                    free &= isFree(options.address(node), port);
                }
                if (free) {
                    return port;
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot listen on " + options.address(1) + ": " + e.getMessage(), e);
            }
        }
        throw new IllegalStateException("no port is free on all addresses of the cluster");
    }

    private static void requireFree(String address, int port) {
        if (!isFree(address, port)) {
            throw new IllegalStateException(
                    "port " + port + " on " + address + " is in use or the address is not local");
        }
    }

    private static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
