package com.oceanbase.odp.proxy.frontend;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The client's channel: what the client can do, and writing to it. Event loop confined. */
public final class ClientConnection {
    private static final long CLOSE_LIMIT_SECONDS = 5;
    private static final byte[] NO_INFO = new byte[0];

    private final Channel channel;
    private long capabilities;

    public ClientConnection(Channel channel) {
        this.channel = channel;
    }

    public Channel channel() {
        return channel;
    }

    public EventLoop eventLoop() {
        return channel.eventLoop();
    }

    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    /** Capabilities that this client and the proxy agreed on. */
    public long capabilities() {
        return capabilities;
    }

    public void capabilities(long agreed) {
        this.capabilities = agreed;
    }

    public boolean has(long capability) {
        return (capabilities & capability) != 0;
    }

    /** Whether packets are compressed: then no request may be read while another is being answered. */
    public boolean isCompressed() {
        return has(Capabilities.COMPRESS | Capabilities.ZSTD_COMPRESSION_ALGORITHM);
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Queues framed bytes, owned by the channel from now on. */
    public void write(ByteBuf framed) {
        channel.write(framed, channel.voidPromise());
    }

    public void flush() {
        channel.flush();
    }

    /** Answers with an OK that has nothing to tell but the status flags. */
    public void sendOk(int sequence, int status) {
        OkPacket ok = new OkPacket(0, 0, 0, status, 0, NO_INFO, SessionChanges.NONE);
        write(MysqlFrame.encode(channel.alloc(), sequence & 0xFF, out -> ok.encode(out, capabilities)));
        flush();
    }

    /** Answers with an error. */
    public void sendError(int sequence, ErrPacket error) {
        write(MysqlFrame.encode(channel.alloc(), sequence & 0xFF, error::encode));
        flush();
    }

    /** Answers with an error of the table. */
    public void sendError(int sequence, ErrorCode code, Object... arguments) {
        sendError(sequence, new ErrPacket(code.errno(), code.sqlState(), code.format(arguments)));
    }

    /** Closes when everything queued has gone out; a client that does not read gets some seconds for it. */
    public void closeAfterWrites() {
        channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        eventLoop().schedule(this::close, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    public void close() {
        channel.close();
    }
}
