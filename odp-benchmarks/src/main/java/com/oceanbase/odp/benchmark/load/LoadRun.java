package com.oceanbase.odp.benchmark.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One run: opens the connections, warms up, measures. In the open loop a request's time counts from when it was due,
 * not from when it could be sent: nothing is left out while the other side is stuck. Event loop confined.
 */
final class LoadRun {
    private static final int OPENING_AT_ONCE = 64;
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long TIMEOUT_SECONDS = 120;

    private final LoadSpec spec;
    private final EventLoop loop;
    private final boolean epoll;
    private final Consumer<String> marks;
    private final Keys keys;
    private final List<String> cycle;
    private final Histogram histogram = new Histogram(MAX_NANOS, 3);
    private final List<LoadConnection> connections = new ArrayList<>();
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private int opening;
    private int opened;
    private boolean loading;
    private boolean measuring;
    private boolean ended;
    private long requests;
    private long errors;
    private long bytes;
    private String firstError = "";
    private long windowStart;
    private long loopStart;
    private long dueCount;
    private int turn;
    private @Nullable Future<?> ticker;

    LoadRun(LoadSpec spec, EventLoop loop, boolean epoll, Consumer<String> marks) {
        this.spec = spec;
        this.loop = loop;
        this.epoll = epoll;
        this.marks = marks;
        this.keys = new Keys(spec.firstKey());
        this.cycle = spec.workload().cycle(spec.size());
    }

    CompletableFuture<LoadResult> start() {
        loop.execute(this::openMore);
        loop.schedule(
                () -> {
                    if (!loading) {
                        finish("the connections did not open in time: " + opened + " of " + spec.connections());
                    }
                },
                TIMEOUT_SECONDS,
                TimeUnit.SECONDS);
        return result;
    }

    Keys keys() {
        return keys;
    }

    private void openMore() {
        while (!ended && opening < OPENING_AT_ONCE && opened + opening < spec.connections()) {
            opening++;
            open();
        }
    }

    private void open() {
        LoadConnection connection = new LoadConnection(this);
        LoginHandler login = new LoginHandler(spec, cycle, connection);
        new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) TimeUnit.SECONDS.toMillis(20))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(login);
                    }
                })
                .connect(new InetSocketAddress(spec.host(), spec.port()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        onFailed(connection, String.valueOf(connected.cause().getMessage()));
                    }
                });
    }

    void onReady(LoadConnection connection) {
        if (ended) {
            connection.quit();
            return;
        }
        if (loading) {
            // A connection of the churn: its time began with the connect.
            connections.add(connection);
            connection.request(connection.createdAt());
            return;
        }
        opening--;
        opened++;
        connections.add(connection);
        openMore();
        if (opened == spec.connections()) {
            begin();
        }
    }

    private void begin() {
        loading = true;
        marks.accept("connected");
        loopStart = System.nanoTime();
        if (spec.rate() == 0) {
            connections.forEach(connection -> connection.request(System.nanoTime()));
        } else {
            ticker = loop.scheduleAtFixedRate(this::sendDue, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
        loop.schedule(this::beginWindow, spec.warmupMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendDue() {
        long now = System.nanoTime();
        long due = loopStart + (long) (dueCount * 1e9 / spec.rate());
        while (due <= now && !ended) {
            connections.get(turn).request(due);
            turn = turn + 1 == connections.size() ? 0 : turn + 1;
            dueCount++;
            due = loopStart + (long) (dueCount * 1e9 / spec.rate());
        }
    }

    private void beginWindow() {
        if (ended) {
            return;
        }
        histogram.reset();
        requests = 0;
        errors = 0;
        bytes = 0;
        measuring = true;
        marks.accept("begin");
        windowStart = System.nanoTime();
        loop.schedule(() -> finish(""), spec.windowMillis(), TimeUnit.MILLISECONDS);
    }

    void onAnswer(LoadConnection connection, long due, long size) {
        if (ended) {
            return;
        }
        long now = System.nanoTime();
        if (measuring) {
            histogram.recordValue(Math.min(MAX_NANOS, Math.max(0, now - due)));
            requests++;
            bytes += size;
        }
        if (spec.workload().isChurn()) {
            connections.remove(connection);
            connection.quit();
            open();
        } else if (spec.rate() == 0) {
            connection.request(now);
        }
    }

    void onError(String text) {
        errors++;
        if (firstError.isEmpty()) {
            firstError = text;
        }
    }

    /** A request was due when too many waited already. */
    void onDropped() {
        onError("more requests wait than a connection can hold: the rate is too high");
    }

    void onFailed(LoadConnection connection, String why) {
        if (ended) {
            return;
        }
        connections.remove(connection);
        if (loading && spec.workload().isChurn()) {
            onError(why);
            open();
            return;
        }
        finish(why);
    }

    /** Ends the run; with a reason if it could not be carried through. */
    private void finish(String failure) {
        if (ended) {
            return;
        }
        ended = true;
        long nanos = System.nanoTime() - windowStart;
        if (measuring) {
            marks.accept("end");
        }
        Future<?> running = ticker;
        if (running != null) {
            running.cancel(false);
        }
        if (failure.isEmpty() && spec.holdMillis() > 0) {
            loop.schedule(() -> close(nanos, failure), spec.holdMillis(), TimeUnit.MILLISECONDS);
        } else {
            close(nanos, failure);
        }
    }

    private void close(long nanos, String failure) {
        List.copyOf(connections).forEach(LoadConnection::quit);
        if (failure.isEmpty()) {
            result.complete(new LoadResult(
                    requests,
                    errors,
                    firstError,
                    nanos,
                    bytes,
                    micros(50),
                    micros(99),
                    micros(99.9),
                    histogram.getMaxValue() / 1e3,
                    histogram.getMean() / 1e3));
        } else {
            result.completeExceptionally(new IllegalStateException(failure));
        }
    }

    private double micros(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
