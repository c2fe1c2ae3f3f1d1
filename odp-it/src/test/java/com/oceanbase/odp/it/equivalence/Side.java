package com.oceanbase.odp.it.equivalence;

import com.oceanbase.odp.it.session.BinaryStatement;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One side of the comparison: a client with its databases, and its answers as comparable text. Not thread safe. */
final class Side implements AutoCloseable {
    private static final int COM_PING = 0x0E;
    private static final int COM_STMT_PREPARE = 0x16;
    /** Set when a server tells a change of state, which the proxy keeps from clients that have not asked for it. */
    private static final int NOT_COMPARED = ServerStatus.SESSION_STATE_CHANGED;

    private final RawClient client;
    private final String first;
    private final String second;
    private final boolean deprecateEof;
    private final Map<Integer, BinaryStatement> statements = new HashMap<>();

    /**
     * The databases have names of one length on both sides, as lengths are part of what is compared.
     *
     * @param deprecateEof whether the client asks for DEPRECATE_EOF, which not both targets know: how the parts of an
     *     answer are parted is not compared then
     */
    Side(RawClient client, String first, String second, boolean deprecateEof) {
        this.client = client;
        this.deprecateEof = deprecateEof;
        this.first = first;
        this.second = second;
    }

    long connectionId() {
        return client.greeting().connectionId();
    }

    /** Status flags of the session, as its server tells them. */
    int status() throws IOException {
        return client.command(new byte[] {COM_PING}).ok().status();
    }

    /** Everything of the answer to a request but what differs between the sides. */
    String answer(Step.Request request) throws IOException {
        return switch (request) {
            case Step.Query query -> describe(client.query(named(query.sql())));
            case Step.Command command -> {
                if (command.code() != COM_PING) {
                    statements.clear();
                }
                yield describe(client.command(new byte[] {(byte) command.code()}));
            }
            case Step.UseDatabase use -> describe(client.command(RawClient.COM_INIT_DB, named(use.name())));
            case Step.Prepare prepare -> prepare(prepare);
            case Step.Execute execute -> {
                BinaryStatement statement = statements.get(execute.slot());
                yield statement == null
                        ? ""
                        : describe(statement.execute(execute.values().toArray(new String[0])));
            }
            case Step.ExecuteLong execute -> executeLong(execute);
            case Step.Fetch fetch -> fetch(fetch);
            case Step.ResetStatement reset -> {
                BinaryStatement statement = statements.get(reset.slot());
                yield statement == null ? "" : describe(statement.reset());
            }
            case Step.Close close -> {
                close(statements.remove(close.slot()));
                yield "";
            }
        };
    }

    private String prepare(Step.Prepare prepare) throws IOException {
        close(statements.remove(prepare.slot()));
        Response response = client.command(COM_STMT_PREPARE, named(prepare.sql()));
        if (!response.isError()) {
            statements.put(prepare.slot(), BinaryStatement.of(client, response));
        }
        return describe(response);
    }

    private static void close(@Nullable BinaryStatement statement) throws IOException {
        if (statement != null) {
            statement.close();
        }
    }

    private String executeLong(Step.ExecuteLong execute) throws IOException {
        BinaryStatement statement = statements.get(execute.slot());
        if (statement == null || statement.parameters() == 0) {
            return "";
        }
        statement.longData(0, execute.value());
        statement.longData(0, execute.value());
        return describe(statement.execute("\0"));
    }

    private String fetch(Step.Fetch fetch) throws IOException {
        BinaryStatement statement = statements.get(fetch.slot());
        if (statement == null) {
            return "";
        }
        Response opened = statement.execute(BinaryStatement.READ_ONLY_CURSOR, "1");
        String answer = describe(opened);
        if (!opened.kinds().contains(Kind.COLUMN)) {
            return answer;
        }
        return answer
                + describe(statement.fetch(fetch.rows()))
                + describe(statement.fetch(100))
                + describe(statement.reset());
    }

    private String describe(Response response) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < response.packets().size(); i++) {
            byte[] payload = response.packets().get(i).payload();
            if (deprecateEof
                    && i > 0
                    && endsColumns(response.kinds().get(i - 1), response.kinds().get(i), payload)) {
                continue;
            }
            Kind kind = isEnd(response.kinds().get(i), payload)
                    ? Kind.EOF
                    : response.kinds().get(i);
            text.append(kind).append(' ');
            switch (kind) {
                case OK -> ok(text, OkPacket.decode(Unpooled.wrappedBuffer(payload), response.capabilities()));
                case ERR -> error(text, ErrPacket.decode(Unpooled.wrappedBuffer(payload)));
                case EOF -> eof(text, payload, response.capabilities());
                case COLUMN -> column(text, ColumnDefinition41.decode(Unpooled.wrappedBuffer(payload)));
                case PREPARE_OK -> text.append(printable(Arrays.copyOfRange(payload, 5, payload.length)));
                default -> text.append(printable(payload));
            }
            text.append('\n');
        }
        return common(text.toString());
    }

    private static void ok(StringBuilder text, OkPacket ok) {
        text.append(ok.affectedRows())
                .append(' ')
                .append(ok.lastInsertId())
                .append(" status ")
                .append(ok.status() & ~NOT_COMPARED)
                .append(" warnings ")
                .append(ok.warnings())
                .append(' ')
                .append(printable(ok.info()));
    }

    /** What the kernel finds for an expression, but its type, depends on which plan it has in its cache. */
    private static void column(StringBuilder text, ColumnDefinition41 column) {
        if (!column.originalTable().isEmpty()) {
            text.append(column);
        } else {
            text.append(column.name()).append(' ').append(column.type());
        }
    }

    private static void error(StringBuilder text, ErrPacket error) {
        text.append(error.errno())
                .append(' ')
                .append(error.sqlState())
                .append(' ')
                .append(error.message());
    }

    /** Whether an EOF is one that DEPRECATE_EOF leaves out; the one that tells of a cursor stays. */
    private static boolean endsColumns(Kind before, Kind kind, byte[] payload) {
        return before == Kind.COLUMN && kind == Kind.EOF && (payload[3] & ServerStatus.CURSOR_EXISTS) == 0;
    }

    private static boolean isEnd(Kind kind, byte[] payload) {
        return kind == Kind.OK && payload[0] == (byte) OkPacket.EOF_HEADER;
    }

    /** An EOF packet, or the OK that has taken its place. */
    private static void eof(StringBuilder text, byte[] payload, long capabilities) {
        int warnings = payload[1] & 0xFF | (payload[2] & 0xFF) << 8;
        int status = payload[3] & 0xFF | (payload[4] & 0xFF) << 8;
        if (payload.length > 5) {
            OkPacket ok = OkPacket.decode(Unpooled.wrappedBuffer(payload), capabilities);
            warnings = ok.warnings();
            status = ok.status();
        }
        text.append("status ")
                .append(status & ~NOT_COMPARED)
                .append(" warnings ")
                .append(warnings);
    }

    /** Bytes as printable text. */
    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b >= ' ' && b < 0x7F) {
                text.append((char) b);
            } else {
                text.append(String.format("<%02x>", b));
            }
        }
        return text.toString();
    }

    private String named(String sql) {
        return sql.replace("$1", first).replace("$2", second);
    }

    private String common(String text) {
        return text.replace(first, "$1").replace(second, "$2");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
