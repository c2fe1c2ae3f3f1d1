package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.ResultSetWriter;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.session.AnswerStatus;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.SessionKill;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one answer to a command: holds the client's request until then, and lets the session go on afterwards. An answer
 * for a client that has gone meanwhile is dropped. Event loop confined.
 */
final class Reply {
    private final ClientSession session;
    private final ClientRequest request;
    private final int sequence;
    private boolean given;

    /** Takes the request over; the session takes no other one until the answer is given. */
    Reply(ClientSession session, ClientRequest request) {
        this.session = session;
        this.request = request;
        this.sequence = (request.sequence() + 1) & 0xFF;
        session.internalBegin();
    }

    /** Text of the statement that is answered. */
    byte[] text() {
        return request.argument();
    }

    void ok() {
        give(client -> client.client().sendOk(sequence, AnswerStatus.ofOk(client)));
    }

    void error(ErrorCode code, Object... arguments) {
        error(ErrPacket.of(code, arguments));
    }

    void error(ErrPacket error) {
        give(client -> client.client().sendError(sequence, error));
    }

    /** Answers with a result set of limited size. */
    void rows(List<ResultColumn> columns, List<? extends @Nullable String[]> rows) {
        long limit = session.context().config().get().get(Parameters.INTERNAL_CMD_MEM_LIMITED);
        ByteBuf bytes = encode(columns, rows);
        if (limit > 0 && bytes.readableBytes() > limit) {
            bytes.release();
            error(ErrorCode.BUFFER_NOT_ENOUGH);
        } else {
            give(bytes);
        }
    }

    /** Answers with a result set of any size. */
    void allRows(List<ResultColumn> columns, List<? extends @Nullable String[]> rows) {
        give(encode(columns, rows));
    }

    private ByteBuf encode(List<ResultColumn> columns, List<? extends @Nullable String[]> rows) {
        ResultSetWriter writer =
                new ResultSetWriter(session.client().capabilities()).status(AnswerStatus.ofRows(session));
        for (ResultColumn column : columns) {
            writer.column(column.definition());
        }
        for (@Nullable String[] row : rows) {
            writer.row(row);
        }
        return writer.encode(session.client().channel().alloc(), sequence);
    }

    private void give(ByteBuf bytes) {
        if (session.isClosed()) {
            bytes.release();
        }
        give(client -> {
            client.client().write(bytes);
            client.client().flush();
        });
    }

    /** The session ends itself: it is told that it was interrupted and closed. */
    void endSession() {
        give(client -> SessionKill.self(client, sequence));
    }

    private void give(Consumer<ClientSession> answer) {
        if (given) {
            throw new IllegalStateException("answered twice");
        }
        given = true;
        request.release();
        if (!session.isClosed()) {
            answer.accept(session);
            session.internalDone();
        }
    }
}
