package com.oceanbase.odp.testkit.cluster;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One OBServer of a test cluster: a listener before the kernel, whose every client connection is a kernel session of its
 * own. Thread safe.
 */
public final class Node implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Node.class.getName());
    private static final int BACKLOG = 512;
    private static final long END_MILLIS = 5_000;

    private final TestCluster cluster;
    private final int number;
    private final String address;
    private final int port;
    private final NodeFaults faults = new NodeFaults();
    private final NodeCounters counters = new NodeCounters();
    private final AtomicLong sessionNumbers = new AtomicLong();
    private final Set<NodeSession> sessions = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    Node(TestCluster cluster, int number, String address, int port) {
        this.cluster = cluster;
        this.number = number;
        this.address = address;
        this.port = port;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    /** The loopback address on which the node listens. */
    public String address() {
        return address;
    }

    public int port() {
        return port;
    }

    /** {@code address:port}. */
    public String endpoint() {
        return address + ":" + port;
    }

    /** Faults of this node's answers. */
    public NodeFaults faults() {
        return faults;
    }

    public NodeCounters counters() {
        return counters;
    }

    /** Open client connections. */
    public int sessionCount() {
        return sessions.size();
    }

    /** Whether the node accepts connections. */
    public boolean isListening() {
        synchronized (this) {
            return listener != null;
        }
    }

    /** Listens again after {@link #stop()} or {@link #refuse()}; nothing if it does already. */
    public void start() {
        synchronized (this) {
            if (listener != null) {
                return;
            }
            ServerSocket socket = bind();
            listener = socket;
            acceptor = Thread.ofVirtual().name("node" + number + "-accept").start(() -> accept(socket));
        }
    }

    /** As a killed server: the listener and all connections end. */
    public void stop() {
        refuse();
        closeSessions(false);
    }

    /** New connections are refused; open ones live on. */
    public void refuse() {
        Thread thread;
        synchronized (this) {
            ServerSocket socket = listener;
            thread = acceptor;
            listener = null;
            acceptor = null;
            if (socket == null) {
                return;
            }
            try {
                socket.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot close the listener of node " + number, e);
            }
        }
        if (thread != null) {
            try {
                thread.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends all open connections with RST; the listener stays. */
    public void resetConnections() {
        closeSessions(true);
    }

    /** No fault any more, listening, counters at zero. */
    public void heal() {
        faults.clear();
        counters.reset();
        start();
    }

    @Override
    public void close() {
        faults.clear();
        stop();
    }

    private ServerSocket bind() {
        try {
            ServerSocket socket = new ServerSocket();
            boolean done = false;
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), BACKLOG);
                done = true;
                return socket;
            } finally {
                if (!done) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "node " + number + " cannot listen on " + endpoint() + ": " + e.getMessage(), e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                NodeSession session = new NodeSession(this, sessionNumbers.incrementAndGet(), client);
                sessions.add(session);
                counters.connection();
                session.start();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "listener ended", e);
            }
        }
    }

    private void closeSessions(boolean reset) {
        for (NodeSession session : sessions) {
            if (reset) {
                session.reset();
            } else {
                session.close();
            }
        }
        for (NodeSession session : sessions) {
            try {
                if (!session.awaitEnd(END_MILLIS)) {
                    LOG.log(Level.WARNING, "a session of node " + number + " does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void ended(NodeSession session) {
        sessions.remove(session);
    }

    Journal journal() {
        return cluster.journal();
    }

    int kernelPort() {
        return cluster.kernel().port();
    }

    String schema() {
        return cluster.schema();
    }

    LoginMapping loginMapping() {
        return cluster.loginMapping();
    }

    @Nullable
    VariableNumbers variableNumbers() {
        return cluster.variableNumbers();
    }

    /** Whether this node leads the partitions of a statement, in the future; null if it is not to be judged. */
    @Nullable
    CompletableFuture<Boolean> judge(String database, String statement) {
        return cluster.judge(number, database, statement);
    }

    void statementPassed(String text) {
        cluster.statementPassed(text);
    }
}
