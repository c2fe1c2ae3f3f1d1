package com.oceanbase.odp.testkit.script;

import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The steps of a {@link ScriptedServer} on one connection. Answers take the sequence number after the last packet read
 * or written, unless one is given.
 */
public final class ScriptedPeer {

    private static final byte[] SCRAMBLE = "abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII);
    private static final long SERVER_CAPABILITIES = RawClient.USUAL_CAPABILITIES
            | Capabilities.FOUND_ROWS
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.LOCAL_FILES
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.PS_MULTI_RESULTS;
    private static final int UTF8MB4 = 45;
    private static final int VAR_STRING = 0xFD;

    private final PacketSocket socket;
    private int sequence;
    private long clientCapabilities = RawClient.USUAL_CAPABILITIES;
    private volatile boolean mayEnd;

    ScriptedPeer(PacketSocket socket) {
        this.socket = socket;
    }

    boolean endIsAllowed() {
        return mayEnd;
    }

    /** From here on the client may go away without making the script fail. */
    public void mayEnd() {
        mayEnd = true;
    }

    public PacketSocket socket() {
        return socket;
    }

    /** Sends a greeting with the capabilities of a usual server. */
    public void greet(String version, long connectionId) throws IOException {
        greet(new HandshakeV10(
                10,
                version,
                connectionId,
                SCRAMBLE,
                SERVER_CAPABILITIES,
                UTF8MB4,
                ServerStatus.AUTOCOMMIT,
                "mysql_native_password"));
    }

    public void greet(HandshakeV10 greeting) throws IOException {
        sequence = 0;
        write(greeting::encode);
    }

    /** Reads a login; the client's capabilities shape later OK packets. */
    public HandshakeResponse41 login() throws IOException {
        HandshakeResponse41 login = HandshakeResponse41.decode(Unpooled.wrappedBuffer(read().payload()));
        clientCapabilities = login.capabilities();
        return login;
    }

    /** Greeting, login and OK in one step. */
    public HandshakeResponse41 acceptLogin(String version, long connectionId) throws IOException {
        greet(version, connectionId);
        HandshakeResponse41 login = login();
        ok();
        return login;
    }

    /** The next packet, whatever it is. */
    public Packet read() throws IOException {
        Packet packet = socket.read();
        sequence = packet.sequence() + 1 & 0xFF;
        return packet;
    }

    /** The next packet, which must be this command. */
    public Packet expectCommand(int command) throws IOException {
        return ScriptedServer.require(read(), command);
    }

    /** The next packet, which must be COM_QUERY with a text that contains this. */
    public String expectQuery(String part) throws IOException {
        Packet packet = expectCommand(RawClient.COM_QUERY);
        String text = new String(packet.payload(), 1, packet.payload().length - 1, StandardCharsets.UTF_8);
        if (!text.contains(part)) {
            throw new AssertionError("expected a query with \"" + part + "\", got \"" + text + "\"");
        }
        return text;
    }

    /** Sends a payload as the next packet. */
    public void write(byte[] payload) throws IOException {
        sequence = socket.write(sequence, payload);
    }

    /** Sends a payload with a sequence number of its own. */
    public void write(int number, byte[] payload) throws IOException {
        sequence = socket.write(number, payload);
    }

    /** Sends a payload which a codec writes. */
    public void write(Consumer<ByteBuf> encoder) throws IOException {
        ByteBuf out = Unpooled.buffer();
        encoder.accept(out);
        byte[] payload = new byte[out.readableBytes()];
        out.readBytes(payload);
        write(payload);
    }

    /** Sends bytes as they are, no frame. */
    public void writeRaw(byte[] bytes) throws IOException {
        socket.writeRaw(bytes);
    }

    public void ok() throws IOException {
        ok(OkPacket.of(0, 0, ServerStatus.AUTOCOMMIT, 0));
    }

    public void ok(OkPacket packet) throws IOException {
        write(out -> packet.encode(out, clientCapabilities));
    }

    public void error(int errno, String sqlState, String message) throws IOException {
        write(new ErrPacket(errno, sqlState, message)::encode);
    }

    public void eof(int status) throws IOException {
        write(new EofPacket(0, status)::encode);
    }

    /** Sends the head of a text result set: count, columns of type VAR_STRING, EOF. */
    public void columns(String... names) throws IOException {
        write(new byte[] {(byte) names.length});
        for (String name : names) {
            write(out -> column(out, name));
        }
        eof(ServerStatus.AUTOCOMMIT);
    }

    /** Sends one text row. */
    public void row(String... cells) throws IOException {
        write(out -> {
            for (String cell : cells) {
                Wire.writeLenencBytes(out, cell.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** Sends a whole text result set. */
    public void resultSet(List<String> names, List<List<String>> rows) throws IOException {
        columns(names.toArray(String[]::new));
        for (List<String> row : rows) {
            row(row.toArray(String[]::new));
        }
        eof(ServerStatus.AUTOCOMMIT);
    }

    private static void column(ByteBuf out, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        Wire.writeLenencBytes(out, "def".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 3; i++) {
            out.writeByte(0);
        }
        Wire.writeLenencBytes(out, bytes);
        out.writeByte(0);
        out.writeByte(0x0C)
                .writeShortLE(UTF8MB4)
                .writeIntLE(1024)
                .writeByte(VAR_STRING)
                .writeZero(5);
    }

    /** Waits until a latch opens, for at most ten seconds. */
    public void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the latch did not open");
        }
    }

    /** Waits until the client closes the connection; what it still sends is thrown away. */
    public void awaitClose() throws IOException {
        while (socket.readOrEnd() != null) {
            sequence = 0;
        }
    }

    /** Ends the connection with FIN. */
    public void close() throws IOException {
        socket.close();
    }

    /** Ends the connection with RST. */
    public void reset() throws IOException {
        socket.reset();
    }
}
