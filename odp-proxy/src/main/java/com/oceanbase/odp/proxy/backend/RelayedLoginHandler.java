package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.response.ServerDialect;
import com.oceanbase.odp.proxy.state.LinkState;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.List;

/**
 * Hands the packets of a plain MySQL server's login over, one by one: the client answers them itself, whatever the
 * authentication plugin. Event loop confined.
 */
public final class RelayedLoginHandler extends ByteToMessageDecoder {
    private final ServerAddress address;
    private final Peer peer;
    private boolean handedOver;
    private boolean reportedGone;

    /** The client's side of the login. */
    public interface Peer {
        /**
         * The server sent a packet.
         *
         * @param framed header and payload; valid during the call only
         */
        void onServerPacket(RelayedLoginHandler server, ChannelHandlerContext context, ByteBuf framed);

        /** The server closed the connection, or it broke. */
        void onServerGone(Throwable cause);
    }

    public RelayedLoginHandler(ServerAddress address, Peer peer) {
        this.address = address;
        this.peer = peer;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (handedOver || in.readableBytes() < MysqlFrame.HEADER_LENGTH) {
            return;
        }
        int length = in.getUnsignedMediumLE(in.readerIndex());
        if (in.readableBytes() >= MysqlFrame.HEADER_LENGTH + length) {
            peer.onServerPacket(this, context, in.readSlice(MysqlFrame.HEADER_LENGTH + length));
        }
    }

    /** The login has succeeded: the channel becomes a link of the session. */
    public ServerLink handOver(
            ChannelHandlerContext context,
            long serverSessionId,
            LinkState state,
            ServerDialect dialect,
            LinkOwner owner) {
        handedOver = true;
        ServerLink link = new ServerLink(
                new ServerLink.Identity(serverSessionId, address, serverSessionId),
                context.channel(),
                state,
                dialect,
                owner,
                null);
        context.pipeline().addLast(new BackendHandler(link));
        context.pipeline().remove(this);
        return link;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone(new IOException("server " + address + " closed the connection during login"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!handedOver) {
            gone(cause);
            context.close();
        }
    }

    private void gone(Throwable cause) {
        if (!handedOver && !reportedGone) {
            reportedGone = true;
            peer.onServerGone(cause);
        }
    }
}
