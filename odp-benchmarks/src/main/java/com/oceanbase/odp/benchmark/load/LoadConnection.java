package com.oceanbase.odp.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection under load: sends, finds the end of the answer, tells the run. Event loop confined. */
final class LoadConnection extends ChannelInboundHandlerAdapter {
    private static final int QUEUE = 1 << 10;

    private final LoadRun run;
    private final AnswerCounter counter = new AnswerCounter();
    private final long createdAt = System.nanoTime();
    private List<RequestTemplate> templates = List.of();
    private @Nullable Channel channel;
    private @Nullable ChannelPromise promise;
    private int next;
    private boolean busy;
    private boolean closing;
    private long dueNanos;

    /** Due times of requests that wait for their turn; only in the open loop. */
    private long @Nullable [] waiting;

    private int head;
    private int waitingCount;
    private long bytes;

    LoadConnection(LoadRun run) {
        this.run = run;
    }

    void ready(Channel opened, List<RequestTemplate> requests) {
        channel = opened;
        promise = opened.voidPromise();
        templates = List.copyOf(requests);
        run.onReady(this);
    }

    /** When it was about to be opened. */
    long createdAt() {
        return createdAt;
    }

    void failed(String why) {
        run.onFailed(this, why);
    }

    Channel channel() {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    /** Sends a request that is due at this time, or queues it behind the one that is on its way. */
    void request(long due) {
        if (!busy) {
            send(due);
            return;
        }
        long[] queue = waiting;
        if (queue == null) {
            queue = new long[QUEUE];
            waiting = queue;
        }
        if (waitingCount == QUEUE) {
            run.onDropped();
            return;
        }
        queue[(head + waitingCount++) & (QUEUE - 1)] = due;
    }

    private void send(long due) {
        busy = true;
        dueNanos = due;
        RequestTemplate template = templates.get(next);
        next = next + 1 == templates.size() ? 0 : next + 1;
        Channel open = channel;
        if (open != null && promise != null) {
            open.writeAndFlush(template.fill(run.keys()), promise);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        bytes += in.readableBytes();
        while (in.isReadable()) {
            if (counter.feed(in)) {
                answered();
            }
        }
        in.release();
    }

    private void answered() {
        busy = false;
        if (counter.takeFailed()) {
            run.onError(counter.error());
        }
        long taken = bytes;
        bytes = 0;
        run.onAnswer(this, dueNanos, taken);
        long[] queue = waiting;
        if (queue != null && waitingCount > 0 && !busy) {
            long due = queue[head];
            head = (head + 1) & (QUEUE - 1);
            waitingCount--;
            send(due);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        templates.forEach(RequestTemplate::release);
        templates = List.of();
        if (!closing) {
            run.onFailed(this, "connection closed under load");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!closing) {
            run.onError(cause.toString());
        }
        context.close();
    }

    /** Says goodbye and closes. */
    void quit() {
        closing = true;
        Channel open = channel;
        if (open != null) {
            ByteBuf quit =
                    open.alloc().directBuffer(5).writeMediumLE(1).writeByte(0).writeByte(1);
            open.writeAndFlush(quit).addListener(done -> open.close());
        }
    }
}
