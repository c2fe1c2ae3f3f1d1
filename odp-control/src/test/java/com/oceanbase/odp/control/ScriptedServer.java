package com.oceanbase.odp.control;

import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.TextRow;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that checks a password as an OBServer behind a proxy does and answers statements by a script. */
public final class ScriptedServer implements AutoCloseable {
    private static final long CAPABILITIES = Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.CONNECT_ATTRS;
    private static final byte[] SCRAMBLE = "serverscramble012345".getBytes(StandardCharsets.US_ASCII);
    private static final int STRING = 0xFD;
    private static final int STATUS = 0x22;

    /** Answer to a statement; null leaves the statement without answer for ever. */
    public sealed interface Answer {
        /** A result set. */
        record Rows(List<String> columns, List<List<@Nullable String>> rows) implements Answer {}

        /** An error. */
        record Error(int errno, String message) implements Answer {}

        /** The connection is closed instead. */
        record Close() implements Answer {}
    }

    private final ServerSocket listener;
    private final Function<String, @Nullable Answer> script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Statements received, in order. */
    public final ConcurrentLinkedQueue<String> statements = new ConcurrentLinkedQueue<>();

    /** Logins received, in order. */
    public final ConcurrentLinkedQueue<HandshakeResponse41> logins = new ConcurrentLinkedQueue<>();

    /** Connections accepted. */
    public final AtomicInteger connections = new AtomicInteger();

    /** Stage-1 hash that logins must prove to know; empty for an empty password. */
    public volatile String passwordHash = "";

    /** Whether an OK packet follows every result set and every error, as some servers do. */
    public volatile boolean trailingOk;

    /** A server on a free port of 127.0.0.1 that works at once. */
    public ScriptedServer(Function<String, @Nullable Answer> script) {
        this.script = script;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where it listens. */
    public ServerAddress address() {
        return new ServerAddress("127.0.0.1", listener.getLocalPort());
    }

    /** Ends every connection but goes on listening. */
    public void dropConnections() {
        for (Socket socket : sockets) {
            closeQuietly(socket);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            send(
                    out,
                    0,
                    new HandshakeV10(10, "5.7.25", 77, SCRAMBLE, CAPABILITIES, 45, 2, NativePassword.PLUGIN)::encode);
            HandshakeResponse41 login = HandshakeResponse41.decode(receive(in));
            logins.add(login);
            if (!passwordIsRight(login)) {
                send(out, 2, new ErrPacket(1045, "42000", "Access denied")::encode);
                return;
            }
            send(out, 2, buffer -> OkPacket.of(0, 0, STATUS, 0).encode(buffer, CAPABILITIES));
            while (true) {
                ByteBuf command = receive(in);
                if (command.readByte() != 3) {
                    return;
                }
                String sql = command.toString(StandardCharsets.UTF_8);
                statements.add(sql);
                Answer answer = script.apply(sql);
                if (answer instanceof Answer.Close) {
                    return;
                }
                if (answer != null) {
                    answer(out, answer);
                }
            }
        } catch (IOException e) {
            return; // the client is gone
        }
    }

    private boolean passwordIsRight(HandshakeResponse41 login) {
        if (passwordHash.isEmpty()) {
            return login.authResponse().length == 0;
        }
        byte[] attribute = login.attributes().get("__proxy_scramble");
        if (attribute == null) {
            return false;
        }
        byte[] proxyScramble = NativePassword.xor(attribute, SCRAMBLE);
        return Arrays.equals(login.authResponse(), NativePassword.answerFromStage1Hex(passwordHash, proxyScramble));
    }

    private void answer(OutputStream out, Answer answer) throws IOException {
        int sequence = 1;
        switch (answer) {
            case Answer.Error(int errno, String message) ->
                sequence = send(out, sequence, new ErrPacket(errno, "HY000", message)::encode);
            case Answer.Rows(List<String> columns, List<List<@Nullable String>> rows) -> {
                sequence = send(out, sequence, buffer -> Wire.writeLenencInt(buffer, columns.size()));
                for (String column : columns) {
                    sequence = send(out, sequence, ColumnDefinition41.of(column, STRING, 255, 45, 0)::encode);
                }
                sequence = send(out, sequence, new EofPacket(0, STATUS)::encode);
                for (List<@Nullable String> row : rows) {
                    sequence = send(out, sequence, TextRow.of(row.toArray(new String[0]))::encode);
                }
                sequence = send(out, sequence, new EofPacket(0, STATUS)::encode);
            }
            case Answer.Close close -> throw new IOException("close");
        }
        if (trailingOk) {
            send(out, sequence, buffer -> OkPacket.of(0, 0, STATUS, 0).encode(buffer, CAPABILITIES));
        }
    }

    private static int send(OutputStream out, int sequence, Consumer<ByteBuf> payload) throws IOException {
        ByteBuf packet = MysqlFrame.encode(UnpooledByteBufAllocator.DEFAULT, sequence, payload);
        try {
            packet.readBytes(out, packet.readableBytes());
        } finally {
            packet.release();
        }
        return sequence + 1 & 0xFF;
    }

    private static ByteBuf receive(DataInputStream in) throws IOException {
        byte[] header = new byte[MysqlFrame.HEADER_LENGTH];
        in.readFully(header);
        byte[] payload = new byte[MysqlFrame.length(Unpooled.wrappedBuffer(header), 0)];
        in.readFully(payload);
        return Unpooled.wrappedBuffer(payload);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dropConnections();
    }
}
