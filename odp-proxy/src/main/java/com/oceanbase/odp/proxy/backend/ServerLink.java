package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.ob20.ExtraInfo;
import com.oceanbase.odp.protocol.ob20.Ob20Exchange;
import com.oceanbase.odp.protocol.response.PacketHandler;
import com.oceanbase.odp.protocol.response.ResponseScanner;
import com.oceanbase.odp.protocol.response.ServerDialect;
import com.oceanbase.odp.proxy.state.LinkState;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One logged-in connection to a server, working for one client session on the session's event loop. Requests may be sent
 * without waiting for each other: the responses are dealt out in order.
 */
public final class ServerLink {
    /** Longest OK or ERR packet that is accepted: a login OK with every variable takes some 25 KB. */
    private static final int MAX_STEERING_PACKET = 4 << 20;

    private final long id;
    private final ServerAddress address;
    private final Channel channel;
    private final long serverSessionId;
    private final LinkState state;
    private final LinkOwner owner;
    private final ResponseScanner scanner;
    private final ServerLoads.Counter load;
    private final @Nullable Ob20Exchange exchange;
    private boolean busy;
    private boolean released;
    private long requests;

    /** @param exchange numbers requests where OceanBase 2.0 is spoken, null where it is plain MySQL */
    ServerLink(
            Identity identity,
            Channel channel,
            LinkState state,
            ServerDialect dialect,
            LinkOwner owner,
            @Nullable Ob20Exchange exchange) {
        this.exchange = exchange;
        this.id = identity.linkId();
        this.address = identity.address();
        this.serverSessionId = identity.serverSessionId();
        this.channel = channel;
        this.state = state;
        this.owner = owner;
        this.scanner = new ResponseScanner(channel.alloc(), dialect, MAX_STEERING_PACKET);
        this.load = owner.load(address);
    }

    /**
     * What a link is called.
     *
     * @param linkId the proxy's number of the server session ({@code ss_id})
     * @param address the server
     * @param serverSessionId the server's number of the session, as KILL takes it
     */
    record Identity(long linkId, ServerAddress address, long serverSessionId) {}

    public long id() {
        return id;
    }

    public ServerAddress address() {
        return address;
    }

    public long serverSessionId() {
        return serverSessionId;
    }

    public LinkState state() {
        return state;
    }

    /** Requests sent on this link. */
    public long requests() {
        return requests;
    }

    /** Whether the connection stands. */
    public boolean isOpen() {
        return !released && channel.isActive();
    }

    /** Whether no response is awaited. */
    public boolean isIdle() {
        return scanner.isIdle();
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** What is known of the response that is being read. */
    public ResponseScanner scanner() {
        return scanner;
    }

    /**
     * Queues a framed request; {@link #flush()} sends it.
     *
     * @param framed owned by the link from now on
     * @param handler takes the response
     */
    public void send(CommandCode command, ByteBuf framed, PacketHandler handler) {
        scanner.expect(command, handler);
        if (!busy) {
            busy = true;
            load.begin();
        }
        requests++;
        sendUnanswered(framed);
    }

    /** Queues the beginning of a request that gets no response. */
    public void sendUnanswered(ByteBuf framed) {
        if (exchange != null) {
            exchange.beginRequest();
        }
        channel.write(framed, channel.voidPromise());
    }

    /** Whether requests go out in frames of OceanBase 2.0. */
    public boolean speaksOb20() {
        return exchange != null;
    }

    /** The next request carries these {@link com.oceanbase.odp.protocol.ob20.Ob20Flags}; nothing over plain MySQL. */
    public void nextFlags(int flags) {
        if (exchange != null) {
            exchange.nextFlags(flags);
        }
    }

    /** A frame of the server has extra info. */
    void onExtraInfo(int flags, ByteBuf extraInfo) {
        Boolean locked = ExtraInfo.decode(flags, extraInfo).lockedSession();
        if (locked != null) {
            state.heldByServer(locked);
        }
    }

    /** Queues the rest of a request, or of a file that the server asked for. */
    public void sendBytes(ByteBuf framed) {
        channel.write(framed, channel.voidPromise());
    }

    public void flush() {
        channel.flush();
    }

    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** Stops or resumes reading, to let the client catch up. */
    public void autoRead(boolean on) {
        channel.config().setAutoRead(on);
    }

    /** Closes without telling the owner. */
    public void close() {
        release();
        channel.close();
    }

    private void release() {
        if (!released) {
            released = true;
            rest();
            scanner.release();
        }
    }

    void onBytes(ByteBuf bytes) {
        if (released) {
            bytes.release();
            return;
        }
        scanner.scan(bytes);
        if (scanner.isIdle()) {
            rest();
        }
    }

    /** No answer is awaited any more. */
    private void rest() {
        if (busy) {
            busy = false;
            load.end();
        }
    }

    void onReadComplete() {
        if (!released) {
            owner.onLinkReadComplete(this);
        }
    }

    void onWritabilityChanged() {
        if (!released) {
            owner.onLinkWritabilityChanged(this);
        }
    }

    /** Closes as if the server had: the owner is told. */
    public void fail(Throwable cause) {
        onGone(cause);
    }

    /** The channel is gone, or useless. */
    void onGone(@Nullable Throwable cause) {
        if (!released) {
            release();
            channel.close();
            owner.onLinkClosed(this, cause);
        }
    }

    @Override
    public String toString() {
        return "link " + id + " to " + address;
    }
}
