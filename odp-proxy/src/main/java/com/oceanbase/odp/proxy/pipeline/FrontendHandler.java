package com.oceanbase.odp.proxy.pipeline;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.proxy.session.ClientSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects a logged-in client's channel with its session. */
final class FrontendHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(FrontendHandler.class);

    private final ClientSession session;

    FrontendHandler(ClientSession session) {
        this.session = session;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        session.onBytes((ByteBuf) message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.onClientWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.onClientGone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof MalformedPacketException) {
            LOG.atWarn()
                    .addKeyValue("cs_id", session.id())
                    .addKeyValue("client", context.channel().remoteAddress())
                    .addKeyValue("cause", cause.getMessage())
                    .log("client disconnected: what it sends is not MySQL's protocol");
        } else if (!(cause instanceof IOException)) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("cs_id", session.id())
                    .log("session ended by an unexpected error: please report it with this trace");
        }
        session.onClientGone();
        context.close();
    }
}
