package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.ob20.Ob20Decoder;
import com.oceanbase.odp.protocol.ob20.Ob20Encoder;
import com.oceanbase.odp.protocol.ob20.Ob20Exchange;
import com.oceanbase.odp.protocol.packet.AuthSwitchRequest;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.proxy.state.LinkState;
import com.oceanbase.odp.proxy.state.VariableBaseline;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs in to a server: greeting, login, verdict. Afterwards it gives its place to a {@link BackendHandler}; whatever
 * happens the outcome is reported exactly once.
 */
final class ServerLoginHandler extends ByteToMessageDecoder {
    private static final String NATIVE_PASSWORD = "mysql_native_password";
    private static final int OK_HEADER = 0x00;
    private static final int AUTH_SWITCH_HEADER = 0xFE;
    private static final int ERR_HEADER = 0xFF;

    private final long linkId;
    private final ServerAddress address;
    private final ServerLogin login;
    private final LinkOwner owner;
    private final Consumer<LoginOutcome> outcome;
    private @Nullable HandshakeV10 greeting;
    private @Nullable Future<?> timer;
    private boolean reported;

    ServerLoginHandler(
            long linkId, ServerAddress address, ServerLogin login, LinkOwner owner, Consumer<LoginOutcome> outcome) {
        this.linkId = linkId;
        this.address = address;
        this.login = login;
        this.owner = owner;
        this.outcome = outcome;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (reported || in.readableBytes() < MysqlFrame.HEADER_LENGTH) {
            return;
        }
        int length = in.getUnsignedMediumLE(in.readerIndex());
        if (in.readableBytes() < MysqlFrame.HEADER_LENGTH + length) {
            return;
        }
        if (length == 0) {
            throw new MalformedPacketException("empty packet during login");
        }
        int sequence = in.getUnsignedByte(in.readerIndex() + 3);
        in.skipBytes(MysqlFrame.HEADER_LENGTH);
        ByteBuf payload = in.readSlice(length);
        if (greeting == null) {
            onGreeting(context, sequence, payload);
        } else {
            onVerdict(context, greeting, sequence, payload);
        }
    }

    private void onGreeting(ChannelHandlerContext context, int sequence, ByteBuf payload) {
        if (payload.getUnsignedByte(payload.readerIndex()) == ERR_HEADER) {
            report(new LoginOutcome.Refused(ErrPacket.decode(payload)));
            context.close();
            return;
        }
        HandshakeV10 hello = HandshakeV10.decode(payload);
        greeting = hello;
        HandshakeResponse41 response = new HandshakeResponse41(
                login.capabilities(),
                login.maxPacketSize(),
                login.characterSet(),
                login.user(),
                login.authResponse(),
                login.database(),
                NATIVE_PASSWORD,
                login.attributes(hello),
                0);
        context.writeAndFlush(MysqlFrame.encode(context.alloc(), sequence + 1, response::encode));
    }

    private void onVerdict(ChannelHandlerContext context, HandshakeV10 hello, int sequence, ByteBuf payload) {
        switch (payload.getUnsignedByte(payload.readerIndex())) {
            case OK_HEADER -> onOk(context, hello, payload);
            case ERR_HEADER -> {
                report(new LoginOutcome.Refused(ErrPacket.decode(payload)));
                context.close();
            }
            case AUTH_SWITCH_HEADER -> {
                AuthSwitchRequest request = AuthSwitchRequest.decode(payload);
                if (!request.plugin().equals(NATIVE_PASSWORD) || login.authResponse().length > 0) {
                    throw new MalformedPacketException("server " + address + " asks for authentication by "
                            + request.plugin() + ", which cannot be passed on");
                }
                context.writeAndFlush(MysqlFrame.encode(context.alloc(), sequence + 1, out -> {}));
            }
            default -> throw new MalformedPacketException("unexpected packet during login to " + address);
        }
    }

    private void onOk(ChannelHandlerContext context, HandshakeV10 hello, ByteBuf payload) {
        ByteBuf block = OkPacket.sessionStateBlock(payload);
        VariableBaseline baseline =
                block == null ? VariableBaseline.EMPTY : owner.baselines().of(block);
        LinkState state = new LinkState(baseline, login.database());
        state.oracleMode(ServerStatus.has(OkPacket.status(payload), ServerStatus.ORACLE_MODE));
        Ob20Exchange exchange =
                login.speaksOb20(baseline.capabilityFlag()) ? new Ob20Exchange(hello.connectionId()) : null;
        ServerLink link = new ServerLink(
                new ServerLink.Identity(linkId, address, login.serverSessionId(hello)),
                context.channel(),
                state,
                login.dialect(),
                owner,
                exchange);
        // Replacing first: bytes that follow the OK belong to the link.
        if (exchange != null) {
            byte[] first = login.firstExtraInfo();
            if (first != null) {
                exchange.nextExtraInfo(first);
            }
            context.pipeline().addLast(new Ob20Decoder(exchange, link::onExtraInfo), new Ob20Encoder(exchange));
        }
        context.pipeline().addLast(new BackendHandler(link));
        report(new LoginOutcome.LoggedIn(link, payload));
        context.pipeline().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        report(new LoginOutcome.Failed(new IOException("server " + address + " closed the connection during login")));
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        report(new LoginOutcome.Failed(cause));
        context.close();
    }

    /** No connection came about. */
    void onConnectFailed(Throwable cause) {
        report(new LoginOutcome.Failed(cause));
    }

    /** The time for connecting and logging in is over. */
    void onTimeout(ChannelHandlerContext context) {
        report(new LoginOutcome.Failed(new IOException("server " + address + " did not answer the login in time")));
        context.close();
    }

    /** The task that is to be cancelled when the outcome is known. */
    void expiresBy(Future<?> newTimer) {
        timer = newTimer;
    }

    boolean isReported() {
        return reported;
    }

    private void report(LoginOutcome result) {
        if (!reported) {
            reported = true;
            Future<?> running = timer;
            if (running != null) {
                running.cancel(false);
            }
            outcome.accept(result);
        }
    }
}
