package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
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
 * The commands of the binary protocol. The client knows a statement by an id of its session; each server has an id of
 * its own, put in place as the bytes go by. Layouts: MySQL protocol, COM_STMT_EXECUTE and its kin.
 */
final class PreparedKinds {
    /** Offset of the statement id behind the command byte. */
    private static final int ID_OFFSET = 1;

    private static final int CURSOR_FLAGS_OFFSET = 5;
    static final int NULL_BITMAP_OFFSET = 10;
    private static final int TYPE_LENGTH = 2;

    private PreparedKinds() {}

    /** The statement id of a binary command, -1 when the packet is too short for one. */
    static long statementId(ClientRequest request) {
        return request.payloadLength() < ID_OFFSET + 4
                ? -1
                : request.bytes().getUnsignedIntLE(request.payloadStart() + ID_OFFSET);
    }

    /** COM_STMT_PREPARE: a server makes the statement and describes it; the client gets an id of the session. */
    static final class Prepare extends RequestKind {
        private final PreparedText text;

        Prepare(PreparedText text) {
            super(CommandCode.COM_STMT_PREPARE, text.summary());
            this.text = text;
        }

        @Override
        RoutedStatement routed(ClientSession session, ClientRequest request) {
            return session.reader().routed(text, null, null);
        }

        @Override
        boolean isRepeatable() {
            return true;
        }

        @Override
        void onPrepareOk(ClientSession session, ServerLink link, ByteBuf payload) {
            int idIndex = payload.readerIndex() + 1;
            long serverId = payload.getUnsignedIntLE(idIndex);
            int parameters = payload.getUnsignedShortLE(idIndex + 6);
            long clientId = session.statements().nextId();
            session.statements().add(clientId, text, parameters, session.state().database());
            link.state().prepared(clientId, serverId);
            payload.setIntLE(idIndex, (int) clientId);
        }
    }

    /** A command about a statement that is prepared where it goes. */
    abstract static class OnStatement extends RequestKind {
        private final PreparedStatement statement;

        OnStatement(CommandCode code, PreparedStatement statement) {
            super(code, statement.summary());
            this.statement = statement;
        }

        final PreparedStatement prepared() {
            return statement;
        }

        @Override
        PreparedStatement statement() {
            return statement;
        }

        final ServerStatement on(ServerLink link) {
            ServerStatement there = link.state().statement(statement.clientId());
            if (there == null) {
                throw new IllegalStateException("statement " + statement.clientId() + " is not prepared on " + link);
            }
            return there;
        }

        @Override
        ByteBuf encode(ClientRequest request, ServerLink link) {
            putId(request, on(link).serverId());
            return request.bytes().retainedDuplicate();
        }
    }

    /** Puts a server's id of the statement in place of the client's. */
    static void putId(ClientRequest request, long serverId) {
        request.bytes().setIntLE(request.payloadStart() + ID_OFFSET, (int) serverId);
    }

    /** The open link with this state, null when there is none. */
    static @Nullable ServerLink linkOf(ClientSession session, @Nullable LinkState state) {
        for (ServerLink link : session.links().all()) {
            if (link.state() == state && link.isOpen()) {
                return link;
            }
        }
        return null;
    }

    /** A command that goes where parameter data sent ahead is. */
    abstract static class WithLongData extends OnStatement {
        WithLongData(CommandCode code, PreparedStatement statement) {
            super(code, statement);
        }

        @Override
        final @Nullable PinReason boundBy(ClientSession session) {
            return prepared().hasLongData() ? PinReason.LONG_DATA : null;
        }

        @Override
        final @Nullable ServerLink boundLink(ClientSession session) {
            return linkOf(session, prepared().longDataOn());
        }
    }

    /** COM_STMT_EXECUTE. */
    static final class Execute extends WithLongData {
        private final boolean opensCursor;
        private final boolean bindsTypes;
        private boolean cursorOpened;

        Execute(PreparedStatement statement, ClientRequest request) {
            super(CommandCode.COM_STMT_EXECUTE, statement);
            this.opensCursor = request.payloadLength() > CURSOR_FLAGS_OFFSET
                    && request.bytes().getByte(request.payloadStart() + CURSOR_FLAGS_OFFSET) != 0;
            int boundFlag = boundFlag(request, statement);
            this.bindsTypes = boundFlag >= 0 && request.bytes().getByte(boundFlag) == 1;
            if (bindsTypes) {
                // Whatever becomes of this execution, the client will not send the types again.
                noteTypes(request, statement, boundFlag + 1, statement.parameters() * TYPE_LENGTH);
            }
        }

        /** Where the flag is that says whether types follow, -1 without parameters or when it is not in memory. */
        private static int boundFlag(ClientRequest request, PreparedStatement statement) {
            int parameters = statement.parameters();
            int index = request.payloadStart() + NULL_BITMAP_OFFSET + (parameters + 7) / 8;
            return parameters == 0 || index >= request.bytes().writerIndex() ? -1 : index;
        }

        @Override
        void onBoundLinkGone() {
            prepared().longDataOn(null);
        }

        @Override
        boolean isRepeatable() {
            return prepared().summary().isReadOnly() && !prepared().hasLongData() && !opensCursor;
        }

        @Override
        ByteBuf encode(ClientRequest request, ServerLink link) {
            PreparedStatement statement = prepared();
            ServerStatement there = on(link);
            int boundFlag = boundFlag(request, statement);
            if (boundFlag < 0) {
                return super.encode(request, link);
            }
            if (bindsTypes) {
                there.typesVersion(statement.typesVersion());
            } else if (there.typesVersion() != statement.typesVersion() && hasRoomForTypes(request, statement)) {
                there.typesVersion(statement.typesVersion());
                return withTypes(request, statement, there, boundFlag);
            }
            return super.encode(request, link);
        }

        @Override
        RoutedStatement routed(ClientSession session, ClientRequest request) {
            PreparedStatement statement = prepared();
            return session.reader()
                    .routed(
                            statement.understood(),
                            session.reader().executeParameters(request, statement),
                            statement.database());
        }

        private static void noteTypes(ClientRequest request, PreparedStatement statement, int start, int length) {
            // Types beyond the beginning of a streamed request are not seen: no other server can be told them.
            boolean seen = start + length <= request.bytes().writerIndex();
            if (seen && isBound(request.bytes(), start, statement.types(), length)) {
                return;
            }
            byte[] types = new byte[seen ? length : 0];
            request.bytes().getBytes(start, types);
            statement.bind(types);
        }

        /** Whether these types were bound before: drivers send them with each execution. */
        private static boolean isBound(ByteBuf bytes, int start, byte[] types, int length) {
            boolean same = types.length == length;
            for (int i = 0; same && i < length; i++) {
                same = bytes.getByte(start + i) == types[i];
            }
            return same;
        }

        private static boolean hasRoomForTypes(ClientRequest request, PreparedStatement statement) {
            int length = statement.types().length;
            return length > 0 && request.declaredLength() + length < MysqlFrame.MAX_PAYLOAD;
        }

        /** This server has not been told the types that the client bound earlier: they are put in. */
        private static ByteBuf withTypes(
                ClientRequest request, PreparedStatement statement, ServerStatement there, int boundFlag) {
            putId(request, there.serverId());
            ByteBuf bytes = request.bytes();
            int payloadStart = request.payloadStart();
            // Of a streamed request this is the beginning; its header counts the rest.
            ByteBuf out = bytes.alloc().buffer(bytes.readableBytes() + statement.types().length);
            MysqlFrame.writeHeader(out, request.declaredLength() + statement.types().length, request.sequence());
            out.writeBytes(bytes, payloadStart, boundFlag - payloadStart);
            out.writeByte(1);
            out.writeBytes(statement.types());
            return out.writeBytes(bytes, boundFlag + 1, bytes.writerIndex() - boundFlag - 1);
        }

        @Override
        void onCursorOpened(ServerLink link) {
            cursorOpened = true;
            on(link).cursorOpen(true);
        }

        @Override
        void onEnd(ClientSession session, ServerLink link) {
            closeEarlierCursors(session, prepared(), cursorOpened ? link : null);
            prepared().longDataOn(null);
        }

        @Override
        void onSuccess(ClientSession session, ServerLink link) {
            RequestKinds.noteEffects(session.transaction(), prepared().summary());
        }
    }

    /** COM_STMT_SEND_LONG_DATA: parameter data ahead of the execute, which must follow it to the same server. */
    static final class LongData extends WithLongData {
        LongData(PreparedStatement statement) {
            super(CommandCode.COM_STMT_SEND_LONG_DATA, statement);
        }

        @Override
        void onEnd(ClientSession session, ServerLink link) {
            prepared().longDataOn(link.state());
        }

        @Override
        void onUnanswered() {
            prepared().loseLongData();
        }
    }

    /** COM_STMT_FETCH or COM_STMT_GET_PIECE_DATA: to the server with the cursor, wherever the session is now. */
    static final class Fetch extends OnStatement {
        Fetch(CommandCode command, PreparedStatement statement) {
            super(command, statement);
        }

        @Override
        PinReason boundBy(ClientSession session) {
            return PinReason.CURSOR;
        }

        @Override
        @Nullable
        ServerLink boundLink(ClientSession session) {
            return cursorLink(session, prepared());
        }

        @Override
        boolean needsSync() {
            return false;
        }

        @Override
        boolean movesSession() {
            return false;
        }

        @Override
        boolean isRepeatable() {
            return false;
        }
    }

    /** The link on which a cursor of the statement is open, null when there is none. */
    static @Nullable ServerLink cursorLink(ClientSession session, PreparedStatement statement) {
        for (ServerLink link : session.links().all()) {
            ServerStatement there = link.state().statement(statement.clientId());
            if (there != null && there.isCursorOpen() && link.isOpen()) {
                return link;
            }
        }
        return null;
    }

    /**
     * A statement was executed again: servers close the cursor of the execution before, wherever that was.
     *
     * @param opened the link on which the new cursor is, null when there is none
     */
    static void closeEarlierCursors(ClientSession session, PreparedStatement statement, @Nullable ServerLink opened) {
        for (ServerLink link : session.links().all()) {
            ServerStatement there = link.state().statement(statement.clientId());
            if (there != null && there.isCursorOpen() && link != opened) {
                there.cursorOpen(false);
                if (link.isOpen()) {
                    Cleanup.resetStatement(link, there.serverId());
                }
            }
        }
    }

    /** COM_STMT_RESET: on one server that has the statement; others that hold something of it are told in passing. */
    static final class Reset extends OnStatement {
        private final ServerLink target;

        Reset(PreparedStatement statement, ServerLink target) {
            super(CommandCode.COM_STMT_RESET, statement);
            this.target = target;
        }

        @Override
        PinReason boundBy(ClientSession session) {
            return PinReason.PREVIOUS_STATEMENT;
        }

        @Override
        ServerLink boundLink(ClientSession session) {
            return target;
        }

        @Override
        boolean needsSync() {
            return false;
        }

        @Override
        boolean movesSession() {
            return false;
        }

        @Override
        boolean isRepeatable() {
            return false;
        }

        @Override
        void onEnd(ClientSession session, ServerLink link) {
            on(link).cursorOpen(false);
            prepared().longDataOn(null);
        }
    }
}
