package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.response.PacketHandler;
import com.oceanbase.odp.protocol.response.PacketKind;
import com.oceanbase.odp.proxy.backend.LinkOwner;
import com.oceanbase.odp.proxy.backend.LoginOutcome;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.backend.ServerLoads;
import com.oceanbase.odp.proxy.state.BaselineCache;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops a statement: the server that executes it is told KILL QUERY on another connection in the session's own name.
 * Should the statement end meanwhile nothing is sent, so that the session's next one is not hit. Event loop confined.
 */
final class StatementKill implements LinkOwner, PacketHandler {
    private final ClientSession session;
    private final Consumer<@Nullable ErrPacket> done;
    private @Nullable ServerLink messenger;
    private @Nullable ErrPacket refusal;
    private int generation;
    private boolean abandoned;
    private boolean reported;

    StatementKill(ClientSession session, Consumer<@Nullable ErrPacket> done) {
        this.session = session;
        this.done = done;
    }

    void start() {
        RequestFlow flow = session.flow();
        ServerLink executing = flow.link();
        if (executing == null || !flow.isWaitingForServer()) {
            // No server has it yet, or no longer.
            flow.interrupt(ErrPacket.of(ErrorCode.QUERY_INTERRUPTED));
            report(null);
            return;
        }
        generation = flow.generation();
        connect(executing);
    }

    /** The client has gone: if it was in the middle of a statement the server need not go on with that. */
    static void abandon(ClientSession session) {
        ServerLink executing = session.flow().link();
        if (executing != null && session.flow().isWaitingForServer() && !session.isPassThrough()) {
            StatementKill kill = new StatementKill(session, _ -> {});
            // The server's session ends with the link: its number means nothing else soon.
            kill.abandoned = true;
            kill.connect(executing);
        }
    }

    private void connect(ServerLink executing) {
        session.context()
                .connector()
                .connect(
                        this,
                        executing.address(),
                        session.serverLogin(),
                        session.settings().links(),
                        outcome -> onConnected(executing, outcome));
    }

    @Override
    public EventLoop eventLoop() {
        return session.linkOwner().eventLoop();
    }

    @Override
    public BaselineCache baselines() {
        return session.linkOwner().baselines();
    }

    @Override
    public ServerLoads.Counter load(ServerAddress server) {
        return session.linkOwner().load(server);
    }

    private boolean isStillExecuting(ServerLink executing) {
        RequestFlow flow = session.flow();
        return flow.isWaitingForServer() && flow.link() == executing && flow.generation() == generation;
    }

    private void onConnected(ServerLink executing, LoginOutcome outcome) {
        switch (outcome) {
            case LoginOutcome.LoggedIn loggedIn -> {
                ServerLink link = loggedIn.link();
                messenger = link;
                if (!abandoned && !isStillExecuting(executing)) {
                    report(null);
                    return;
                }
                byte[] sql = ("KILL QUERY " + executing.serverSessionId()).getBytes(StandardCharsets.US_ASCII);
                link.send(CommandCode.COM_QUERY, LinkSynchronizer.frame(link, CommandCode.COM_QUERY, sql), this);
                link.flush();
                session.client()
                        .eventLoop()
                        .schedule(
                                () -> report(ErrPacket.of(ErrorCode.RESULT_UNKNOWN)),
                                session.settings().links().timeout().toMillis(),
                                TimeUnit.MILLISECONDS);
            }
            case LoginOutcome.Refused refused -> report(refused.error());
            case LoginOutcome.Failed _ -> report(ErrPacket.of(ErrorCode.RESULT_UNKNOWN));
        }
    }

    private void report(@Nullable ErrPacket error) {
        if (reported) {
            return;
        }
        reported = true;
        ServerLink link = messenger;
        if (link != null) {
            // The link may be calling right now: it is closed behind that call.
            session.client().eventLoop().execute(link::close);
        }
        done.accept(error);
    }

    @Override
    public Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload) {
        if (kind == PacketKind.ERR) {
            refusal = ErrPacket.decode(payload.duplicate());
        }
        return Disposition.DROP;
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void onComplete(int status) {
        report(refusal);
    }

    @Override
    public void onLinkClosed(ServerLink link, @Nullable Throwable cause) {
        report(ErrPacket.of(ErrorCode.RESULT_UNKNOWN));
    }

    @Override
    public void onLinkReadComplete(ServerLink link) {
        // Nobody waits for the bytes of this answer.
    }

    @Override
    public void onLinkWritabilityChanged(ServerLink link) {
        // One small statement never fills the connection.
    }
}
