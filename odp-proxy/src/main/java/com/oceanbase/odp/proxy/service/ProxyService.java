package com.oceanbase.odp.proxy.service;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.proxy.backend.LinkConnector;
import com.oceanbase.odp.proxy.backend.ServerLoads;
import com.oceanbase.odp.proxy.frontend.ClientConnection;
import com.oceanbase.odp.proxy.pipeline.FrontendInitializer;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.LoopResources;
import com.oceanbase.odp.proxy.session.ProxyContext;
import com.oceanbase.odp.proxy.session.SessionIdentity;
import com.oceanbase.odp.proxy.session.SessionSettings;
import com.oceanbase.odp.proxy.session.SessionTimers;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The listening proxy: accepts clients, gives each a session on one of the event loops, looks after the sessions'
 * timers. Start and close from any thread.
 */
public final class ProxyService implements AutoCloseable {
    /** Value of {@code server_routing_mode} for plain MySQL servers. */
    private static final String MYSQL_MODE = "mysql";

    private static final int BACKLOG = 1024;
    private static final int ID_ATTEMPTS = 1000;
    private static final long TIMER_INTERVAL_MILLIS = 500;
    private static final long SHUTDOWN_SECONDS = 5;

    private final Supplier<ConfigSnapshot> config;
    private final EventLoopGroup loops;
    private final Transport transport;
    private final SettingsReader settings;
    private final SessionIds ids = new SessionIds();
    private final Map<EventExecutor, LoopResources> resources = new IdentityHashMap<>();
    private final ProxyContext context;
    private @Nullable Channel listener;
    private volatile @Nullable CurrentSettings currentSettings;

    private record CurrentSettings(ConfigSnapshot config, SessionSettings settings) {}

    /** Makes what sessions need of what the service has. */
    @FunctionalInterface
    public interface ContextFactory {
        /**
         * Completes the sessions' context.
         *
         * @param connector fits the transport
         * @param loads how busy servers are, for the choice among equals
         */
        ProxyContext create(LinkConnector connector, ServerLoads loads);
    }

    /** A service that does not accept clients yet. */
    public ProxyService(Supplier<ConfigSnapshot> config, ContextFactory contextFactory) {
        this.config = config;
        int configured = config.get().get(Parameters.WORK_THREAD_NUM).intValue();
        int threads = Math.max(1, Math.min(configured, Runtime.getRuntime().availableProcessors()));
        Transport.Loops made = Transport.loops(
                config.get().get(Parameters.NETWORK_TRANSPORT),
                threads,
                config.get().get(Parameters.NETWORK_BUSY_POLL));
        this.transport = made.transport();
        this.loops = made.group();
        this.settings = new SettingsReader(new SocketOptions(transport));
        ServerLoads loads = new ServerLoads(threads);
        this.context = contextFactory.create(new LinkConnector(transport.socket()), loads);
        for (EventExecutor loop : loops) {
            resources.put(loop, new LoopResources(loads, resources.size()));
        }
    }

    /**
     * Begins to accept clients.
     *
     * @return the address that is listened on
     * @throws IOException when the address cannot be bound
     */
    public InetSocketAddress start(InetSocketAddress address) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, settings.waterMark(config.get()))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        settings.towardsClients(config.get()).forEach((option, value) -> setOption(bootstrap, option, value));
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        listener = bound.channel();
        for (EventExecutor loop : loops) {
            SessionTimers timers = resourcesOf(loop).timers();
            loop.scheduleAtFixedRate(
                    () -> timers.tick(System.nanoTime()),
                    TIMER_INTERVAL_MILLIS,
                    TIMER_INTERVAL_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    @SuppressWarnings("unchecked")
    private static <T> void setOption(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    private void accept(Channel channel) {
        ConfigSnapshot current = config.get();
        LoopResources loop = resourcesOf(channel.eventLoop());
        ClientConnection client = new ClientConnection(channel);
        int version = current.get(Parameters.CLIENT_SESSION_ID_VERSION).intValue();
        long proxyId = current.get(Parameters.PROXY_ID);
        for (int attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
            ClientSession session = new ClientSession(
                    new SessionIdentity(
                            ids.next(version, proxyId), ids.nextProxySessionId(), System.currentTimeMillis()),
                    context,
                    sessionSettings(current),
                    loop,
                    client);
            if (context.sessions().add(session)) {
                session.begun();
                // Whatever becomes of the handlers: no session outlives its channel.
                channel.closeFuture().addListener(closed -> session.onClientGone());
                if (current.get(Parameters.SERVER_ROUTING_MODE).equals(MYSQL_MODE)) {
                    FrontendInitializer.initializeMysql(
                            channel,
                            session,
                            ServerAddress.parseAll(List.of(
                                    current.get(Parameters.TEST_SERVER_ADDR).split("[;,]"))),
                            settings.limit(current));
                } else {
                    FrontendInitializer.initialize(channel, session, settings.greeting(current));
                }
                return;
            }
        }
        channel.close();
    }

    /** The same object for all sessions that begin under the same configuration. */
    private SessionSettings sessionSettings(ConfigSnapshot current) {
        CurrentSettings known = currentSettings;
        if (known == null || known.config() != current) {
            known = new CurrentSettings(current, settings.session(current));
            currentSettings = known;
        }
        return known.settings();
    }

    private LoopResources resourcesOf(EventExecutor loop) {
        LoopResources found = resources.get(loop);
        if (found == null) {
            throw new IllegalStateException("channel on a foreign event loop");
        }
        return found;
    }

    /** What the sessions of this service share. */
    public ProxyContext context() {
        return context;
    }

    /** Stops accepting and ends all sessions. */
    @Override
    public void close() {
        Channel open = listener;
        if (open != null) {
            open.close().awaitUninterruptibly();
        }
        context.sessions().all().forEach(session -> session.execute(ClientSession::kill));
        loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
