package com.oceanbase.odp.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Connects a logged-in server channel with its {@link ServerLink}. */
final class BackendHandler extends ChannelInboundHandlerAdapter {
    private final ServerLink link;

    BackendHandler(ServerLink link) {
        this.link = link;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        link.onBytes((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        link.onReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        link.onWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        link.onGone(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        link.onGone(cause);
    }
}
