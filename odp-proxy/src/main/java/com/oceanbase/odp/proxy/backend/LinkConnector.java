package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.topology.ServerAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Opens server links on the event loop of the client that needs them. Thread safe. */
public final class LinkConnector {
    private final Class<? extends Channel> channelType;
    private final AtomicLong nextLinkId = new AtomicLong();

    /**
     * How server connections are opened.
     *
     * @param timeout for connecting and logging in together
     * @param waterMark write buffer at which a link stops being writable
     * @param socketOptions further socket options
     */
    public record Settings(
            Duration timeout, WriteBufferWaterMark waterMark, Map<ChannelOption<?>, Object> socketOptions) {}

    public LinkConnector(Class<? extends Channel> channelType) {
        this.channelType = channelType;
    }

    /**
     * Connects and logs in; the outcome is reported exactly once, on the owner's event loop, possibly after the session has
     * gone: the taker closes a link it has no use for.
     */
    public void connect(
            LinkOwner owner,
            ServerAddress address,
            ServerLogin login,
            Settings settings,
            Consumer<LoginOutcome> outcome) {
        ServerLoginHandler loginHandler =
                new ServerLoginHandler(nextLinkId.incrementAndGet(), address, login, owner, outcome);
        ChannelFuture connected = bootstrap(owner.eventLoop(), settings, loginHandler)
                .connect(new InetSocketAddress(address.host(), address.port()));
        Channel channel = connected.channel();
        connected.addListener(future -> {
            if (!future.isSuccess()) {
                loginHandler.onConnectFailed(future.cause());
            }
        });
        loginHandler.expiresBy(channel.eventLoop()
                .schedule(
                        () -> expire(channel, loginHandler), settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Connects without logging in; the handler takes what the server sends. */
    public ChannelFuture open(EventLoop eventLoop, ServerAddress address, Settings settings, ChannelHandler handler) {
        return bootstrap(eventLoop, settings, handler).connect(new InetSocketAddress(address.host(), address.port()));
    }

    private static void expire(Channel channel, ServerLoginHandler loginHandler) {
        ChannelHandlerContext context = channel.pipeline().context(loginHandler);
        if (!loginHandler.isReported() && context != null) {
            loginHandler.onTimeout(context);
        }
    }

    private Bootstrap bootstrap(EventLoop eventLoop, Settings settings, ChannelHandler loginHandler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(channelType)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.timeout().toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, settings.waterMark())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(loginHandler);
                    }
                });
        settings.socketOptions().forEach((option, value) -> setOption(bootstrap, option, value));
        return bootstrap;
    }

    @SuppressWarnings("unchecked")
    private static <T> void setOption(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }
}
