package com.oceanbase.odp.proxy.service;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the event loops talk to the operating system: what Netty offers here, chosen once at the start by the parameter
 * {@code network_transport}.
 *
 * @param name the parameter's value that stands for it
 * @param io makes the event loops' I/O handlers
 * @param server type of the listening channel
 * @param socket type of the channels to clients and servers
 * @param keepAlive options for the times of TCP keep-alive and the like; empty where the JDK has none
 * @param channelOptions what each client or server channel is set to
 */
public record Transport(
        String name,
        IoHandlerFactory io,
        Class<? extends ServerChannel> server,
        Class<? extends Channel> socket,
        Map<TcpTime, ChannelOption<Integer>> keepAlive,
        Map<ChannelOption<?>, Object> channelOptions) {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** The group of buffers from which reads of io_uring take theirs. */
    private static final short BUFFER_GROUP = 1;

    /** Buffers that one event loop has lent to the kernel at most, a power of two, and their bytes: reads share a buffer. */
    private static final short RING_BUFFERS = 64;

    private static final int RING_BUFFER_BYTES = 64 << 10;
    private static final int RING_BATCH = 16;

    /** What is lent to the kernel counts apart from what sessions hold. */
    private static final PooledByteBufAllocator RING_MEMORY = new PooledByteBufAllocator(true);

    /**
     * Each completion counts as a round of reading of its own. With more in a round, Netty 4.2.18 loses the wish to read
     * when reading is stopped and taken up again while a multishot receive goes on: the receive is cancelled, data that
     * came before its end wipe the wish out, and nobody reads any more.
     */
    private static final RecvByteBufAllocator ONE_READ = new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1);

    /** A socket option of TCP that not all transports have. */
    public enum TcpTime {
        KEEP_IDLE,
        KEEP_INTERVAL,
        KEEP_COUNT,
        USER_TIMEOUT
    }

    /** Copies the maps. */
    public Transport {
        keepAlive = Map.copyOf(keepAlive);
        channelOptions = Map.copyOf(channelOptions);
    }

    /**
     * The transport of that name, or the next one that this machine has. {@code auto} is io_uring where it can do all that
     * makes it cheaper than epoll, else epoll.
     *
     * @param wanted {@code auto}, {@code io_uring}, {@code epoll} or {@code nio}
     */
    public static Transport of(String wanted) {
        return candidates(wanted, new ArrayList<>()).getFirst();
    }

    /**
     * The transports that may be taken for that name, the last of which works everywhere.
     *
     * @param rejected gets the others and why they are none
     */
    private static List<Transport> candidates(String wanted, List<String> rejected) {
        List<Transport> candidates = new ArrayList<>();
        boolean auto = wanted.equals("auto");
        if (auto || wanted.equals("io_uring")) {
            String missing = missingOfIoUring(auto);
            if (missing.isEmpty()) {
                candidates.add(ioUring());
            } else {
                rejected.add("io_uring: " + missing);
            }
        }
        if (!wanted.equals("nio")) {
            if (Epoll.isAvailable()) {
                candidates.add(epoll());
            } else {
                rejected.add("epoll: " + rootCause(Epoll.unavailabilityCause()));
            }
        }
        candidates.add(nio());
        return candidates;
    }

    /**
     * Why io_uring cannot be used, empty when it can.
     *
     * @param cheaper without shared buffers each idle connection would hold one of its own, and without multishot receive
     *     each request would take a system call's worth of work more: then it is not worth having
     */
    private static String missingOfIoUring(boolean cheaper) {
        if (!IoUring.isAvailable()) {
            return rootCause(IoUring.unavailabilityCause());
        }
        if (cheaper && !(IoUring.isRegisterBufferRingSupported() && IoUring.isRecvMultishotEnabled())) {
            return "no shared receive buffers or no multishot receive: the kernel is older than Linux 6.0, or the process may"
                    + " lock too little memory (ulimit -l)";
        }
        return "";
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /**
     * Event loops of the first transport for that name with which they can be made, and a line in the log that says which
     * one it is and why: each io_uring takes memory of its own, for which there may be a limit.
     *
     * @param busyPoll how long they look for events before they sleep ({@link BusyPoll})
     */
    public static Loops loops(String wanted, int number, Duration busyPoll) {
        List<String> rejected = new ArrayList<>();
        for (Transport candidate : candidates(wanted, rejected)) {
            try {
                Loops made = new Loops(
                        candidate,
                        new MultiThreadIoEventLoopGroup(
                                number,
                                new DefaultThreadFactory("odp-loop"),
                                BusyPoll.around(candidate.io(), busyPoll)));
                LOG.atInfo()
                        .addKeyValue("transport", candidate.name())
                        .addKeyValue("network_transport", wanted)
                        .addKeyValue("event_loops", number)
                        .addKeyValue("not_usable", rejected.isEmpty() ? "-" : String.join("; ", rejected))
                        .log("network transport chosen");
                return made;
            } catch (IllegalStateException failure) {
                rejected.add(candidate.name() + ": " + rootCause(failure));
            }
        }
        throw new IllegalStateException("no event loops can be made: " + rejected);
    }

    /**
     * Event loops and what they run on.
     *
     * @param group accepts clients on one of its loops and serves them on all: a thread that does nothing but accept would
     *     have to wake another one for each client
     */
    public record Loops(Transport transport, EventLoopGroup group) {}

    private static Transport nio() {
        return new Transport(
                "nio",
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                Map.of(),
                Map.of());
    }

    private static Transport epoll() {
        return new Transport(
                "epoll",
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                Map.of(
                        TcpTime.KEEP_IDLE,
                        EpollChannelOption.TCP_KEEPIDLE,
                        TcpTime.KEEP_INTERVAL,
                        EpollChannelOption.TCP_KEEPINTVL,
                        TcpTime.KEEP_COUNT,
                        EpollChannelOption.TCP_KEEPCNT,
                        TcpTime.USER_TIMEOUT,
                        EpollChannelOption.TCP_USER_TIMEOUT),
                Map.of());
    }

    private static Transport ioUring() {
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        boolean ring = IoUring.isRegisterBufferRingSupported();
        if (ring) {
            config.setBufferRingConfig(IoUringBufferRingConfig.builder()
                    .bufferGroupId(BUFFER_GROUP)
                    .bufferRingSize(RING_BUFFERS)
                    .batchSize(RING_BATCH)
                    .incremental(IoUring.isRegisterBufferRingIncSupported())
                    .allocator(new IoUringFixedBufferRingAllocator(RING_MEMORY, true, RING_BUFFER_BYTES))
                    .build());
        }
        return new Transport(
                "io_uring",
                IoUringIoHandler.newFactory(config),
                IoUringServerSocketChannel.class,
                IoUringSocketChannel.class,
                Map.of(
                        TcpTime.KEEP_IDLE,
                        IoUringChannelOption.TCP_KEEPIDLE,
                        TcpTime.KEEP_INTERVAL,
                        IoUringChannelOption.TCP_KEEPINTVL,
                        TcpTime.KEEP_COUNT,
                        IoUringChannelOption.TCP_KEEPCNT,
                        TcpTime.USER_TIMEOUT,
                        IoUringChannelOption.TCP_USER_TIMEOUT),
                ring
                        ? Map.of(
                                IoUringChannelOption.IO_URING_BUFFER_GROUP_ID,
                                BUFFER_GROUP,
                                ChannelOption.RECVBUF_ALLOCATOR,
                                ONE_READ)
                        : Map.of());
    }
}
