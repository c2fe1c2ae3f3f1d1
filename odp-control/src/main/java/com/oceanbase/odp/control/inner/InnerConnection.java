package com.oceanbase.odp.control.inner;

import com.oceanbase.odp.common.error.OdpException;
import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.auth.Scramble;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.AuthSwitchRequest;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.TextRow;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blocking connection of the proxy itself to one server, used from virtual threads. One statement at a time; not
 * thread-safe. After an IOException it must be closed.
 *
 * <p>Plain packets only. The OceanBase capability word is 0, so servers send plain result sets; a server that still
 * sends an OK packet behind a result or an error is tolerated: an answer begins with sequence number 1, and what has
 * another number at its beginning belongs to the answer before.
 */
public final class InnerConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InnerConnection.class);

    private static final long CAPABILITIES = Capabilities.LONG_PASSWORD
            | Capabilities.LONG_FLAG
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS;

    private static final int UTF8MB4 = 45;
    private static final long MAX_PACKET_SIZE = 0xFFFFFF;
    private static final int LOCAL_INFILE_HEADER = 0xFB;
    private static final int MAX_EOF_LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerAddress server;
    private final Socket socket;
    private final PacketStream stream;

    private InnerConnection(ServerAddress server, Socket socket, PacketStream stream) {
        this.server = server;
        this.socket = socket;
        this.stream = stream;
    }

    /** Outcome of connecting. */
    public sealed interface Opened {
        /** Logged in. */
        record Connected(InnerConnection connection) implements Opened {}

        /** The server refused the login. */
        record Refused(int errno, String message) implements Opened {
            @Override
            public String toString() {
                return errno + " " + message;
            }
        }
    }

    /**
     * Connects and logs in with one password.
     *
     * @param stage1Hex stage-1 hash of the password, empty for an empty password
     * @throws IOException if the server can't be reached, closes, sends nonsense or does not answer in time
     */
    public static Opened open(ServerAddress server, InnerIdentity identity, String stage1Hex, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.host(), server.port()), PacketStream.millisLeft(deadline));
            PacketStream stream = new PacketStream(socket, deadline);
            ErrPacket refusal = login(stream, socket, identity, stage1Hex);
            if (refusal != null) {
                socket.close();
                return new Opened.Refused(refusal.errno(), refusal.message());
            }
            return new Opened.Connected(new InnerConnection(server, socket, stream));
        } catch (IOException e) {
            socket.close();
            throw e;
        } catch (OdpException e) {
            socket.close();
            throw new IOException("unexpected packet during login: " + e.getMessage(), e);
        }
    }

    private static @Nullable ErrPacket login(
            PacketStream stream, Socket socket, InnerIdentity identity, String stage1Hex) throws IOException {
        ByteBuf greeting = stream.read();
        if (header(greeting) == ErrPacket.HEADER) {
            return ErrPacket.decode(greeting);
        }
        HandshakeV10 handshake = HandshakeV10.decode(greeting);
        byte[] serverScramble = Arrays.copyOf(handshake.scramble(), Scramble.LENGTH);
        byte[] scramble = Scramble.random(RANDOM);
        byte[] proof = stage1Hex.isEmpty() ? new byte[0] : NativePassword.answerFromStage1Hex(stage1Hex, scramble);
        byte @Nullable [] scrambleAttribute = stage1Hex.isEmpty() ? null : NativePassword.xor(scramble, serverScramble);
        HandshakeResponse41 response = new HandshakeResponse41(
                CAPABILITIES,
                MAX_PACKET_SIZE,
                UTF8MB4,
                identity.user(),
                proof,
                InnerIdentity.DATABASE,
                NativePassword.PLUGIN,
                attributes(identity, handshake.connectionId(), socket, scrambleAttribute),
                0);
        stream.write(stream.sequence() + 1, response::encode);
        ByteBuf reply = stream.read();
        if (header(reply) == AuthSwitchRequest.HEADER) {
            byte[] data = AuthSwitchRequest.decode(reply).data();
            byte[] newScramble = Arrays.copyOf(data, Scramble.LENGTH);
            byte[] newProof =
                    stage1Hex.isEmpty() ? new byte[0] : NativePassword.answerFromStage1Hex(stage1Hex, newScramble);
            stream.write(stream.sequence() + 1, out -> out.writeBytes(newProof));
            reply = stream.read();
        }
        return switch (header(reply)) {
            case OkPacket.HEADER -> null;
            case ErrPacket.HEADER -> ErrPacket.decode(reply);
            default -> throw new IOException("login answered with packet " + header(reply));
        };
    }

    /** Order and meaning: spec of the login, section 5; the scramble attribute lets the server check our own scramble. */
    private static ConnectionAttributes attributes(
            InnerIdentity identity, long serverSession, Socket socket, byte @Nullable [] scramble) {
        long number = InnerSessionIds.next();
        ConnectionAttributes.Builder attributes = ConnectionAttributes.builder()
                .add("__mysql_client_type", "__ob_proxy")
                .add("__connection_id", Long.toString(serverSession))
                .add("__proxy_connection_id", Long.toUnsignedString(InnerSessionIds.proxySession(number)));
        if (identity.clusterName() != null) {
            attributes.add("__cluster_name", identity.clusterName());
        }
        attributes.add("__global_vars_version", "0").add("__proxy_capability_flag", "0");
        if (scramble != null) {
            attributes.add("__proxy_scramble", scramble);
        }
        return attributes
                .add("__client_ip", socket.getLocalAddress().getHostAddress())
                .add("__proxy_version", identity.proxyVersion())
                .add("__client_addr_port", Integer.toString(socket.getLocalPort()))
                .add("__client_session_id", Long.toString(InnerSessionIds.clientSession(number)))
                .add("__client_connect_time", Long.toString(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis())))
                .build();
    }

    /** The server at the other end. */
    public ServerAddress server() {
        return server;
    }

    /**
     * Runs one statement.
     *
     * @throws IOException if the connection fails or the answer is not complete in time; close it then
     */
    public InnerAnswer query(String sql, Duration timeout) throws IOException {
        stream.setDeadline(System.nanoTime() + timeout.toNanos());
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        try {
            stream.write(0, out -> out.writeByte(CommandCode.COM_QUERY.code()).writeBytes(text));
            ByteBuf first = stream.read();
            while (stream.sequence() != 1) {
                first = stream.read();
            }
            return switch (header(first)) {
                case OkPacket.HEADER -> new InnerAnswer.Done();
                case ErrPacket.HEADER -> {
                    ErrPacket error = ErrPacket.decode(first);
                    yield new InnerAnswer.Failed(error.errno(), error.message());
                }
                case LOCAL_INFILE_HEADER -> throw new IOException("the server asks for a local file");
                default -> new InnerAnswer.Rows(readRows(Math.toIntExact(Wire.readLenencInt(first))));
            };
        } catch (OdpException e) {
            throw new IOException("unexpected packet in the answer: " + e.getMessage(), e);
        }
    }

    private ResultTable readRows(int columnCount) throws IOException {
        List<String> columns = new ArrayList<>(columnCount);
        for (int i = 0; i < columnCount; i++) {
            columns.add(ColumnDefinition41.decode(stream.read()).name());
        }
        ByteBuf end = stream.read();
        if (!isEof(end)) {
            throw new IOException("no end of the column definitions");
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (true) {
            ByteBuf packet = stream.read();
            if (isEof(packet)) {
                return new ResultTable(columns, rows);
            }
            if (header(packet) == ErrPacket.HEADER) {
                ErrPacket error = ErrPacket.decode(packet);
                throw new IOException("error " + error.errno() + " in the middle of the rows: " + error.message());
            }
            TextRow row = TextRow.decode(packet);
            List<@Nullable String> cells = new ArrayList<>(columnCount);
            for (int i = 0; i < columnCount; i++) {
                cells.add(row.text(i));
            }
            rows.add(cells);
        }
    }

    private static boolean isEof(ByteBuf packet) throws IOException {
        return header(packet) == EofPacket.HEADER && packet.readableBytes() <= MAX_EOF_LENGTH;
    }

    private static int header(ByteBuf packet) throws IOException {
        if (!packet.isReadable()) {
            throw new IOException("empty packet");
        }
        return packet.getUnsignedByte(packet.readerIndex());
    }

    /** Says goodbye without waiting for anything. */
    @Override
    public void close() {
        try (socket) {
            stream.write(0, out -> out.writeByte(CommandCode.COM_QUIT.code()));
        } catch (IOException e) {
            LOG.atTrace().addKeyValue("server", server).setCause(e).log("inner connection was gone before its end");
        }
    }
}
