package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.TextRow;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client for tests that sees packets as they are. Blocking; not thread safe. */
public final class WireClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long BASE_CAPABILITIES = Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS
            | Capabilities.TRANSACTIONS
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.MULTI_RESULTS;

    private final PacketStream stream;
    private final long capabilities;
    private final long connectionId;

    /** What a command was answered with: an error, or columns and rows (none of an OK). */
    public record Result(
            @Nullable ErrPacket error,
            List<ColumnDefinition41> columns,
            List<List<@Nullable String>> rows,
            int status) {

        /** Whether it is an OK or a result set. */
        public boolean isSuccess() {
            return error == null;
        }

        /** Names of the columns. */
        public List<String> titles() {
            return columns.stream().map(ColumnDefinition41::name).toList();
        }

        /** Number of the error, 0 of a success. */
        public int errno() {
            return error == null ? 0 : error.errno();
        }

        /** Text of the error, empty of a success. */
        public String message() {
            return error == null ? "" : error.message();
        }

        /** All values of a column. */
        public List<@Nullable String> column(String title) {
            int index = titles().indexOf(title);
            List<@Nullable String> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(index)));
            return values;
        }

        /** The one value. */
        public @Nullable String value() {
            return rows.getFirst().getFirst();
        }
    }

    /** A login was refused. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final int errno;

        Refused(ErrPacket error) {
            super(error.message());
            this.errno = error.errno();
        }

        public int errno() {
            return errno;
        }
    }

    /**
     * Connects and logs in.
     *
     * @param more capabilities besides the usual ones
     */
    public WireClient(InetSocketAddress address, String user, String password, long more) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        stream = new PacketStream(socket);
        capabilities = BASE_CAPABILITIES | more;
        HandshakeV10 hello = HandshakeV10.decode(stream.read());
        connectionId = hello.connectionId();
        byte[] answer = password.isEmpty()
                ? new byte[0]
                : NativePassword.answer(password.getBytes(StandardCharsets.UTF_8), hello.scramble());
        HandshakeResponse41 login = new HandshakeResponse41(
                capabilities,
                1 << 24,
                45,
                user,
                answer,
                null,
                "mysql_native_password",
                ConnectionAttributes.builder().build(),
                0);
        stream.write(login::encode);
        ByteBuf verdict = stream.read();
        if (verdict.getUnsignedByte(0) == 0xFF) {
            stream.close();
            throw new Refused(ErrPacket.decode(verdict));
        }
    }

    /** Connection id of the greeting. */
    public long connectionId() {
        return connectionId;
    }

    /** Sends a statement and reads its answer. */
    public Result query(String sql) throws IOException {
        return command(CommandCode.COM_QUERY.code(), sql.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a command and reads its answer. */
    public Result command(int code, byte... argument) throws IOException {
        send(code, argument);
        return receive();
    }

    /** Sends a command. */
    public void send(int code, byte... argument) throws IOException {
        stream.restart();
        stream.write(out -> out.writeByte(code).writeBytes(argument));
    }

    /** Sends a command of any length, cut as the protocol demands. */
    void sendInPackets(int code, byte... argument) throws IOException {
        stream.restart();
        int piece = Math.min(argument.length, 0xFFFFFF - 1);
        int first = piece;
        stream.write(out -> out.writeByte(code).writeBytes(argument, 0, first));
        int sent = piece;
        boolean full = piece == 0xFFFFFF - 1;
        while (full) {
            int start = sent;
            int length = Math.min(argument.length - sent, 0xFFFFFF);
            stream.write(out -> out.writeBytes(argument, start, length));
            sent += length;
            full = length == 0xFFFFFF;
        }
    }

    /** Sends a packet that is no command. */
    void answer(byte... payload) throws IOException {
        stream.write(out -> out.writeBytes(payload));
    }

    /** Reads one packet. */
    ByteBuf packet() throws IOException {
        return stream.read();
    }

    /** Sequence number of the packet read or written last. */
    int sequence() {
        return stream.sequence();
    }

    /** Reads the answer to what was sent. */
    public Result receive() throws IOException {
        ByteBuf first = stream.read();
        switch (first.getUnsignedByte(0)) {
            case 0xFF -> {
                return new Result(ErrPacket.decode(first), List.of(), List.of(), 0);
            }
            case 0x00 -> {
                return new Result(
                        null,
                        List.of(),
                        List.of(),
                        OkPacket.decode(first, capabilities).status());
            }
            default -> {
                return rows((int) Wire.readLenencInt(first));
            }
        }
    }

    private Result rows(int columnCount) throws IOException {
        boolean deprecateEof = Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
        List<ColumnDefinition41> columns = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            columns.add(ColumnDefinition41.decode(stream.read()));
        }
        if (!deprecateEof) {
            stream.read();
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (true) {
            ByteBuf packet = stream.read();
            int header = packet.getUnsignedByte(0);
            if (header == 0xFF) {
                return new Result(ErrPacket.decode(packet), columns, rows, 0);
            }
            if (header == 0xFE) {
                int status =
                        deprecateEof ? OkPacket.decode(packet, capabilities).status() : packet.getUnsignedShortLE(3);
                return new Result(null, columns, rows, status);
            }
            TextRow row = TextRow.decode(packet);
            List<@Nullable String> cells = new ArrayList<>();
            for (int i = 0; i < columnCount; i++) {
                cells.add(row.text(i));
            }
            rows.add(cells);
        }
    }

    /** Whether the other side closes the connection without another packet. */
    public boolean isClosedByPeer() {
        try {
            stream.read();
            return false;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
