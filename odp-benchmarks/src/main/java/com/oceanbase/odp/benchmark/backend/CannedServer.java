package com.oceanbase.odp.benchmark.backend;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A cluster of OBServers without a database: one thread, fixed answers. Logins as a proxy get all session variables and
 * the extra OK packets; passwords are not checked.
 */
public final class CannedServer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final EventLoopGroup loop;
    private final List<Channel> listeners = new ArrayList<>();

    private CannedServer(EventLoopGroup loop) {
        this.loop = loop;
    }

    /**
     * Listens on the same port of each address.
     *
     * @param port 0 for a free one
     */
    public static CannedServer start(List<String> hosts, int port) throws IOException {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("canned"), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        CannedServer server = new CannedServer(loop);
        boolean done = false;
        try {
            CannedAnswers answers = new CannedAnswers();
            int bound = port;
            for (String host : hosts) {
                bound = server.bind(
                        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class,
                        new InetSocketAddress(host, bound),
                        answers,
                        hosts);
            }
            done = true;
            return server;
        } finally {
            if (!done) {
                server.close();
            }
        }
    }

    private int bind(
            Class<? extends ServerChannel> type, InetSocketAddress address, CannedAnswers answers, List<String> hosts)
            throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        int port = ((InetSocketAddress) channel.localAddress()).getPort();
                        channel.pipeline().addLast(new CannedHandler(answers, new InnerAnswers(hosts, port)));
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + address, bound.cause());
        }
        listeners.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    /** What it listens on, in the order of the hosts. */
    public List<InetSocketAddress> addresses() {
        return listeners.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
