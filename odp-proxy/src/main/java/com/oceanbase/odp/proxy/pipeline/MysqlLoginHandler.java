package com.oceanbase.odp.proxy.pipeline;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.response.ServerDialect;
import com.oceanbase.odp.proxy.backend.RelayedLoginHandler;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.login.LoginContext;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.state.LinkState;
import com.oceanbase.odp.proxy.state.VariableBaseline;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantView;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logs a client in to a plain MySQL or MariaDB server ({@code server_routing_mode=mysql}). Such a server accepts only an
 * answer to its own scramble, so its greeting is passed on, and then packets both ways until it has decided.
 */
final class MysqlLoginHandler extends ByteToMessageDecoder implements RelayedLoginHandler.Peer {
    private static final int OK_HEADER = 0x00;
    private static final int ERR_HEADER = 0xFF;
    private static final int MAX_LOGIN_PACKET = 128 << 10;

    /** What a server may offer through the proxy: everything that is negotiated hop by hop, or unknown, is taken out. */
    private static final long RELAYED =
            GreetingSettings.END_TO_END | Capabilities.CAN_HANDLE_EXPIRED_PASSWORDS | Capabilities.DEPRECATE_EOF;

    private final ClientSession session;
    private final Deque<ServerAddress> candidates;
    private @Nullable ChannelHandlerContext clientContext;
    private @Nullable Channel serverChannel;
    private @Nullable HandshakeV10 greeting;
    private @Nullable LoginContext login;
    private @Nullable ServerAddress address;
    private boolean decided;
    private int lastSequence;

    MysqlLoginHandler(ClientSession session, List<ServerAddress> servers) {
        this.session = session;
        List<ServerAddress> shuffled = new ArrayList<>(servers);
        Collections.shuffle(shuffled);
        this.candidates = new ArrayDeque<>(shuffled);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        clientContext = context;
        lastSequence = -1;
        connect();
        context.executor()
                .schedule(
                        () -> expire(context), session.settings().loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private ChannelHandlerContext client() {
        ChannelHandlerContext context = clientContext;
        if (context == null) {
            throw new IllegalStateException("no client");
        }
        return context;
    }

    private void connect() {
        if (decided || session.isClosed()) {
            return;
        }
        ServerAddress next = candidates.poll();
        if (next == null) {
            fail(ErrorCode.SERVER_BUILD_CONNECTION_FAILED, "no server of test_server_addr could be reached");
            return;
        }
        address = next;
        ChannelFuture opened = session.context()
                .connector()
                .open(
                        client().channel().eventLoop(),
                        next,
                        session.settings().links(),
                        new RelayedLoginHandler(next, this));
        serverChannel = opened.channel();
        opened.addListener(future -> {
            if (!future.isSuccess()) {
                session.context().health().reportConnectFailure(next);
                connect();
            }
        });
    }

    private void expire(ChannelHandlerContext context) {
        if (!context.isRemoved() && !decided) {
            end(context);
        }
    }

    private void end(ChannelHandlerContext context) {
        decided = true;
        closeServer();
        session.onClientGone();
        context.close();
    }

    private void closeServer() {
        Channel server = serverChannel;
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (decided || in.readableBytes() < MysqlFrame.HEADER_LENGTH) {
            return;
        }
        int length = in.getUnsignedMediumLE(in.readerIndex());
        if (in.readableBytes() < MysqlFrame.HEADER_LENGTH + length) {
            return;
        }
        Channel server = serverChannel;
        if (length > MAX_LOGIN_PACKET || server == null || greeting == null) {
            end(context);
            return;
        }
        ByteBuf packet = in.readSlice(MysqlFrame.HEADER_LENGTH + length);
        lastSequence = packet.getUnsignedByte(packet.readerIndex() + 3);
        HandshakeV10 offered = greeting;
        if (login == null && offered != null) {
            onLogin(offered, packet);
        }
        server.writeAndFlush(packet.retain());
    }

    private void onLogin(HandshakeV10 offered, ByteBuf packet) {
        HandshakeResponse41 response = HandshakeResponse41.decode(packet.slice(
                packet.readerIndex() + MysqlFrame.HEADER_LENGTH, packet.readableBytes() - MysqlFrame.HEADER_LENGTH));
        long agreed = response.capabilities() & offered.capabilities();
        session.client().capabilities(agreed);
        AccountName account = new AccountName(response.user(), "", "", 0, false);
        login = LoginContext.of(account, offered.scramble(), agreed, response);
    }

    @Override
    public void onServerPacket(RelayedLoginHandler server, ChannelHandlerContext serverContext, ByteBuf framed) {
        ByteBuf payload = framed.slice(
                framed.readerIndex() + MysqlFrame.HEADER_LENGTH, framed.readableBytes() - MysqlFrame.HEADER_LENGTH);
        int header = payload.isReadable() ? payload.getUnsignedByte(payload.readerIndex()) : -1;
        if (decided || session.isClosed()) {
            serverContext.close();
            return;
        }
        if (greeting == null && header != ERR_HEADER) {
            greet(HandshakeV10.decode(payload));
            return;
        }
        lastSequence = framed.getUnsignedByte(framed.readerIndex() + 3);
        client().write(framed.retain());
        LoginContext context = login;
        if (header == OK_HEADER && context != null) {
            begin(server, serverContext, context);
        } else if (header == ERR_HEADER) {
            decided = true;
            session.log().loginFailed(ErrPacket.decode(payload));
            session.onClientGone();
            session.client().closeAfterWrites();
            serverContext.close();
        }
        client().flush();
    }

    private void greet(HandshakeV10 offered) {
        // With LONG_PASSWORD set MariaDB's clients do not look for MariaDB's own extensions.
        HandshakeV10 relayed = new HandshakeV10(
                offered.protocolVersion(),
                offered.serverVersion(),
                offered.connectionId(),
                offered.scramble(),
                offered.capabilities() & RELAYED | Capabilities.LONG_PASSWORD,
                offered.characterSet(),
                offered.status(),
                offered.authPlugin());
        greeting = relayed;
        client().writeAndFlush(MysqlFrame.encode(client().alloc(), 0, relayed::encode));
    }

    private void begin(RelayedLoginHandler server, ChannelHandlerContext serverContext, LoginContext context) {
        decided = true;
        ServerAddress chosen = address;
        HandshakeV10 offered = greeting;
        if (chosen == null || offered == null) {
            throw new IllegalStateException("login without greeting");
        }
        session.context().health().reportAlive(chosen);
        boolean deprecateEof = Capabilities.has(context.capabilities(), Capabilities.DEPRECATE_EOF);
        LinkState state = new LinkState(VariableBaseline.EMPTY, context.database());
        ServerLink link = server.handOver(
                serverContext,
                offered.connectionId(),
                state,
                new ServerDialect(false, false, deprecateEof),
                session.linkOwner());
        TenantView tenant = new TenantView(
                "", "", 0, List.of(new ServerView(chosen, "", ServerState.ACTIVE)), SystemVariableCatalog.builtIn());
        session.beginPassThrough(context, tenant, link);
        client().pipeline().addLast(new FrontendHandler(session));
        client().pipeline().remove(this);
    }

    @Override
    public void onServerGone(Throwable cause) {
        if (decided) {
            return;
        }
        if (greeting == null) {
            connect();
        } else {
            fail(ErrorCode.SERVER_CLOSED_READING_RESPONSE, String.valueOf(cause.getMessage()));
        }
    }

    private void fail(ErrorCode code, String detail) {
        decided = true;
        ErrPacket error = new ErrPacket(code.errno(), "08S01", code.format() + " (" + detail + ")");
        session.client().capabilities(Capabilities.PROTOCOL_41);
        session.log().loginFailed(error);
        session.client().sendError(lastSequence + 1, error);
        session.onClientGone();
        session.client().closeAfterWrites();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (!decided) {
            closeServer();
            session.onClientGone();
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context);
    }
}
