package com.oceanbase.odp.proxy.service;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The transport {@code auto} in a process of its own: prints its name, then what came back from each of some connections
 * to an echo on its event loops.
 */
final class EchoMain {
    static final int CONNECTIONS = 4;
    static final String ECHOED = "hello";

    private EchoMain() {}

    public static void main(String[] arguments) throws Exception {
        Transport.Loops made = Transport.loops("auto", 2, Duration.ofNanos(20_000));
        System.out.println(made.transport().name());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(made.group())
                .channel(made.transport().server())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Echo());
                    }
                });
        made.transport().channelOptions().forEach((option, value) -> setOption(bootstrap, option, value));
        Channel listener = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(ECHOED.getBytes(StandardCharsets.US_ASCII));
                byte[] back = socket.getInputStream().readNBytes(ECHOED.length());
                System.out.println(new String(back, StandardCharsets.US_ASCII));
            }
        }
        made.group().shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @SuppressWarnings("unchecked")
    private static <T> void setOption(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }
    }
}
