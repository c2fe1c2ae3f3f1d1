package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.packet.PrepareOk;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The binary protocol packet by packet: statement ids, types bound once, long data, cursors. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class PreparedWireTest {
    private static final int NOT_FOUND = 1243;
    private static final int CURSOR_EXISTS = 0x40;
    private static final int LAST_ROW_SENT = 0x80;

    private static String database = "";

    @BeforeAll
    static void makeTables(Environment environment) {
        database = environment.newDatabase();
        environment.cluster().sql(database, "create table t(a int primary key, b longblob)");
        environment.cluster().sql(database, "insert into t(a) values(1), (2), (3), (4), (5), (6), (7), (8), (9), (10)");
    }

    private static RawClient client(Environment environment, ClientKind kind) throws IOException {
        return environment
                .proxy()
                .raw(Login.of(environment.user(), "")
                        .withCapabilities(kind.capabilities())
                        .withDatabase(database));
    }

    @ParameterizedTest
    @EnumSource
    void definitionsAreCompleteAndIdsNew(ClientKind kind, Environment environment) throws IOException {
        try (RawClient client = client(environment, kind)) {
            Set<Long> ids = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                PrepareOk ok =
                        Wire.prepared(Wire.ask(client, RawClient.COM_STMT_PREPARE, "select a, b from t where a = ?"));
                assertThat(ok.columns()).isEqualTo(2);
                assertThat(ok.parameters()).isEqualTo(1);
                assertThat(ids.add(ok.statementId())).as("a new id").isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void typesAreBoundOnce(ClientKind kind, Environment environment) throws IOException {
        try (RawClient client = client(environment, kind)) {
            long id = Wire.prepare(client, "select a from t where a = ?");
            for (int value = 1; value <= 3; value++) {
                Response rows = Wire.ask(
                        client, Payloads.execute(id, value == 1, Payloads.TYPE_LONG, Payloads.intValue(value)));
                assertThat(rows.rows()).as("%s", rows).hasSize(1);
            }
        }
    }

    @Test
    void closedStatementIsGoneAndOthersStay(Environment environment) throws IOException {
        try (RawClient client = client(environment, ClientKind.PLAIN)) {
            long first = Wire.prepare(client, "select 1 from t where a = 1");
            long second = Wire.prepare(client, "select 2 from t where a = 1");
            client.send(Payloads.statement(Payloads.COM_STMT_CLOSE, first).toBytes());
            assertThat(Wire.ask(client, Payloads.execute(first, 0)).error().errno())
                    .isEqualTo(NOT_FOUND);
            assertThat(Wire.ask(client, Payloads.execute(second, 0)).isError()).isFalse();
        }
    }

    @Test
    void statementOfAnotherSessionIsUnknown(Environment environment) throws IOException {
        try (RawClient one = client(environment, ClientKind.PLAIN);
                RawClient other = client(environment, ClientKind.PLAIN)) {
            long id = Wire.prepare(one, "select 1");
            assertThat(Wire.ask(other, Payloads.execute(id, 0)).error().errno()).isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void failedPrepareLeavesNothing(Environment environment) throws IOException {
        try (RawClient client = client(environment, ClientKind.PLAIN)) {
            assertThat(Wire.ask(client, RawClient.COM_STMT_PREPARE, "select nothing from nowhere")
                            .isError())
                    .isTrue();
            long id = Wire.prepare(client, "select 5 from t where a = 1");
            assertThat(Wire.ask(client, Payloads.execute(id, 0)).isError()).isFalse();
        }
    }

    @Test
    void longDataIsPutTogether(Environment environment) throws IOException {
        try (RawClient client = client(environment, ClientKind.PLAIN)) {
            long id = Wire.prepare(client, "update t set b = ? where a = 5");
            for (int i = 0; i < 10; i++) {
                byte[] piece = new byte[100_000];
                java.util.Arrays.fill(piece, (byte) ('a' + i));
                client.send(Payloads.longData(id, 0, piece));
            }
            byte[] noValue = {};
            assertThat(Wire.ask(client, Payloads.execute(id, true, Payloads.TYPE_BLOB, noValue))
                            .isOk())
                    .isTrue();
            assertThat(client.query("select length(b), substr(b, 100000, 2) from t where a = 5")
                            .rows())
                    .containsExactly(java.util.List.of("1000000", "ab"));
        }
    }

    @Test
    void resetForgetsLongData(Environment environment) throws IOException {
        try (RawClient client = client(environment, ClientKind.PLAIN)) {
            long id = Wire.prepare(client, "update t set b = ? where a = 6");
            client.send(Payloads.longData(id, 0, "forgotten".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(Wire.ask(
                                    client,
                                    Payloads.statement(Payloads.COM_STMT_RESET, id)
                                            .toBytes())
                            .isOk())
                    .isTrue();
            byte[] kept = Payloads.textValue("kept");
            Response updated = Wire.ask(client, Payloads.execute(id, true, Payloads.TYPE_VAR_STRING, kept));
            assertThat(updated.isOk()).as("%s", updated).isTrue();
            assertThat(client.query("select b from t where a = 6").cell()).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @EnumSource
    void cursorsGiveTheirRowsInPieces(ClientKind kind, Environment environment) throws IOException {
        try (RawClient client = client(environment, kind)) {
            long id = Wire.prepare(client, "select a from t order by a");
            Response opened = Wire.ask(client, Payloads.execute(id, Payloads.CURSOR_READ_ONLY));
            assertThat(opened.isError()).as("%s", opened).isFalse();
            assertThat(status(opened) & CURSOR_EXISTS).isEqualTo(CURSOR_EXISTS);
            int rows = 0;
            int status = 0;
            while ((status & LAST_ROW_SENT) == 0) {
                Response fetched = Wire.ask(client, Payloads.fetch(id, 3));
                assertThat(fetched.isError()).as("%s", fetched).isFalse();
                rows += fetched.packets().size() - 1;
                status = status(fetched);
                assertThat(rows).isLessThanOrEqualTo(10);
            }
            assertThat(rows).isEqualTo(10);
            Wire.ask(client, Payloads.statement(Payloads.COM_STMT_RESET, id).toBytes());
            assertThat(Wire.ask(client, Payloads.fetch(id, 3)).isError()).isTrue();
        }
    }

    /** Status flags of the packet that ends a response. */
    private static int status(Response response) {
        byte[] last = response.packets().getLast().payload();
        return (last[3] & 0xFF) | (last[4] & 0xFF) << 8;
    }

    @Test
    void fetchWithoutCursorIsRefused(Environment environment) throws IOException {
        try (RawClient client = client(environment, ClientKind.PLAIN)) {
            long id = Wire.prepare(client, "select a from t order by a");
            assertThat(Wire.ask(client, Payloads.fetch(id, 3)).error().errno()).isEqualTo(6309);
        }
    }

    @Test
    void severalCursorsAreOpenAtOnce(Environment environment) throws IOException {
        try (RawClient client = client(environment, ClientKind.PLAIN)) {
            long up = Wire.prepare(client, "select a from t order by a");
            long down = Wire.prepare(client, "select a from t order by a desc");
            Wire.ask(client, Payloads.execute(up, Payloads.CURSOR_READ_ONLY));
            Wire.ask(client, Payloads.execute(down, Payloads.CURSOR_READ_ONLY));
            assertThat(binaryInt(Wire.ask(client, Payloads.fetch(up, 1)))).isEqualTo(1);
            assertThat(binaryInt(Wire.ask(client, Payloads.fetch(down, 1)))).isEqualTo(10);
            assertThat(binaryInt(Wire.ask(client, Payloads.fetch(up, 1)))).isEqualTo(2);
            assertThat(binaryInt(Wire.ask(client, Payloads.fetch(down, 1)))).isEqualTo(9);
        }
    }

    /** The INT that is the only column of a binary row. */
    private static int binaryInt(Response response) {
        byte[] row = response.packets().getFirst().payload();
        return row[2] & 0xFF;
    }
}
