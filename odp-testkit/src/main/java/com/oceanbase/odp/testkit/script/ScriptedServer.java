package com.oceanbase.odp.testkit.script;

import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a loopback port whose behaviour a test writes down step by step, for what a real server cannot be brought
 * to do.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(peer -> {
 *     peer.greet("5.7.25", 7);
 *     peer.login();
 *     peer.ok();
 *     peer.expectCommand(0x03);
 *     peer.write(1, payload);
 *     peer.reset();
 * })) { ... connect to 127.0.0.1:server.port() ... }
 * }</pre>
 *
 * <p>Each connection runs the script of its place, the last script serving all later ones. A step that fails ends its
 * connection and makes {@link #close()} throw, so that a test cannot pass with a broken script. A client that goes away
 * while its script waits is a failure too, unless the script called {@link ScriptedPeer#mayEnd()}.
 */
public final class ScriptedServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final long JOIN_MILLIS = 5_000;

    /** What one connection does. */
    @FunctionalInterface
    public interface Script {
        void run(ScriptedPeer peer) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<PacketSocket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    private ScriptedServer(ServerSocket listener, List<Script> scripts) {
        this.listener = listener;
        this.scripts = scripts;
    }

    /** Listens on a free port of 127.0.0.1. */
    public static ScriptedServer start(Script... scripts) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        ScriptedServer server = new ScriptedServer(listener, List.of(scripts));
        server.spawn("scripted-accept", server::accept);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections so far. */
    public int connections() {
        return accepted.get();
    }

    /** What went wrong in scripts. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private void spawn(String name, Runnable task) {
        threads.add(Thread.ofVirtual().name(name).start(task));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                int place = accepted.getAndIncrement();
                spawn("scripted-" + place, () -> serve(socket, scripts.get(Math.min(place, scripts.size() - 1))));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (PacketSocket connection = new PacketSocket(socket)) {
            open.add(connection);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ScriptedPeer peer = new ScriptedPeer(connection);
            try {
                script.run(peer);
            } catch (IOException e) {
                if (!closing && !peer.endIsAllowed()) {
                    failures.add(e);
                }
            } finally {
                open.remove(connection);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    /**
     * Ends everything.
     *
     * @throws AssertionError if a script failed
     */
    @Override
    public void close() throws IOException {
        closing = true;
        listener.close();
        for (PacketSocket connection : open) {
            connection.close();
        }
        for (Thread thread : threads) {
            try {
                if (!thread.join(Duration.ofMillis(JOIN_MILLIS))) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!failures.isEmpty()) {
            throw new AssertionError("a script failed: " + failures, failures.getFirst());
        }
    }

    /** Reads what a client sends, for scripts that only listen. */
    static Packet require(Packet packet, int command) {
        if (packet.first() != command) {
            throw new AssertionError("expected command " + command + ", got " + packet.first());
        }
        return packet;
    }
}
