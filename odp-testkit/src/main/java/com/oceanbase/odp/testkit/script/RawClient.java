package com.oceanbase.odp.testkit.script;

import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks plain MySQL packets and hides nothing: any login, any command, every packet of a response.
 *
 * <p>Not thread safe. Every read is limited by the time given at the connect.
 */
public final class RawClient implements AutoCloseable {

    /** Command codes used by the shorthands. */
    public static final int COM_QUIT = 0x01;

    public static final int COM_INIT_DB = 0x02;
    public static final int COM_QUERY = 0x03;
    public static final int COM_STMT_PREPARE = 0x16;

    /** What common drivers ask for, without DEPRECATE_EOF. */
    public static final long USUAL_CAPABILITIES = Capabilities.LONG_PASSWORD
            | Capabilities.LONG_FLAG
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS
            | Capabilities.SESSION_TRACK;

    private static final int UTF8MB4 = 45;
    private static final long MAX_PACKET = 64L << 20;
    private static final byte[] NO_AUTH = {};

    /**
     * A login.
     *
     * @param scramble the bytes against which the password is proved, null for those of the greeting
     */
    public record Login(
            String user,
            String password,
            @Nullable String database,
            long capabilities,
            ConnectionAttributes attributes,
            byte @Nullable [] scramble) {

        public static Login of(String user, String password) {
            return new Login(user, password, null, USUAL_CAPABILITIES, ConnectionAttributes.NONE, null);
        }

        /** A login as obproxy makes it: OceanBase adds its OK packets and tells all session variables. */
        public static Login asProxy(String user, String password, long obCapabilities, String clusterName) {
            ConnectionAttributes attributes = ConnectionAttributes.builder()
                    .add("__mysql_client_type", "__ob_proxy")
                    .add("__proxy_capability_flag", Long.toString(obCapabilities))
                    .add("__cluster_name", clusterName)
                    .build();
            return new Login(
                    user,
                    password,
                    null,
                    USUAL_CAPABILITIES,
                    attributes,
                    "aaaaaaaabbbbbbbbbbbb".getBytes(StandardCharsets.US_ASCII));
        }

        public Login withDatabase(String name) {
            return new Login(user, password, name, capabilities | Capabilities.CONNECT_WITH_DB, attributes, scramble);
        }

        public Login withCapabilities(long bits) {
            return new Login(user, password, database, bits, attributes, scramble);
        }

        public Login withAttributes(ConnectionAttributes newAttributes) {
            return new Login(user, password, database, capabilities, newAttributes, scramble);
        }

        boolean isProxy() {
            return "__ob_proxy".equals(attributes.text("__mysql_client_type"));
        }
    }

    private final PacketSocket socket;
    private final HandshakeV10 greeting;
    private final int greetingSequence;
    private long capabilities;
    private boolean extraOk;

    private RawClient(PacketSocket socket, Packet packet) {
        this.socket = socket;
        this.greeting = HandshakeV10.decode(Unpooled.wrappedBuffer(packet.payload()));
        this.greetingSequence = packet.sequence();
    }

    /** Connects and reads the greeting. The limit counts for the connect and for each read. */
    public static RawClient connect(String host, int port, int timeoutMillis) throws IOException {
        PacketSocket socket = PacketSocket.connect(host, port, timeoutMillis);
        boolean done = false;
        try {
            Packet packet = socket.read();
            if (packet.first() == 0xFF) {
                throw new IOException("refused: "
                        + new String(packet.payload(), 3, packet.payload().length - 3, StandardCharsets.UTF_8));
            }
            RawClient client = new RawClient(socket, packet);
            done = true;
            return client;
        } finally {
            if (!done) {
                socket.close();
            }
        }
    }

    /** Connects and logs in; an error of the server becomes an {@link IOException}. */
    public static RawClient open(String host, int port, Login login) throws IOException {
        RawClient client = connect(host, port, 30_000);
        Response answer = client.login(login);
        if (answer.isError()) {
            client.close();
            throw new IOException("login of " + login.user() + ": " + answer.error());
        }
        return client;
    }

    public HandshakeV10 greeting() {
        return greeting;
    }

    public PacketSocket socket() {
        return socket;
    }

    /** Sends a login and reads the answer. */
    public Response login(Login login) throws IOException {
        byte[] password = login.password().getBytes(StandardCharsets.UTF_8);
        byte[] scramble = login.scramble() == null ? greeting.scramble() : login.scramble();
        byte[] auth = password.length == 0 ? NO_AUTH : NativePassword.answer(password, scramble);
        HandshakeResponse41 response = new HandshakeResponse41(
                login.capabilities(),
                MAX_PACKET,
                UTF8MB4,
                login.user(),
                auth,
                login.database(),
                "mysql_native_password",
                login.attributes(),
                0);
        ByteBuf out = Unpooled.buffer();
        response.encode(out);
        byte[] payload = new byte[out.readableBytes()];
        out.readBytes(payload);
        socket.write(greetingSequence + 1, payload);
        capabilities = login.capabilities();
        extraOk = login.isProxy();
        return readResponse(ResponseFollower.LOGIN);
    }

    /** Sends a command's payload without waiting for an answer. */
    public void send(byte[] payload) throws IOException {
        socket.write(0, payload);
    }

    /** Reads all packets of the answer to a command. */
    public Response readResponse(int command) throws IOException {
        boolean deprecateEof = Capabilities.has(capabilities & greeting.capabilities(), Capabilities.DEPRECATE_EOF);
        ResponseFollower follower = new ResponseFollower(command, extraOk, deprecateEof);
        List<Packet> packets = new ArrayList<>();
        List<Kind> kinds = new ArrayList<>();
        while (!follower.isDone()) {
            Packet packet = socket.read();
            kinds.add(follower.accept(packet.payload().length, packet.payload(), 0));
            packets.add(packet);
            if (kinds.getLast() == Kind.AUTH || kinds.getLast() == Kind.LOCAL_INFILE) {
                break;
            }
        }
        return new Response(packets, kinds, capabilities);
    }

    /** Sends a command and reads its answer. */
    public Response command(byte[] payload) throws IOException {
        send(payload);
        return readResponse(payload[0] & 0xFF);
    }

    /** Sends a command whose argument is text. */
    public Response command(int command, String text) throws IOException {
        return command(payload(command, text));
    }

    public Response query(String sql) throws IOException {
        return command(COM_QUERY, sql);
    }

    /** The payload of a command with a text argument. */
    public static byte[] payload(int command, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[bytes.length + 1];
        payload[0] = (byte) command;
        System.arraycopy(bytes, 0, payload, 1, bytes.length);
        return payload;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
