package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One client connection of a node with its own connection to the kernel: two threads, one for each direction. */
final class NodeSession {

    private static final Logger LOG = System.getLogger(NodeSession.class.getName());
    private static final int CONNECT_MILLIS = 10_000;

    private final Node node;
    private final SessionState state;
    private final Socket client;
    private final Socket kernel = new Socket();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile Ob20Relay ob20 = new Ob20Relay(InputStream.nullInputStream(), InputStream.nullInputStream());

    NodeSession(Node node, long number, Socket client) {
        this.node = node;
        this.state = new SessionState(node.number(), number);
        this.client = client;
    }

    Node node() {
        return node;
    }

    SessionState state() {
        return state;
    }

    Ob20Relay ob20() {
        return ob20;
    }

    Journal journal() {
        return node.journal();
    }

    void start() {
        Thread.ofVirtual().name("node" + node.number() + "-s" + state.number()).start(this::run);
    }

    private void run() {
        journal()
                .add(
                        new JournalEntry.Source(node.number(), state.number(), "", "", ConnectionAttributes.NONE),
                        "CONNECT",
                        String.valueOf(client.getRemoteSocketAddress()))
                .ended();
        try {
            awaitThaw();
            client.setTcpNoDelay(true);
            kernel.setTcpNoDelay(true);
            kernel.connect(new InetSocketAddress("127.0.0.1", node.kernelPort()), CONNECT_MILLIS);
            ob20 = new Ob20Relay(client.getInputStream(), kernel.getInputStream());
            Thread responses = Thread.ofVirtual()
                    .name("node" + node.number() + "-s" + state.number() + "-r")
                    .start(this::carryResponses);
            try {
                new RequestPump(this, ob20.fromClient(), kernel.getOutputStream()).run();
            } finally {
                close();
                responses.join();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "session ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "session " + state.number() + " of node " + node.number() + " failed", e);
        } finally {
            close();
            journal().add(state.source(), "CLOSE", "").ended();
            node.ended(this);
            ended.countDown();
        }
    }

    private void carryResponses() {
        try {
            new ResponsePump(this, ob20.fromKernel(), client.getOutputStream()).run();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "session ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "session " + state.number() + " of node " + node.number() + " failed", e);
        } finally {
            close();
        }
    }

    /** Answers without the kernel, at once or when the responses before it are through. */
    void answer(PendingCommand command) throws IOException {
        byte[] canned = command.canned();
        if (canned == null) {
            throw new IllegalStateException("nothing to answer");
        }
        ErrPacket error = command.fault().error();
        if (error != null) {
            command.entry().error(error.errno(), error.message());
            node.counters().response(command.entry());
        }
        delay();
        state.lock().lock();
        try {
            if (state.allAnswered()) {
                command.entry().ended();
                client.getOutputStream().write(ob20.response(command.requestId(), canned, true));
                client.getOutputStream().flush();
            } else {
                state.add(command);
            }
        } finally {
            state.lock().unlock();
        }
    }

    void awaitThaw() throws InterruptedException {
        node.faults().awaitThaw(() -> closed);
    }

    /** Waits as long as the node's answers are delayed. */
    void delay() {
        long millis = node.faults().delayMillis();
        if (millis > 0) {
            try {
                if (ended.await(millis, TimeUnit.MILLISECONDS)) {
                    LOG.log(Level.DEBUG, "session ended while its answer was delayed");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends both connections in order. */
    void close() {
        closed = true;
        closeQuietly(client);
        closeQuietly(kernel);
    }

    /** Ends the client's connection with RST. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            LOG.log(Level.DEBUG, "cannot reset", alreadyClosed);
        }
        close();
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "cannot close", e);
        }
    }
}
