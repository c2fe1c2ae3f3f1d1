package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Opens server links on the event loop of the client that needs them. Thread safe. */
public final class LinkConnector {
    private final ChannelFactory<Channel> channels;
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

    /** @param channelType fits the event loops */
    public LinkConnector(Class<? extends Channel> channelType) {
        this.channels = new ReflectiveChannelFactory<>(channelType);
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
        EventLoop loop = owner.eventLoop();
        try {
            ChannelFuture connected = open(loop, address, settings, loginHandler);
            Channel channel = connected.channel();
            connected.addListener(future -> {
                if (!future.isSuccess()) {
                    loginHandler.onConnectFailed(future.cause());
                }
            });
            loginHandler.expiresBy(loop.schedule(
                    () -> expire(channel, loginHandler), settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ChannelException noSocket) {
            loop.execute(() -> loginHandler.onConnectFailed(noSocket));
        }
    }

    private static void expire(Channel channel, ServerLoginHandler loginHandler) {
        ChannelHandlerContext context = channel.pipeline().context(loginHandler);
        if (!loginHandler.isReported() && context != null) {
            loginHandler.onTimeout(context);
        }
    }

    /**
     * Connects without logging in; the handler takes what the server sends.
     *
     * @param eventLoop the caller is on it
     * @throws ChannelException when the process can have no more sockets
     */
    public ChannelFuture open(EventLoop eventLoop, ServerAddress address, Settings settings, ChannelHandler handler) {
        Channel channel = channels.newChannel();
        boolean registered = false;
        try {
            ChannelConfig config = channel.config();
            config.setAllocator(PooledByteBufAllocator.DEFAULT);
            config.setConnectTimeoutMillis((int) settings.timeout().toMillis());
            config.setWriteBufferWaterMark(settings.waterMark());
            settings.socketOptions().forEach((option, value) -> setOption(config, option, value));
            channel.pipeline().addLast(handler);
            registered = eventLoop.register(channel).cause() == null;
            return channel.connect(new InetSocketAddress(address.host(), address.port()));
        } finally {
            if (!registered) {
                channel.unsafe().closeForcibly();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void setOption(ChannelConfig config, ChannelOption<T> option, Object value) {
        config.setOption(option, (T) value);
    }
}
