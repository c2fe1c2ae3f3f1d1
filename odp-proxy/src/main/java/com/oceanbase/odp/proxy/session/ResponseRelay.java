package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.response.PacketHandler;
import com.oceanbase.odp.protocol.response.PacketKind;
import com.oceanbase.odp.protocol.response.ResponseScanner;
import com.oceanbase.odp.proxy.frontend.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Passes the response of a client's request on to the client: slices as they come, OK packets freed of what only the
 * proxy may see, EOF packets turned into what the client agreed to. Rows are never touched. One instance a session,
 * reused for each request; event loop confined.
 */
final class ResponseRelay implements PacketHandler {
    /** Learns from the response while it passes. */
    interface Listener {
        /**
         * An ERR came. Returns whether the client gets it; when not, nothing more of this response goes out.
         *
         * @param first it is the whole response: nothing was executed and told before it
         */
        boolean onError(ErrPacket error, boolean first);

        /** A server reported changes of the session. */
        void onSessionChanges(SessionChanges changes);

        /** A statement was prepared: the id in {@code payload} is the server's and is to be replaced in place. */
        void onPrepareOk(ByteBuf payload);

        /** A cursor was opened instead of sending rows. */
        void onCursorOpened();

        /** The server asks the client for a file. */
        void onFileWanted();

        /** The response is complete. */
        void onResponseComplete(int status);
    }

    private final ClientConnection client;
    private final Listener listener;
    private final OkRewriter okRewriter;
    private ByteBuf replacement = Unpooled.EMPTY_BUFFER;
    private int sequenceShift;
    private boolean discarding;
    private boolean refused;
    private boolean started;
    private boolean seen;
    private boolean failed;
    private boolean passThrough;

    ResponseRelay(ClientConnection client, Listener listener) {
        this.client = client;
        this.listener = listener;
        this.okRewriter = new OkRewriter();
    }

    /**
     * A new response begins.
     *
     * @param samePartners the server agreed with this very client on its capabilities: nothing is rewritten
     */
    void begin(boolean samePartners) {
        passThrough = samePartners;
        sequenceShift = 0;
        discarding = false;
        refused = false;
        started = false;
        seen = false;
        failed = false;
    }

    /** The response is not for the client: it is read to its end and forgotten. */
    void discard() {
        discarding = true;
    }

    /** Whether anything of the response went to the client. */
    boolean isStarted() {
        return started;
    }

    /** Whether the response was, or ended in, an ERR. */
    boolean isFailed() {
        return failed;
    }

    /** Sequence number of an error packet that may take the place of what is missing; -1 inside another packet. */
    int errorSequence(ResponseScanner scanner) {
        boolean readable = scanner.atPacketBoundary() && scanner.tracker().mayEndInError();
        return readable ? (scanner.lastSequence() + 1) & 0xFF : -1;
    }

    @Override
    public int sequenceShift() {
        return sequenceShift;
    }

    @Override
    public Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload) {
        if (discarding) {
            if (refused && kind == PacketKind.TRAILING_OK) {
                learn(payload);
            }
            return Disposition.DROP;
        }
        boolean first = !seen;
        seen = true;
        boolean deprecateEof = client.has(Capabilities.DEPRECATE_EOF);
        return switch (kind) {
            case OK -> onOk(sequence, payload);
            case TRAILING_OK -> {
                learn(payload);
                yield Disposition.DROP;
            }
            case ERR -> onErr(payload, first && !started);
            case EOF_OF_COLUMNS, EOF_OF_DEFINITIONS -> {
                if (deprecateEof) {
                    sequenceShift++;
                    yield Disposition.DROP;
                }
                yield Disposition.FORWARD;
            }
            case EOF_OF_ROWS -> onFinalEof(sequence, payload, deprecateEof);
            case EOF_FINAL -> {
                listener.onCursorOpened();
                yield onFinalEof(sequence, payload, deprecateEof);
            }
            case PREPARE_OK -> {
                listener.onPrepareOk(payload);
                yield Disposition.FORWARD;
            }
            case LOCAL_INFILE -> {
                listener.onFileWanted();
                yield Disposition.FORWARD;
            }
            case AUTH_SWITCH, AUTH_MORE_DATA, COLUMN_COUNT -> Disposition.FORWARD;
            case TEXT, DEFINITION, ROW -> throw new IllegalStateException(kind + " is streamed");
        };
    }

    private Disposition onFinalEof(int sequence, ByteBuf payload, boolean deprecateEof) {
        // Through a session that is passed through the server has sent what it agreed on with the client.
        if (!deprecateEof || passThrough) {
            return Disposition.FORWARD;
        }
        replacement = okRewriter.eofAsOk(client, sequence, payload);
        return Disposition.REPLACE;
    }

    private Disposition onOk(int sequence, ByteBuf payload) {
        if (passThrough) {
            if (client.has(Capabilities.SESSION_TRACK)) {
                learn(payload);
            }
            return Disposition.FORWARD;
        }
        learn(payload);
        ByteBuf rewritten = okRewriter.forClient(client, sequence, payload);
        if (rewritten == null) {
            return Disposition.FORWARD;
        }
        replacement = rewritten;
        return Disposition.REPLACE;
    }

    private void learn(ByteBuf payload) {
        SessionChanges changes = okRewriter.changes(payload);
        if (changes != SessionChanges.NONE) {
            listener.onSessionChanges(changes);
        }
    }

    private Disposition onErr(ByteBuf payload, boolean first) {
        failed = true;
        ErrPacket error = ErrPacket.decode(payload.duplicate());
        if (!listener.onError(error, first)) {
            discarding = true;
            refused = true;
            return Disposition.DROP;
        }
        return Disposition.FORWARD;
    }

    @Override
    public ByteBuf replacement() {
        ByteBuf taken = replacement;
        replacement = Unpooled.EMPTY_BUFFER;
        return taken;
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        if (discarding) {
            bytes.release();
            return;
        }
        started = true;
        client.write(bytes);
    }

    @Override
    public void onComplete(int status) {
        listener.onResponseComplete(status);
    }
}
