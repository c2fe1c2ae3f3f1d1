package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import com.oceanbase.odp.testkit.script.PacketSocket;
import com.oceanbase.odp.testkit.script.ResponseFollower;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries responses from the kernel to a client, in the segments in which they came: notes what they are, tells the
 * partition miss, and applies faults. One thread.
 */
final class ResponsePump {

    private static final int HEADER = 4;
    private static final int MAX_PAYLOAD = 0xFFFFFF;
    private static final int BUFFER = 128 * 1024;
    private static final int WHOLE_LIMIT = 100 * 1024;
    private static final int VERDICT_SECONDS = 5;
    private static final String HIT_VARIABLE = "ob_proxy_partition_hit";

    private final NodeSession session;
    private final SessionState state;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(BUFFER);
    /** What goes to the client: the chunks, framed where frames are spoken. */
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream(BUFFER);

    private int filled;
    private int passLeft;
    private boolean greeted;
    private int lastSequence;
    private @Nullable PendingCommand current;
    private int currentBytes;
    private boolean cut;
    private boolean responseBegan;

    ResponsePump(NodeSession session, InputStream kernel, OutputStream client) {
        this.session = session;
        this.state = session.state();
        this.in = kernel;
        this.out = client;
    }

    /** Runs until one side ends. */
    void run() throws IOException, InterruptedException {
        int got = in.read(buffer, filled, buffer.length - filled);
        while (got >= 0) {
            filled += got;
            session.awaitThaw();
            state.lock().lock();
            try {
                takeApart();
                write();
                state.written();
            } finally {
                state.lock().unlock();
            }
            if (cut) {
                return;
            }
            got = in.read(buffer, filled, buffer.length - filled);
        }
    }

    private void takeApart() throws InterruptedException {
        int at = 0;
        while (at < filled && !cut) {
            if (passLeft > 0) {
                int take = Math.min(passLeft, filled - at);
                append(at, take);
                at += take;
                passLeft -= take;
                continue;
            }
            if (filled - at < HEADER) {
                break;
            }
            int length = buffer[at] & 0xFF | (buffer[at + 1] & 0xFF) << 8 | (buffer[at + 2] & 0xFF) << 16;
            PendingCommand head = state.head();
            boolean prefixOnly =
                    length > WHOLE_LIMIT || head != null && head.follower().inRows();
            int needed = prefixOnly ? Math.min(length, ResponseFollower.PREFIX) : length;
            if (filled - at < HEADER + needed) {
                break;
            }
            int present = Math.min(length, filled - at - HEADER);
            frame(at, length, present);
            passLeft = length - present;
            at += HEADER + present;
        }
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
    }

    /** One frame, of whose payload {@code present} bytes are in the buffer. */
    private void frame(int at, int length, int present) throws InterruptedException {
        int sequence = buffer[at + 3] & 0xFF;
        if (!greeted) {
            greeted = true;
            chunk.write(buffer, at, HEADER + present);
            return;
        }
        PendingCommand head = state.head();
        while (head != null && head.follower().awaitsTrailingOk() && sequence == 1 && lastSequence != 0) {
            complete(head);
            head = state.head();
        }
        lastSequence = sequence;
        if (head == null) {
            chunk.write(buffer, at, HEADER + present);
            return;
        }
        if (head != current) {
            seal(false);
            current = head;
            currentBytes = 0;
            responseBegan = true;
        }
        Kind kind = head.follower().accept(length, buffer, at + HEADER);
        byte[] replaced = note(head, kind, at, length, present);
        if (replaced == null) {
            append(at, HEADER + present);
        } else {
            append(PacketSocket.frames(sequence, replaced), 0, HEADER + replaced.length);
        }
        if (head.follower().isDone() && length < MAX_PAYLOAD) {
            seal(true);
            complete(head);
            ownAnswers();
        }
    }

    private void complete(PendingCommand head) {
        ResponseFollower follower = head.follower();
        if (follower.rows() > 0 || head.entry().outcome().startsWith("ROWS")) {
            head.entry().rows(follower.rows());
            head.entry().outcome("ROWS " + follower.rows());
        }
        state.completeHead();
        session.node().counters().response(head.entry());
    }

    /** Answers that the node gives itself and that waited for their turn. */
    private void ownAnswers() {
        PendingCommand head = state.head();
        while (head != null && head.canned() != null) {
            wire.writeBytes(session.ob20().response(head.requestId(), head.canned(), true));
            state.completeHead();
            head = state.head();
        }
    }

    /** Notes what a packet says; returns another payload if it has to be changed. */
    private byte @Nullable [] note(PendingCommand head, Kind kind, int at, int length, int present)
            throws InterruptedException {
        JournalEntry entry = head.entry();
        if (present < length) {
            return null;
        }
        switch (kind) {
            case ERR -> {
                ErrPacket error = ErrPacket.decode(Unpooled.wrappedBuffer(buffer, at + HEADER, length));
                entry.error(error.errno(), error.message());
            }
            case COLUMN_COUNT -> entry.outcome("ROWS");
            case PREPARE_OK -> {
                long id = Unpooled.wrappedBuffer(buffer, at + HEADER, length).getUnsignedIntLE(1);
                entry.statementId(id);
                entry.outcome("PREPARED");
                state.statements().put(id, new PreparedText(entry.text()));
            }
            case OK, TRAILING_OK -> {
                return ok(head, kind, Arrays.copyOfRange(buffer, at + HEADER, at + HEADER + length));
            }
            case LOCAL_INFILE -> {
                entry.outcome("LOCAL INFILE");
                session.ob20().fileWanted();
            }
            case TEXT -> entry.outcome("TEXT");
            default -> {
                // Columns, rows and their ends say nothing that is noted.
            }
        }
        return null;
    }

    private byte @Nullable [] ok(PendingCommand head, Kind kind, byte[] payload) throws InterruptedException {
        boolean tracks = Capabilities.has(state.capabilities(), Capabilities.SESSION_TRACK);
        OkPacket packet = OkPacket.decode(Unpooled.wrappedBuffer(payload), state.capabilities());
        if (head.entry().command().equals("LOGIN")) {
            session.ob20().loginAnswered(packet);
        }
        if (kind == Kind.OK) {
            head.entry().outcome("OK affected=" + packet.affectedRows());
        }
        if (tracks) {
            noteState(packet);
        } else if (head.entry().command().equals("INIT_DB")) {
            state.database(head.entry().text());
        }
        boolean last = kind == Kind.TRAILING_OK
                || !ServerStatus.has(packet.status(), ServerStatus.MORE_RESULTS)
                        && head.follower().isDone();
        boolean miss = last && tracks && isMiss(head);
        VariableNumbers numbers = session.node().variableNumbers();
        if (!miss && (numbers == null || packet.changes().systemVariables().isEmpty())) {
            return null;
        }
        return OkPatch.patch(
                payload,
                numbers == null ? (_, value) -> value : numbers::number,
                miss ? HIT_VARIABLE : null,
                numbers == null ? "OFF" : "0");
    }

    private void noteState(OkPacket packet) {
        String schema = packet.changes().schema();
        if (schema != null) {
            state.database(schema);
        }
        for (Variable variable : packet.changes().systemVariables()) {
            if (variable.name().equals("ob_read_consistency")) {
                state.readsWeakly(variable.value().equalsIgnoreCase("WEAK")
                        || variable.value().equals("2"));
            }
        }
    }

    private static boolean isMiss(PendingCommand head) throws InterruptedException {
        Judgement judgement = head.judgement();
        CompletableFuture<Boolean> verdict = judgement == null ? null : judgement.verdict();
        if (verdict == null) {
            return false;
        }
        try {
            boolean hit = verdict.get(VERDICT_SECONDS, TimeUnit.SECONDS);
            head.entry().hit(hit ? JournalEntry.PartitionHit.HIT : JournalEntry.PartitionHit.MISS);
            return !hit;
        } catch (ExecutionException | TimeoutException undecided) {
            head.entry().hit(JournalEntry.PartitionHit.NOT_JUDGED);
            return false;
        }
    }

    private void append(int at, int length) {
        append(buffer, at, length);
    }

    /** Adds bytes of the current response, with its faults. */
    private void append(byte[] bytes, int from, int length) {
        PendingCommand command = current;
        ResponseFault fault = command == null ? ResponseFault.NONE : command.fault();
        int take = length;
        if (fault.cutAfter() >= 0 && currentBytes + length >= fault.cutAfter()) {
            take = Math.max(0, fault.cutAfter() - currentBytes);
            cut = true;
        }
        int corrupt = fault.corruptAt() - currentBytes;
        chunk.write(bytes, from, take);
        if (fault.corruptAt() >= 0 && corrupt >= 0 && corrupt < take) {
            byte[] all = chunk.toByteArray();
            all[all.length - take + corrupt] ^= (byte) 0xFF;
            chunk.reset();
            chunk.writeBytes(all);
        }
        currentBytes += length;
    }

    /** The bytes since the last call, all of one response, get their frame. */
    private void seal(boolean last) {
        session.node().counters().responseBytes(chunk.size());
        PendingCommand command = current;
        int requestId = command == null ? 0 : command.requestId();
        wire.writeBytes(session.ob20().response(requestId, chunk.toByteArray(), last));
        chunk.reset();
    }

    private void write() throws IOException {
        if (responseBegan) {
            responseBegan = false;
            session.delay();
        }
        seal(false);
        if (wire.size() > 0) {
            session.ob20().switchOver();
            wire.writeTo(out);
            out.flush();
            wire.reset();
        }
    }
}
