package com.oceanbase.odp.proxy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int MEGABYTES = 300;

    /** Counts bytes; every now and then it does not want to read, and at once it does again. */
    private static final class Undecided extends ChannelInboundHandlerAdapter {
        private final CountDownLatch done;
        private long awaited = (long) MEGABYTES * MEGABYTE;
        private int reads;

        Undecided(CountDownLatch done) {
            this.done = done;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            awaited -= bytes.readableBytes();
            bytes.release();
            if (awaited == 0) {
                done.countDown();
            }
            if (++reads % 8 == 0) {
                ChannelConfig config = context.channel().config();
                config.setAutoRead(false);
                config.setAutoRead(true);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void readingThatIsStoppedAndTakenUpAgainGoesOn(String name) throws Exception {
        Transport transport = Transport.of(name);
        assumeThat(transport.name()).isEqualTo(name);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, transport.io());
        CountDownLatch done = new CountDownLatch(1);
        try {
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(loops)
                    .channel(transport.server())
                    .childHandler(new Undecided(done));
            transport.channelOptions().forEach((option, value) -> setOption(bootstrap, option, value));
            Channel listener = bootstrap
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
            try (Socket socket = new Socket()) {
                socket.connect(listener.localAddress());
                Thread sender = Thread.ofPlatform().daemon().start(() -> send(socket));
                assertThat(done.await(30, TimeUnit.SECONDS))
                        .as("everything arrives")
                        .isTrue();
                sender.join();
            }
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void autoIsTheCheapestThatThisMachineHas() throws InterruptedException {
        boolean uring =
                IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported() && IoUring.isRecvMultishotEnabled();
        String cheapest = uring ? "io_uring" : Epoll.isAvailable() ? "epoll" : "nio";
        Transport.Loops made = Transport.loops("auto", 2, Duration.ofNanos(20_000));
        made.group().shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        assertThat(made.transport().name()).isEqualTo(cheapest);
    }

    @SuppressWarnings("unchecked")
    private static <T> void setOption(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    /** Sends until all is sent, or the other side has had enough. */
    private static void send(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            byte[] content = new byte[MEGABYTE];
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(content);
            }
        } catch (IOException closed) {
            assertThat(socket.isClosed()).isTrue();
        }
    }
}
