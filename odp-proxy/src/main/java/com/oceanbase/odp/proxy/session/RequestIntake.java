package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientConnection;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.frontend.RequestFramer;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's bytes on their way to being requests: one request at a time is taken up, and no more is read than can be
 * dealt with. Event loop confined.
 */
final class RequestIntake {
    /** Bytes of further commands that are read ahead while one is on its way. */
    private static final int READ_AHEAD = 64 << 10;

    private final ClientSession session;
    private final ClientConnection client;
    private final RequestFramer framer;
    private final RequestFlow flow;
    private final CommandDispatcher dispatcher;
    private @Nullable ServerLink throttled;
    /** Answers a request that was refused before the client had sent all of it. */
    private @Nullable ErrPacket lateAnswer;

    /** Takes the client's next packet, which is no command; null when that is one. */
    private @Nullable Consumer<ClientRequest> expecting;

    private boolean answering;
    private boolean pumping;

    RequestIntake(ClientSession session, RequestFramer framer, RequestFlow flow) {
        this.session = session;
        this.client = session.client();
        this.framer = framer;
        this.flow = flow;
        this.dispatcher = new CommandDispatcher(session);
    }

    /** Takes bytes of the client over. */
    void take(ByteBuf bytes) {
        framer.feed(client.channel().alloc(), bytes);
        advance();
    }

    /** Goes on with whatever the client has sent. */
    void advance() {
        if (flow.isActive() && framer.isStreaming()) {
            flow.pumpStream();
            throttleClient();
        } else if (flow.isActive() && awaitsAuthAnswer(flow.link())) {
            forwardAuthAnswer(flow.link());
        } else if (expecting != null) {
            takeExpected(expecting);
        } else {
            if (framer.isStreaming() && !flow.isActive()) {
                drainStream();
            }
            pump();
        }
    }

    /** Whether the client's next packet is not a command but an answer to the server's auth switch. */
    private static boolean awaitsAuthAnswer(@Nullable ServerLink link) {
        return link != null && link.scanner().tracker().awaitsAuthAnswer();
    }

    private void forwardAuthAnswer(@Nullable ServerLink server) {
        ClientRequest answer = framer.poll();
        if (answer != null && server != null) {
            server.sendBytes(answer.bytes());
            server.scanner().tracker().authAnswerSent();
            server.flush();
        }
    }

    /** The client's next packet is an answer to the proxy's and goes to the taker, who releases it. */
    void expectPacket(Consumer<ClientRequest> taker) {
        expecting = taker;
        throttleClient();
    }

    private void takeExpected(Consumer<ClientRequest> taker) {
        ClientRequest packet = framer.poll();
        if (packet != null) {
            expecting = null;
            taker.accept(packet);
            throttleClient();
        }
    }

    /** The rest of a request that was refused is read and thrown away. */
    private void drainStream() {
        ByteBuf bytes;
        while ((bytes = framer.pollStream()) != null) {
            bytes.release();
        }
        ErrPacket error = lateAnswer;
        if (error != null && !framer.isStreaming()) {
            lateAnswer = null;
            client.sendError(framer.answerSequence(), error);
        }
    }

    /** The client gets this error when it has sent the rest of its request, which is thrown away. */
    void answerBehindStream(ErrPacket error) {
        lateAnswer = error;
    }

    /** Answers a request, of which more may follow, with an error; without code it is dropped silently. */
    void refuse(ClientRequest request, @Nullable ErrorCode code) {
        if (code != null && framer.isStreaming()) {
            answerBehindStream(ErrPacket.of(code));
        } else if (code != null) {
            client.sendError(request.sequence() + 1, code);
        }
        request.release();
        session.requestDone();
    }

    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!session.isClosed() && !isBusy()) {
                ClientRequest request = framer.poll();
                if (request == null) {
                    break;
                }
                dispatch(request);
            }
        } finally {
            pumping = false;
        }
        throttleClient();
    }

    private void dispatch(ClientRequest request) {
        try {
            dispatcher.dispatch(request);
        } catch (RuntimeException unexpected) {
            session.onUnexpected(unexpected);
        }
    }

    /** The proxy answers a request itself, possibly later: no other one is taken until then. */
    void answering(boolean begun) {
        answering = begun;
    }

    /** Whether the client has begun a request, has not sent all of it, and is not kept from it. */
    boolean isReadingRequest() {
        return (framer.isStreaming() || (!isBusy() && framer.pendingBytes() > 0))
                && client.channel().config().isAutoRead();
    }

    /** Whether a request is on its way, is being answered, or has not come to its end. */
    boolean isBusy() {
        return flow.isActive() || answering || framer.isStreaming();
    }

    /** Reads from the client as long as there is somewhere to put it. */
    void throttleClient() {
        if (session.isClosed()) {
            return;
        }
        boolean read;
        if (framer.isStreaming()) {
            read = !flow.isActive() || flow.takesStream();
        } else {
            // A compressed client's next packet must not be read before the answer to this one is numbered.
            read = !isBusy() || expecting != null || (framer.pendingBytes() < READ_AHEAD && !client.isCompressed());
        }
        client.channel().config().setAutoRead(read);
    }

    /** The client's output may be filled again, or must not: its server waits meanwhile. */
    void clientWritabilityChanged() {
        ServerLink link = flow.link();
        ServerLink waiting = throttled;
        if (link != null) {
            throttleServer(link);
        } else if (waiting != null && client.isWritable()) {
            throttled = null;
            waiting.autoRead(true);
        }
    }

    /** Reads from the server as long as the client takes what it sends. */
    void throttleServer(ServerLink link) {
        boolean writable = client.isWritable();
        ServerLink waiting = throttled;
        if (waiting != null && (writable || waiting != link)) {
            throttled = null;
            waiting.autoRead(true);
        }
        if (!writable && throttled == null) {
            throttled = link;
            link.autoRead(false);
        }
    }
}
