package com.oceanbase.odp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: owns the listener and everything behind it. */
public final class ProxyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
    private static final int DEFAULT_PORT = 2883;

    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ProxyServer(ServerSocketChannel listener, InetSocketAddress address) {
        this.listener = listener;
        this.address = address;
    }

    /**
     * Starts to serve; on return the port accepts connections.
     *
     * @throws StartFailure a parameter is wrong or the port cannot be bound
     */
    public static ProxyServer start(ServerOptions options) throws StartFailure {
        String host = options.parameter("local_bound_ip").orElse("0.0.0.0");
        int port = options.parameter("listen_port").map(Integer::parseInt).orElse(DEFAULT_PORT);
        InetSocketAddress wanted = new InetSocketAddress(host, port);
        try {
            ServerSocketChannel listener = ServerSocketChannel.open().bind(wanted);
            ProxyServer server = new ProxyServer(listener, (InetSocketAddress) listener.getLocalAddress());
            Thread.ofPlatform().name("accept").start(server::refuseClients);
            return server;
        } catch (IOException e) {
            throw new StartFailure("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /** The address on which clients are served, with the port in effect. */
    public InetSocketAddress address() {
        return address;
    }

    /** Blocks until the server is closed. */
    public void awaitTermination() throws InterruptedException {
        closed.await();
    }

    /** Stops to accept and ends all sessions; idempotent, returns when everything is released. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("listener not closed cleanly", e);
        }
        closed.countDown();
    }

    private void refuseClients() {
        try {
            while (true) {
                listener.accept().close();
            }
        } catch (AsynchronousCloseException e) {
            LOG.debug("listener closed");
        } catch (IOException e) {
            LOG.error("accept failed", e);
        }
    }
}
