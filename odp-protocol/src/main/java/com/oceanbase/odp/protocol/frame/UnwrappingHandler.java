package com.oceanbase.odp.protocol.frame;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Takes an outer framing (compressed packets, OceanBase 2.0) off a stream and passes the plain bytes on as they come, in
 * pieces that have nothing to do with the cuts of MySQL packets.
 *
 * <p>A stream that cannot be taken apart raises {@link MalformedPacketException} in the pipeline and closes the channel;
 * what comes later is dropped. Belongs to the event loop of its channel.
 */
public abstract class UnwrappingHandler extends ChannelInboundHandlerAdapter {

    private boolean dead;
    private boolean passedOn;

    /**
     * Takes some of the bytes, at least one.
     *
     * @return whether the buffer itself was passed on, and with it the duty to release it
     * @throws MalformedPacketException if the stream is damaged
     */
    protected abstract boolean decode(ChannelHandlerContext context, ByteBuf in);

    /** Releases what is held; nothing is decoded afterwards. */
    protected abstract void free();

    /** Whether the stream has ended, perhaps while a piece was passed on. */
    protected final boolean isDead() {
        return dead;
    }

    /** Gives plain bytes to the next handler, which releases them. */
    protected final void passOn(ChannelHandlerContext context, ByteBuf piece) {
        passedOn = true;
        context.fireChannelRead(piece);
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf in)) {
            context.fireChannelRead(message);
            return;
        }
        boolean handedOver = false;
        try {
            while (!dead && !handedOver && in.isReadable()) {
                handedOver = decode(context, in);
            }
        } catch (MalformedPacketException malformed) {
            dead = true;
            context.fireExceptionCaught(malformed);
            context.close();
        } finally {
            if (!handedOver) {
                in.release();
            }
        }
    }

    /** Without automatic reading, a read that gave nothing to the next handler has to be asked for again. */
    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        boolean readAgain = !passedOn && !context.channel().config().isAutoRead();
        passedOn = false;
        if (readAgain && !dead) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext context) {
        dead = true;
        free();
    }
}
