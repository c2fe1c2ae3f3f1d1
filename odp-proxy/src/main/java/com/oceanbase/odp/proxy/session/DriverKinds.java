package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.LinkState;
import com.oceanbase.odp.proxy.state.LinkState.ServerStatement;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.PreparedStatement;
import com.oceanbase.odp.proxy.state.PreparedText;
import com.oceanbase.odp.routing.RoutedStatement;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The commands that only OceanBase's own drivers send: prepare and execute in one, and parameters or results in pieces.
 * Sources: obproxy ob_mysql_sm.cpp, ompk_prepare_execute_req.cpp, ompk_prepare_execute.cpp.
 */
final class DriverKinds {
    /** Offset of the text behind command, statement id, flags and iteration count. */
    private static final int TEXT_OFFSET = 10;

    private static final int CURSOR_FLAGS_OFFSET = 5;
    /** Offsets in the first packet of an answer. */
    private static final int ANSWER_ID = 1;

    private static final int ANSWER_PARAMETERS = 7;

    private DriverKinds() {}

    /** The statement's text in COM_STMT_PREPARE_EXECUTE, null when the packet is malformed or the text is not all here. */
    static byte @Nullable [] text(ClientRequest request) {
        if (request.payloadLength() <= TEXT_OFFSET) {
            return null;
        }
        ByteBuf payload = request.bytes().slice(request.payloadStart(), request.payloadLength());
        payload.readerIndex(TEXT_OFFSET);
        try {
            return Wire.readLenencBytes(payload);
        } catch (MalformedPacketException incomplete) {
            return null;
        }
    }

    /**
     * COM_STMT_PREPARE_EXECUTE: its text comes along each time, so that a server which has not seen the statement is told
     * so by the id 0.
     */
    static final class PrepareExecute extends RequestKind {
        private final PreparedText text;
        private final boolean opensCursor;
        private @Nullable PreparedStatement statement;
        private boolean cursorOpened;

        /** With the statement that the client executes again, null for a new one. */
        PrepareExecute(ClientRequest request, PreparedText text, @Nullable PreparedStatement statement) {
            super(CommandCode.COM_STMT_PREPARE_EXECUTE, text.summary());
            this.text = text;
            this.opensCursor = request.bytes().getByte(request.payloadStart() + CURSOR_FLAGS_OFFSET) != 0;
            this.statement = statement;
        }

        @Override
        @Nullable
        PinReason boundBy(ClientSession session) {
            return statement != null && statement.hasLongData() ? PinReason.LONG_DATA : null;
        }

        @Override
        @Nullable
        ServerLink boundLink(ClientSession session) {
            PreparedStatement known = statement;
            return known == null ? null : PreparedKinds.linkOf(session, known.longDataOn());
        }

        @Override
        void onBoundLinkGone() {
            forgetPieces();
        }

        @Override
        RoutedStatement routed(ClientSession session, ClientRequest request) {
            return session.reader().routed(text, null, null);
        }

        @Override
        boolean isRepeatable() {
            return super.isRepeatable() && !opensCursor && (statement == null || !statement.hasLongData());
        }

        @Override
        ByteBuf encode(ClientRequest request, ServerLink link) {
            PreparedStatement known = statement;
            ServerStatement there = known == null ? null : link.state().statement(known.clientId());
            PreparedKinds.putId(request, there == null ? 0 : there.serverId());
            return super.encode(request, link);
        }

        @Override
        void onPrepareOk(ClientSession session, ServerLink link, ByteBuf payload) {
            int start = payload.readerIndex();
            long serverId = payload.getUnsignedIntLE(start + ANSWER_ID);
            PreparedStatement known = statement;
            if (known == null) {
                known = session.statements()
                        .add(
                                session.statements().nextId(),
                                text,
                                payload.getUnsignedShortLE(start + ANSWER_PARAMETERS),
                                session.state().database());
                statement = known;
            }
            LinkState there = link.state();
            ServerStatement before = there.statement(known.clientId());
            if (before == null || before.serverId() != serverId) {
                there.prepared(known.clientId(), serverId);
            }
            payload.setIntLE(start + ANSWER_ID, (int) known.clientId());
        }

        @Override
        void onCursorOpened(ServerLink link) {
            PreparedStatement known = statement;
            ServerStatement there = known == null ? null : link.state().statement(known.clientId());
            if (there != null) {
                cursorOpened = true;
                there.cursorOpen(true);
            }
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            RequestKinds.noteEffects(session.transaction(), text.summary());
        }

        @Override
        void onEnd(ClientSession session, ServerLink link) {
            if (statement != null) {
                PreparedKinds.closeEarlierCursors(session, statement, cursorOpened ? link : null);
            }
            forgetPieces();
        }

        private void forgetPieces() {
            if (statement != null) {
                statement.longDataOn(null);
            }
        }
    }

    /** COM_STMT_SEND_PIECE_DATA: a piece of a parameter; the first one that arrives binds the others and the execution. */
    static final class SendPiece extends PreparedKinds.WithLongData {
        SendPiece(PreparedStatement statement) {
            super(CommandCode.COM_STMT_SEND_PIECE_DATA, statement);
        }

        @Override
        void onBoundLinkGone() {
            prepared().loseLongData();
        }

        @Override
        boolean isRepeatable() {
            return false;
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            prepared().longDataOn(link.state());
        }
    }
}
