package com.oceanbase.odp.proxy.pipeline;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.auth.Scramble;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.AuthSwitchRequest;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.login.LoginContext;
import com.oceanbase.odp.proxy.session.AnswerStatus;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.LoginFlow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Greets a client and logs it in; then a {@link FrontendHandler} takes its place. No server is contacted before the
 * client has said who it is.
 */
final class ClientLoginHandler extends ByteToMessageDecoder {
    /** No login is longer: user, attributes (64 KB) and a database. */
    private static final int MAX_LOGIN_PACKET = 128 << 10;

    private final ClientSession session;
    private final GreetingSettings greeting;
    private byte[] scramble = Scramble.CONSTANT;
    private @Nullable LoginContext switching;
    private String writtenName = "";
    private int sequence;
    private boolean deciding;
    private @Nullable Future<?> timer;

    ClientLoginHandler(ClientSession session, GreetingSettings greeting) {
        this.session = session;
        this.greeting = greeting;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        scramble = greeting.freshScramble();
        HandshakeV10 hello = new HandshakeV10(
                10,
                greeting.serverVersion(),
                session.id(),
                scramble,
                greeting.capabilities(),
                greeting.characterSet(),
                ServerStatus.AUTOCOMMIT,
                NativePassword.PLUGIN);
        context.writeAndFlush(MysqlFrame.encode(context.alloc(), 0, hello::encode));
        timer = context.executor()
                .schedule(
                        () -> expire(context), session.settings().loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void expire(ChannelHandlerContext context) {
        if (!context.isRemoved() && !deciding) {
            session.onClientGone();
            context.close();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (deciding || in.readableBytes() < MysqlFrame.HEADER_LENGTH) {
            return;
        }
        int length = in.getUnsignedMediumLE(in.readerIndex());
        sequence = in.getUnsignedByte(in.readerIndex() + 3) + 1;
        if (length > MAX_LOGIN_PACKET) {
            throw new MalformedPacketException("login packet of " + length + " bytes");
        }
        if (in.readableBytes() < MysqlFrame.HEADER_LENGTH + length) {
            return;
        }
        in.skipBytes(MysqlFrame.HEADER_LENGTH);
        ByteBuf payload = in.readSlice(length);
        LoginContext waiting = switching;
        if (waiting != null) {
            switching = null;
            decide(context, waiting.withAuthResponse(Wire.readRestBytes(payload), scramble));
        } else {
            onLogin(context, payload);
        }
    }

    private void onLogin(ChannelHandlerContext context, ByteBuf payload) {
        if (payload.readableBytes() < 4
                || !Capabilities.has(payload.getUnsignedIntLE(payload.readerIndex()), Capabilities.PROTOCOL_41)) {
            session.client().capabilities(Capabilities.PROTOCOL_41);
            refuse(
                    context,
                    new ErrPacket(
                            ErrorCode.NOT_SUPPORTED.errno(),
                            ErrorCode.NOT_SUPPORTED.sqlState(),
                            ErrorCode.NOT_SUPPORTED.format()));
            return;
        }
        HandshakeResponse41 response = HandshakeResponse41.decode(payload);
        // Drivers announce their support of Oracle mode without being offered it.
        long agreed = response.capabilities() & (greeting.capabilities() | Capabilities.SUPPORT_ORACLE_MODE);
        session.client().capabilities(agreed);
        String defaultCluster = session.context().tenants().defaultCluster();
        writtenName = response.user();
        AccountName account = greeting.rules().account(response.user(), defaultCluster == null ? "" : defaultCluster);
        LoginContext login = LoginContext.of(account, scramble, agreed, response);
        String plugin = response.authPlugin();
        if (plugin != null && !plugin.isEmpty() && !plugin.equals(NativePassword.PLUGIN)) {
            switching = login;
            scramble = greeting.freshScramble();
            AuthSwitchRequest request = new AuthSwitchRequest(NativePassword.PLUGIN, scramble);
            context.writeAndFlush(MysqlFrame.encode(context.alloc(), sequence, request::encode));
            return;
        }
        decide(context, login);
    }

    private void decide(ChannelHandlerContext context, LoginContext login) {
        deciding = true;
        AccountName account = login.account();
        if (account.isProxySys()) {
            boolean proven = greeting.rules()
                    .acceptsProxySys(
                            account,
                            login.authResponse(),
                            login.scramble(),
                            session.client().remoteAddress().getAddress());
            if (proven) {
                session.beginProxySys(login);
            }
            onDecided(context, login, proven ? null : LoginFlow.accessDenied(session, login));
        } else if (!greeting.rules().accepts(writtenName, account)) {
            onDecided(context, login, LoginFlow.accessDenied(session, login));
        } else if (!greeting.limit().admits(session.context().sessions())) {
            ErrorCode code = ErrorCode.TOO_MANY_SESSIONS;
            onDecided(context, login, new ErrPacket(code.errno(), code.sqlState(), code.format()));
        } else {
            new LoginFlow(session, login, error -> onDecided(context, login, error)).start();
        }
    }

    private void onDecided(ChannelHandlerContext context, LoginContext login, @Nullable ErrPacket error) {
        if (session.isClosed()) {
            return;
        }
        if (error != null) {
            refuse(context, error);
            return;
        }
        session.client().sendOk(sequence, AnswerStatus.ofOk(session));
        ClientCompression.install(context.pipeline(), login);
        context.pipeline().addLast(new FrontendHandler(session));
        context.pipeline().remove(this);
    }

    private void refuse(ChannelHandlerContext context, ErrPacket error) {
        deciding = true;
        session.log().loginFailed(error);
        session.client().sendError(sequence, error);
        session.onClientGone();
        session.client().closeAfterWrites();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        session.onClientGone();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable reason = cause.getCause() == null ? cause : cause.getCause();
        if (reason instanceof MalformedPacketException) {
            session.client().sendError(sequence, ErrorCode.BAD_HANDSHAKE);
            session.onClientGone();
            session.client().closeAfterWrites();
        } else {
            session.onClientGone();
            context.close();
        }
    }
}
