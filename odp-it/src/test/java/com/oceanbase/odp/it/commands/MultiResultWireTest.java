package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.Response;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests with several results: multi-statements, procedures, local files. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class MultiResultWireTest {
    private static String database = "";

    @BeforeAll
    static void makeTables(Environment environment) {
        database = environment.newDatabase();
        environment.cluster().sql(database, "create table t(a int primary key, b varchar(100))");
        environment.cluster().sql(database, "create table f(a int primary key, b varchar(100))");
        environment.cluster().sql(database, "create procedure p(in n int) begin select n; select n + 1, n + 2; end");
    }

    private static RawClient client(Environment environment, long capabilities) throws IOException {
        return environment
                .proxy()
                .raw(Login.of(environment.user(), "")
                        .withCapabilities(capabilities)
                        .withDatabase(database));
    }

    @ParameterizedTest
    @EnumSource(names = {"MULTI_STATEMENTS", "MODERN"})
    void everyStatementIsAnsweredInOrder(ClientKind kind, Environment environment) throws IOException {
        try (RawClient client = client(environment, kind.capabilities())) {
            Response response = Wire.ask(
                    client,
                    RawClient.COM_QUERY,
                    "replace into t values(1, 'x'); select 1; select 2, 3; delete from t where a = 1; select 4");
            assertThat(response.isError()).as("%s", response).isFalse();
            assertThat(response.rows()).isEqualTo(List.of(List.of("1"), List.of("2", "3"), List.of("4")));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MULTI_STATEMENTS", "MODERN"})
    void errorEndsTheStatements(ClientKind kind, Environment environment) throws IOException {
        try (RawClient client = client(environment, kind.capabilities())) {
            Response response = Wire.ask(client, RawClient.COM_QUERY, "select 1; select * from no_table; select 2");
            assertThat(response.error().errno()).isEqualTo(1146);
            assertThat(response.rows()).isEqualTo(List.of(List.of("1")));
        }
    }

    @Test
    void optionSwitchesMultiStatementsForTheSession(Environment environment) throws IOException {
        try (RawClient client = client(environment, ClientKind.PLAIN.capabilities())) {
            byte[] on = Payloads.command(Payloads.COM_SET_OPTION).int2(0).toBytes();
            byte[] off = Payloads.command(Payloads.COM_SET_OPTION).int2(1).toBytes();
            assertThat(Wire.ask(client, on).isError()).isFalse();
            assertThat(Wire.ask(client, RawClient.COM_QUERY, "select 1; select 2")
                            .rows())
                    .hasSize(2);
            assertThat(Wire.ask(client, off).isError()).isFalse();
            assertThat(Wire.ask(client, RawClient.COM_QUERY, "select 1; select 2")
                            .isError())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void proceduresGiveAllTheirResults(ClientKind kind, Environment environment) throws IOException {
        try (RawClient client = client(environment, kind.capabilities())) {
            Response response = Wire.ask(client, RawClient.COM_QUERY, "call p(5)");
            assertThat(response.isError()).as("%s", response).isFalse();
            assertThat(response.rows()).isEqualTo(List.of(List.of("5"), List.of("6", "7")));
            assertThat(response.kinds().getLast()).isEqualTo(Kind.OK);
        }
    }

    @Test
    void fileIsAskedForAndTaken(Environment environment) throws IOException {
        long capabilities = ClientKind.PLAIN.capabilities() | Capabilities.LOCAL_FILES;
        try (RawClient client = client(environment, capabilities)) {
            Response asked = client.query("load data local infile 'some.file' into table f fields terminated by ','");
            assertThat(asked.kinds()).as("%s", asked).containsExactly(Kind.LOCAL_INFILE);
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                rows.append(i).append(",row ").append(i).append('\n');
            }
            byte[] content = rows.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int middle = content.length / 2;
            client.socket().write(2, java.util.Arrays.copyOf(content, middle));
            client.socket().write(3, java.util.Arrays.copyOfRange(content, middle, content.length));
            client.socket().write(4, new byte[0]);
            Response done = client.readResponse(RawClient.COM_QUERY);
            assertThat(done.isOk()).as("%s", done).isTrue();
            assertThat(done.packets().getFirst().sequence()).isEqualTo(5);
            assertThat(done.ok().affectedRows()).isEqualTo(5_000);
            Wire.assertUsable(client);
            assertThat(client.query("select count(*) from f").cell()).isEqualTo("5000");
        }
    }

    /** The answer to a file that the client does not send, and then usable. */
    @Test
    void refusedFileIsAnsweredAndTheSessionGoesOn(Environment environment) throws IOException {
        long capabilities = ClientKind.PLAIN.capabilities() | Capabilities.LOCAL_FILES;
        try (RawClient client = client(environment, capabilities)) {
            Response asked = client.query("load data local infile 'no.file' into table t");
            assertThat(asked.kinds()).as("%s", asked).containsExactly(Kind.LOCAL_INFILE);
            client.socket().write(2, new byte[0]);
            Response done = client.readResponse(RawClient.COM_QUERY);
            assertThat(done.packets().getFirst().sequence()).isEqualTo(3);
            Wire.assertUsable(client);
        }
    }

    @Test
    void clientThatCannotSendFilesIsNotAsked(Environment environment) throws IOException {
        long capabilities = ClientKind.PLAIN.capabilities() & ~Capabilities.LOCAL_FILES;
        try (RawClient client = client(environment, capabilities)) {
            Response answer = client.query("load data local infile 'no.file' into table t");
            assertThat(answer.kinds()).as("%s", answer).containsExactly(Kind.ERR);
            Wire.assertUsable(client);
        }
    }
}
