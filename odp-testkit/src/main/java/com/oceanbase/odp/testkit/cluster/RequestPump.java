package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ChangeUser;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.testkit.script.PacketSocket;
import com.oceanbase.odp.testkit.script.ResponseFollower;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries requests from a client to the kernel: notes them, renames relations, judges partitions. One thread. */
final class RequestPump {

    private static final int HEADER = 4;
    private static final int MAX_PAYLOAD = 0xFFFFFF;
    private static final int BUFFER = 64 * 1024;
    /** Longer requests are passed on as they come and noted with their beginning. */
    private static final int WHOLE_LIMIT = 1 << 20;

    private static final int NOTED_PREFIX = 4096;
    private static final int COM_INIT_DB = 0x02;
    private static final int COM_QUERY = 0x03;
    private static final int COM_STMT_PREPARE = 0x16;
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_CLOSE = 0x19;

    private final NodeSession session;
    private final SessionState state;
    private final InputStream in;
    private final OutputStream out;
    private boolean loggedIn;
    private boolean continued;

    RequestPump(NodeSession session, InputStream client, OutputStream kernel) {
        this.session = session;
        this.state = session.state();
        this.in = new BufferedInputStream(client, BUFFER);
        this.out = new BufferedOutputStream(new Framed(session.ob20(), kernel), BUFFER);
    }

    /** What is flushed together goes to the kernel in one frame, where frames are spoken. */
    private static final class Framed extends OutputStream {
        private final Ob20Relay ob20;
        private final OutputStream out;

        Framed(Ob20Relay ob20, OutputStream out) {
            this.ob20 = ob20;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(ob20.request(Arrays.copyOfRange(bytes, offset, offset + length)));
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }

    /** No frame has bytes of two packets: the kernel takes the second packet of a file for damage. */
    private void endFrame() throws IOException {
        if (session.ob20().isActive()) {
            out.flush();
        }
    }

    /** A new request begins: what the kernel has not got of the one before goes out first. */
    private int beginRequest() throws IOException {
        if (!session.ob20().isActive()) {
            return 0;
        }
        endFrame();
        return session.ob20().beginRequest();
    }

    /** Runs until one side ends. */
    void run() throws IOException, InterruptedException {
        byte[] header = new byte[HEADER];
        while (in.readNBytes(header, 0, HEADER) == HEADER) {
            session.awaitThaw();
            session.node().counters().requestBytes(HEADER);
            int length = header[0] & 0xFF | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16;
            int sequence = header[3] & 0xFF;
            boolean continuation = continued;
            continued = length == MAX_PAYLOAD;
            if (continuation) {
                out.write(header);
                copy(length);
            } else if (!loggedIn) {
                loggedIn = true;
                login(sequence, read(length));
            } else if (sequence != 0 || length == 0) {
                endFrame();
                out.write(header);
                copy(length);
            } else if (length > WHOLE_LIMIT) {
                longCommand(header, length);
            } else {
                command(read(length));
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private byte[] read(int length) throws IOException {
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new IOException("the client ended inside a packet");
        }
        session.node().counters().requestBytes(length);
        return payload;
    }

    private void copy(int length) throws IOException {
        byte[] buffer = new byte[Math.min(length, BUFFER)];
        for (int left = length; left > 0; ) {
            int got = in.read(buffer, 0, Math.min(left, buffer.length));
            if (got < 0) {
                throw new IOException("the client ended inside a packet");
            }
            out.write(buffer, 0, got);
            left -= got;
            session.node().counters().requestBytes(got);
        }
    }

    private void login(int sequence, byte[] payload) throws IOException {
        HandshakeResponse41 login = HandshakeResponse41.decode(Unpooled.wrappedBuffer(payload));
        state.login(login.user(), login.database(), login.attributes(), login.capabilities());
        JournalEntry entry = session.journal().add(state.source(), "LOGIN", state.database());
        ResponseFault fault = session.node().faults().take(entry);
        PendingCommand pending = new PendingCommand(
                entry, new ResponseFollower(ResponseFollower.LOGIN, false, false), fault, null, canned(fault, 2), 0);
        if (fault.error() != null) {
            session.answer(pending);
            return;
        }
        HandshakeResponse41 mapped = session.node().loginMapping().map(login);
        state.add(pending);
        // A login without changes passes byte for byte.
        boolean same = mapped.user().equals(login.user()) && mapped.attributes() == login.attributes();
        out.write(PacketSocket.frames(sequence, same ? payload : LoginMapping.encode(mapped)));
    }

    /** A command too long to be looked at as a whole. */
    private void longCommand(byte[] header, int length) throws IOException {
        byte[] prefix = read(NOTED_PREFIX);
        int requestId = beginRequest();
        int command = prefix[0] & 0xFF;
        String text = isText(command) ? text(prefix, 1) + "…" : "";
        JournalEntry entry = session.journal().add(state.source(), name(command), text);
        state.add(new PendingCommand(entry, follower(command), ResponseFault.NONE, null, null, requestId));
        out.write(header);
        out.write(prefix);
        copy(length - prefix.length);
    }

    private void command(byte[] payload) throws IOException {
        int command = payload[0] & 0xFF;
        int requestId = beginRequest();
        session.node().counters().command();
        byte[] forKernel = payload;
        String text = isText(command) ? text(payload, 1) : "";
        PreparedText prepared = null;
        long statementId = -1;
        if (command == COM_STMT_EXECUTE || command >= 0x18 && command <= 0x1A || command == 0x1C) {
            statementId = Unpooled.wrappedBuffer(payload).getUnsignedIntLE(1);
            prepared = state.statements().get(statementId);
            text = prepared == null ? "" : prepared.text();
        }
        JournalEntry entry = session.journal().add(state.source(), name(command), text);
        if (statementId >= 0) {
            entry.statementId(statementId);
        }
        if (command == COM_QUERY || command == COM_STMT_PREPARE) {
            String renamed = InnerRelations.rename(text, session.node().schema());
            if (!renamed.equals(text)) {
                entry.renamed();
                forKernel = payload(command, renamed);
            }
            session.node().statementPassed(text);
        } else if (command == ChangeUser.COMMAND) {
            forKernel = changeUser(payload);
        } else if (command == COM_STMT_CLOSE) {
            state.statements().remove(statementId);
        }
        ResponseFollower follower = follower(command);
        if (follower.isDone()) {
            entry.ended();
            out.write(PacketSocket.frames(0, forKernel));
            return;
        }
        ResponseFault fault = session.node().faults().take(entry);
        PendingCommand pending = new PendingCommand(
                entry, follower, fault, judge(command, entry, prepared, payload), canned(fault, 1), requestId);
        if (fault.error() != null) {
            out.flush();
            session.answer(pending);
            return;
        }
        state.add(pending);
        out.write(PacketSocket.frames(0, forKernel));
    }

    private @Nullable Judgement judge(
            int command, JournalEntry entry, @Nullable PreparedText prepared, byte[] payload) {
        boolean judged =
                state.isProxy() && !entry.isRenamed() && !entry.userName().equals("proxyro");
        if (!judged) {
            return null;
        }
        String statement = switch (command) {
            case COM_QUERY -> entry.text();
            case COM_STMT_EXECUTE -> prepared == null ? null : BoundParameters.substitute(prepared, payload);
            default -> null;
        };
        return statement == null
                ? null
                : new Judgement(
                        () -> state.readsWeakly() ? null : session.node().judge(state.database(), statement));
    }

    private byte[] changeUser(byte[] payload) {
        ChangeUser change = ChangeUser.decode(Unpooled.wrappedBuffer(payload), state.capabilities());
        state.login(change.user(), change.database(), change.attributes(), state.capabilities());
        ChangeUser mapped = session.node().loginMapping().map(change);
        boolean same = mapped.user().equals(change.user()) && mapped.attributes() == change.attributes();
        return same ? payload : LoginMapping.encode(mapped, state.capabilities());
    }

    private byte @Nullable [] canned(ResponseFault fault, int sequence) {
        ErrPacket error = fault.error();
        if (error == null) {
            return null;
        }
        ByteBuf payload = Unpooled.buffer();
        error.encode(payload);
        byte[] frames = PacketSocket.frames(sequence, bytes(payload));
        if (!state.isProxy() || sequence != 1) {
            return frames;
        }
        ByteBuf ok = Unpooled.buffer();
        OkPacket.of(0, 0, ServerStatus.AUTOCOMMIT, 0).encode(ok, state.capabilities());
        byte[] trailing = PacketSocket.frames(sequence + 1, bytes(ok));
        byte[] both = Arrays.copyOf(frames, frames.length + trailing.length);
        System.arraycopy(trailing, 0, both, frames.length, trailing.length);
        return both;
    }

    private ResponseFollower follower(int command) {
        return new ResponseFollower(command, state.isProxy(), false);
    }

    private static boolean isText(int command) {
        return command == COM_QUERY || command == COM_STMT_PREPARE || command == COM_INIT_DB;
    }

    private static String name(int command) {
        CommandCode code = CommandCode.of(command);
        return code == null
                ? String.format(Locale.ROOT, "0x%02X", command)
                : code.name().replaceFirst("^COM_", "");
    }

    private static String text(byte[] payload, int from) {
        return new String(payload, from, payload.length - from, StandardCharsets.UTF_8);
    }

    private static byte[] payload(int command, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[bytes.length + 1];
        payload[0] = (byte) command;
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        return payload;
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
