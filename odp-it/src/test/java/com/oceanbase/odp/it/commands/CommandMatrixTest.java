package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each command of the protocol, by clients that can do different things: answered once, completely, in order. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class CommandMatrixTest {
    private static final int NOT_SUPPORTED = 1235;

    /** A command and the shape of its answer for a client without DEPRECATE_EOF; errors as {@code ERR number}. */
    private record Row(int code, byte[] payload, String shape) {
        static Row text(int code, String argument, String shape) {
            return new Row(code, RawClient.payload(code, argument), shape);
        }

        static Row refused(int code) {
            return text(code, "", "ERR " + NOT_SUPPORTED);
        }
    }

    private static List<Row> rows(String database) {
        String rows = "COLUMN_COUNT COLUMN END ROW END";
        return List.of(
                Row.refused(0x00),
                Row.text(0x02, database, "OK"),
                Row.text(0x02, "no_such_database", "ERR 1049"),
                Row.text(0x03, "select a, b from t order by a", rows),
                Row.text(0x03, "select a from t where a < 0", "COLUMN_COUNT COLUMN END END"),
                Row.text(0x03, "replace into t values(1000, 'x')", "OK"),
                Row.text(0x03, "delete from t where a = 1000", "OK"),
                Row.text(0x03, "selec", "ERR 1064"),
                Row.text(0x03, "select * from no_such_table", "ERR 1146"),
                Row.text(0x04, "t\0", "COLUMN END"),
                Row.refused(0x05),
                Row.refused(0x06),
                Row.text(0x07, "\4", "OK"),
                Row.refused(0x08),
                Row.text(0x09, "", "TEXT"),
                Row.text(0x0A, "", rows),
                Row.refused(0x0B),
                new Row(0x0C, Payloads.command(0x0C).int4(0x3FFFFF).toBytes(), "ERR 1094"),
                Row.text(0x0D, "", "END"),
                Row.text(0x0E, "", "OK"),
                Row.refused(0x0F),
                Row.refused(0x10),
                Row.refused(0x12),
                Row.refused(0x13),
                Row.refused(0x14),
                Row.refused(0x15),
                Row.text(0x16, "select a from t where a = ?", "PREPARE_OK COLUMN END COLUMN END"),
                Row.text(0x16, "delete from t where a = -1", "PREPARE_OK"),
                Row.text(0x16, "selec", "ERR 1064"),
                new Row(0x17, Payloads.execute(77, 0), "ERR 1243"),
                new Row(0x1A, Payloads.statement(0x1A, 77).toBytes(), "ERR 1243"),
                new Row(0x1B, Payloads.command(0x1B).int2(0).toBytes(), "END|OK"),
                new Row(0x1B, Payloads.command(0x1B).int2(1).toBytes(), "END|OK"),
                new Row(0x1C, Payloads.fetch(77, 1), "ERR 6309|ERR 1243"),
                Row.refused(0x1D),
                Row.refused(0x1E),
                Row.text(0x1F, "", "OK"),
                Row.refused(0x20),
                Row.refused(0x55),
                Row.refused(0xA0),
                Row.text(0xA1, "\0\0\0\0", "ERR " + NOT_SUPPORTED),
                Row.text(0xA2, "\0\0\0\0", "ERR " + NOT_SUPPORTED),
                Row.text(0xA3, "\0\0\0\0", "ERR " + NOT_SUPPORTED),
                Row.refused(0xFF));
    }

    @TestFactory
    Stream<DynamicContainer> everyCommandIsAnswered(Environment environment) {
        String database = environment.newDatabase();
        environment.cluster().sql(database, "create table t(a int primary key, b varchar(20))");
        environment.cluster().sql(database, "insert into t values(1, 'one'), (2, null), (3, '')");
        return Stream.of(ClientKind.values())
                .map(kind -> DynamicContainer.dynamicContainer(
                        kind.name(), rows(database).stream().map(row -> test(environment, database, kind, row))));
    }

    private static DynamicTest test(Environment environment, String database, ClientKind kind, Row row) {
        CommandCode command = CommandCode.of(row.code());
        String name = "0x%02x %s → %s".formatted(row.code(), command == null ? "?" : command.name(), row.shape());
        return DynamicTest.dynamicTest(name, () -> {
            try (RawClient client = login(environment, database, kind)) {
                Response response = Wire.ask(client, row.payload());
                assertShape(response, kind, row.shape());
                // Once more: the first answer left nothing behind.
                assertShape(Wire.ask(client, row.payload()), kind, row.shape());
            }
        });
    }

    private static RawClient login(Environment environment, String database, ClientKind kind) throws IOException {
        return environment
                .proxy()
                .raw(RawClient.Login.of(environment.user(), "")
                        .withCapabilities(kind.capabilities())
                        .withDatabase(database));
    }

    private static void assertShape(Response response, ClientKind kind, String expected) {
        String shape = response.isError() ? "ERR " + response.error().errno() : Wire.shape(response);
        assertThat(List.of(expected.split("\\|")))
                .as("%s", response)
                .anySatisfy(one ->
                        assertThat(shape).isEqualTo(kind.has(Capabilities.DEPRECATE_EOF) ? withoutEofs(one) : one));
    }

    /** Definitions are followed by an EOF only where nothing else follows. */
    private static String withoutEofs(String shape) {
        return shape.startsWith("PREPARE_OK")
                ? shape.replace(" END", "").replace("COLUMN COLUMN", "COLUMN")
                : Wire.withoutMiddleEnds(shape);
    }

    @Test
    void quitIsNotAnswered(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            client.send(new byte[] {RawClient.COM_QUIT});
            assertThat(client.socket().readOrEnd()).as("the proxy closes").isNull();
        }
    }

    @Test
    void closeOfUnknownStatementIsNotAnswered(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            client.send(Payloads.statement(Payloads.COM_STMT_CLOSE, 99).toBytes());
            Wire.assertUsable(client);
        }
    }

    @Test
    void longDataForUnknownStatementIsNotAnswered(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            client.send(Payloads.longData(99, 0, new byte[100]));
            Wire.assertUsable(client);
        }
    }
}
