package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.auth.Scramble;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ColumnType;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.PrepareOk;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.TextRow;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server for tests that speaks as an OBServer does to a proxy: every response ends in an OK. It accepts every login,
 * answers as it was told ({@link #when}), else with an OK; it knows KILL QUERY, and keeps a journal.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final long FIRST_SESSION = 0xC000_0001L;
    private static final long CAPABILITIES = Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.SESSION_TRACK
            | Capabilities.TRANSACTIONS
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.MULTI_RESULTS;

    private static final AtomicLong PREPARED = new AtomicLong(1000);

    private static final AtomicLong SESSIONS = new AtomicLong(FIRST_SESSION);

    private final ServerSocket listener;
    private volatile boolean ob20;
    private volatile CountDownLatch loginGate = new CountDownLatch(0);
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private volatile boolean oracle;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> loginVariables = new ConcurrentHashMap<>();

    /** Answers a command of a session. */
    public interface Answer {
        void give(Session session) throws IOException, InterruptedException;
    }

    private record Rule(Predicate<String> applies, Answer answer) {}

    ScriptedServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public ServerAddress address() {
        return new ServerAddress(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
    }

    /** Statements, and names of other commands, that fit, in lower case, are answered so; the latest rule counts. */
    public void when(Predicate<String> statement, Answer answer) {
        rules.addFirst(new Rule(statement, answer));
    }

    /** Statements with this beginning, in lower case, are answered so. */
    public void when(String beginning, Answer answer) {
        when(statement -> statement.startsWith(beginning), answer);
    }

    /** From now on logins are told that the tenant is in Oracle mode. */
    void oracleMode() {
        oracle = true;
    }

    /** A login of {@code user@tenant} reports these variables. */
    void loginVariables(String user, Map<String, String> variables) {
        loginVariables.put(user, variables);
    }

    /** From now on OceanBase 2.0 is granted to logins that ask for it. */
    void grantOb20() {
        ob20 = true;
    }

    /** From now on logins are answered when the gate is open. */
    public void holdLogins(CountDownLatch gate) {
        loginGate = gate;
    }

    /** Statements and names of other commands in the order in which they came. */
    public List<String> journal() {
        return List.copyOf(journal);
    }

    /** Connections that are logged in. */
    public int sessionCount() {
        return sessions.size();
    }

    public static Answer ok() {
        return session -> session.ok(SessionChanges.NONE);
    }

    public static Answer ok(SessionChanges changes) {
        return session -> session.ok(changes);
    }

    public static Answer error(int errno, String state, String message) {
        return session -> session.error(new ErrPacket(errno, state, message));
    }

    public static Answer rows(List<String> columns, List<List<String>> rows) {
        return session -> session.rows(columns, rows);
    }

    /** Answers when KILL QUERY comes, with the error that MySQL has for that. */
    public static Answer untilKilled() {
        return session -> {
            session.killed.await();
            session.error(new ErrPacket(1317, "70100", "Query execution was interrupted"));
        };
    }

    /** Answers with an OK when the gate is open. */
    public static Answer afterwards(CountDownLatch gate) {
        return session -> {
            gate.await();
            session.ok(SessionChanges.NONE);
        };
    }

    /** Closes the connection instead of answering. */
    public static Answer disconnect() {
        return Session::close;
    }

    private @Nullable Answer answerTo(String statement) {
        return rules.stream()
                .filter(rule -> rule.applies().test(statement))
                .map(Rule::answer)
                .findFirst()
                .orElse(null);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                if (listener.isClosed()) {
                    // It came while the listener was being closed.
                    socket.close();
                    return;
                }
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        long id = SESSIONS.getAndIncrement();
        try (PacketStream stream = new PacketStream(socket)) {
            Session session = new Session(id, stream);
            session.login();
            sessions.put(id, session);
            session.run();
        } catch (IOException | InterruptedException ended) {
            // The other side has gone, or the test has ended.
        } finally {
            sessions.remove(id);
        }
    }

    /** One connection. */
    public final class Session {
        private final long id;
        private final PacketStream stream;
        private byte[] argument = new byte[0];
        private CountDownLatch killed = new CountDownLatch(1);

        Session(long id, PacketStream stream) {
            this.id = id;
            this.stream = stream;
        }

        /** Number as KILL takes it. */
        public long id() {
            return id;
        }

        private void login() throws IOException, InterruptedException {
            stream.restart();
            HandshakeV10 hello = new HandshakeV10(
                    10, "5.7.25-test", id, Scramble.CONSTANT, CAPABILITIES, 45, 2, "mysql_native_password");
            stream.write(hello::encode);
            HandshakeResponse41 login = HandshakeResponse41.decode(stream.read());
            String user = login.user();
            journal.add("login " + user);
            loginGate.await();
            List<SessionChanges.Variable> variables = new ArrayList<>();
            loginVariables
                    .getOrDefault(user, Map.of())
                    .forEach((name, value) -> variables.add(new SessionChanges.Variable(name, value)));
            String asked = String.valueOf(login.attributes().text("__proxy_capability_flag"));
            boolean framed =
                    ob20 && asked.matches("\\d+") && (Long.parseLong(asked) & ObCapabilities.OB_PROTOCOL_V2) != 0;
            if (framed) {
                long told = Long.parseLong(
                        loginVariables.getOrDefault(user, Map.of()).getOrDefault("ob_capability_flag", "0"));
                // ids of clients are agreed on only where a test says so
                long granted = told | Long.parseLong(asked) & ~ObCapabilities.ENABLE_CLIENT_SESSION_ID_V2;
                variables.add(new SessionChanges.Variable("ob_capability_flag", Long.toString(granted)));
            }
            ok(new SessionChanges(variables, List.of(), null, false, List.of()), oracle ? ServerStatus.ORACLE_MODE : 0);
            if (framed) {
                stream.speakOb20(id);
            }
        }

        /** {@code Ob20Flags} of the request. */
        int requestFlags() {
            return stream.requestFlags();
        }

        /** The next packet comes with this extra info. */
        void extraInfo(byte[] info) {
            stream.extraInfo(info);
        }

        /** The checksums of all further frames are wrong. */
        void damageFrames() {
            stream.damageFrames();
        }

        private void run() throws IOException, InterruptedException {
            while (true) {
                ByteBuf payload = stream.read();
                CommandCode command = CommandCode.of(payload.readUnsignedByte());
                if (command == CommandCode.COM_QUIT) {
                    return;
                }
                argument = ByteBufUtil.getBytes(payload);
                if (command == CommandCode.COM_QUERY) {
                    query(payload.toString(StandardCharsets.UTF_8));
                } else if (command != null) {
                    binary(command);
                }
            }
        }

        /** What follows the command byte of the command being answered. */
        byte[] argument() {
            return argument.clone();
        }

        private void binary(CommandCode command) throws IOException, InterruptedException {
            journal.add(String.valueOf(command));
            Answer answer = answerTo(command.name().toLowerCase(Locale.ROOT));
            if (answer != null) {
                answer.give(this);
            } else if (command == CommandCode.COM_STMT_PREPARE) {
                prepare();
            } else if (command.expectsResponse()) {
                ok(SessionChanges.NONE);
            }
        }

        /** A statement without columns; its parameters are the question marks. */
        private void prepare() throws IOException {
            int parameters = 0;
            for (byte b : argument) {
                parameters += b == '?' ? 1 : 0;
            }
            PrepareOk ok = new PrepareOk(PREPARED.getAndIncrement(), 0, parameters, 0);
            stream.write(ok::encode);
            for (int i = 0; i < parameters; i++) {
                stream.write(ColumnDefinition41.of("?", ColumnType.VAR_STRING, 100, 45, 0)::encode);
            }
            if (parameters > 0) {
                stream.write(new EofPacket(0, ServerStatus.AUTOCOMMIT)::encode);
            }
            ok(SessionChanges.NONE);
        }

        private void query(String statement) throws IOException, InterruptedException {
            journal.add(statement);
            String lower = statement.toLowerCase(Locale.ROOT);
            killed = new CountDownLatch(1);
            Answer answer = answerTo(lower);
            if (answer != null) {
                answer.give(this);
            } else if (lower.startsWith("kill query ")) {
                kill(Long.parseLong(lower.substring("kill query ".length()).strip()));
            } else {
                ok(SessionChanges.NONE);
            }
        }

        private void kill(long victimId) throws IOException {
            Session victim = sessions.get(victimId);
            if (victim == null) {
                error(new ErrPacket(1094, "HY000", "Unknown thread id: " + victimId));
            } else {
                victim.killed.countDown();
                ok(SessionChanges.NONE);
            }
        }

        /** One packet of a response. */
        public void raw(Consumer<ByteBuf> payload) throws IOException {
            stream.write(payload);
        }

        void packet(OkPacket ok) throws IOException {
            stream.write(out -> ok.encode(out, CAPABILITIES));
        }

        void packet(ErrPacket error) throws IOException {
            stream.write(error::encode);
        }

        /** Reads a packet that is no command. */
        int readMore() throws IOException {
            return stream.read().readableBytes();
        }

        /** Reads a file to its end. */
        void readFile() throws IOException {
            while (stream.read().isReadable()) {
                // The content does not matter.
            }
        }

        public void ok(SessionChanges changes) throws IOException {
            ok(changes, 0);
        }

        private void ok(SessionChanges changes, int more) throws IOException {
            int status = more | ServerStatus.AUTOCOMMIT | (changes.isEmpty() ? 0 : ServerStatus.SESSION_STATE_CHANGED);
            OkPacket ok = new OkPacket(OkPacket.HEADER, 0, 0, status, 0, new byte[0], changes);
            stream.write(out -> ok.encode(out, CAPABILITIES));
        }

        public void error(ErrPacket error) throws IOException {
            stream.write(error::encode);
            ok(SessionChanges.NONE);
        }

        public void rows(List<String> columns, List<List<String>> rows) throws IOException {
            stream.write(out -> Wire.writeLenencInt(out, columns.size()));
            for (String column : columns) {
                stream.write(ColumnDefinition41.of(column, ColumnType.VAR_STRING, 100, 45, 0)::encode);
            }
            EofPacket eof = new EofPacket(0, ServerStatus.AUTOCOMMIT);
            stream.write(eof::encode);
            for (List<String> row : rows) {
                stream.write(TextRow.of(row.toArray(new @Nullable String[0]))::encode);
            }
            stream.write(eof::encode);
            ok(SessionChanges.NONE);
        }

        public void close() throws IOException {
            stream.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Session session : sessions.values()) {
            session.close();
        }
    }
}
