package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.response.PacketHandler;
import com.oceanbase.odp.protocol.response.PacketKind;
import com.oceanbase.odp.proxy.backend.ServerLink;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Swallows the response to a statement that the proxy sent of its own accord, and tells how it ended. What such a
 * statement changes is known already, so nothing is learnt from it but the link's database.
 */
final class ReplayHandler implements PacketHandler {
    /** What was replayed. */
    enum Kind {
        DATABASE("change of the current database"),
        OPTION("COM_SET_OPTION"),
        VARIABLES("session variables"),
        /** A read is weak without the client's or session's doing, or that is taken back. */
        CONSISTENCY("read consistency"),
        /** A weak read must not see older data than those before it. */
        SNAPSHOT("snapshot of weak reads"),
        BEGIN("start of the transaction"),
        TEXT_PREPARE("PREPARE"),
        /** A statement is prepared again in the database in which it was prepared first. */
        PREPARE_DATABASE("change to the prepared statement's database"),
        PREPARE("preparation of the statement"),
        /** The parameter init_sql, once a client: what it changes counts as the client's own. */
        INIT_SQL("init_sql"),
        CLEANUP("clean-up");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The replay in words. */
        String text() {
            return text;
        }
    }

    private final Kind kind;
    private final ServerLink link;
    private final BiConsumer<ReplayHandler, @Nullable ErrPacket> done;
    private final Consumer<SessionChanges> learner;
    private @Nullable ErrPacket error;
    private long preparedId;
    private int status;

    /** Of what the replay changes only the link's database is noted. */
    ReplayHandler(Kind kind, ServerLink link, BiConsumer<ReplayHandler, @Nullable ErrPacket> done) {
        this(kind, link, done, _ -> {});
    }

    /** The learner gets what the statement changes. */
    ReplayHandler(
            Kind kind,
            ServerLink link,
            BiConsumer<ReplayHandler, @Nullable ErrPacket> done,
            Consumer<SessionChanges> learner) {
        this.kind = kind;
        this.link = link;
        this.done = done;
        this.learner = learner;
    }

    Kind kind() {
        return kind;
    }

    ServerLink link() {
        return link;
    }

    /** The server's id of the statement that was prepared. */
    long preparedId() {
        return preparedId;
    }

    /** Server status flags at the end. */
    int status() {
        return status;
    }

    @Override
    public Disposition onPacket(PacketKind packetKind, int sequence, ByteBuf payload) {
        switch (packetKind) {
            case ERR -> error = ErrPacket.decode(payload.duplicate());
            case OK, TRAILING_OK -> noteDatabase(payload);
            case PREPARE_OK -> preparedId = payload.getUnsignedIntLE(payload.readerIndex() + 1);
            default -> {
                // Definitions and EOFs of a PREPARE tell nothing new.
            }
        }
        return Disposition.DROP;
    }

    private void noteDatabase(ByteBuf payload) {
        ByteBuf block = OkPacket.sessionStateBlock(payload);
        if (block != null) {
            SessionChanges changes = SessionChanges.decode(block);
            learner.accept(changes);
            String schema = changes.schema();
            if (schema != null) {
                link.state().database(schema.isEmpty() ? null : schema);
            }
        }
    }

    @Override
    public void onBytes(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void onComplete(int finalStatus) {
        status = finalStatus;
        done.accept(this, error);
    }
}
