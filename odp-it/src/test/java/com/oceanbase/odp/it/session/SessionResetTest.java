package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.packet.ChangeUser;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** COM_RESET_CONNECTION, COM_CHANGE_USER and COM_SET_OPTION hold for the session, not for one of its servers. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionResetTest {
    private static final byte[] RESET_CONNECTION = {0x1F};
    private static final byte[] MULTI_STATEMENTS_ON = {0x1B, 0, 0};
    private static final byte[] MULTI_STATEMENTS_OFF = {0x1B, 1, 0};

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    private static void assertForgotten(JournaledClient client, BinaryStatement statement) throws IOException {
        for (int node = 1; node <= 2; node++) {
            client.visit(node);
            assertThat(client.cell("select ifnull(@a, 'none')")).isEqualTo("none");
            assertThat(client.cell("select @@autocommit")).isEqualTo("1");
            assertThat(client.cell("select @@sql_mode")).isNotEqualTo("ANSI_QUOTES");
            assertThat(client.error("execute s").errno()).isEqualTo(1243);
        }
        assertThat(statement.execute().error().errno()).isEqualTo(1243);
    }

    private static BinaryStatement spoil(JournaledClient client) throws IOException {
        client.ok("set @a = 1, autocommit = 0, sql_mode = 'ANSI_QUOTES'");
        client.ok("prepare s from 'select 1'");
        BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select 1");
        client.visit(2, 1);
        statement.rows();
        client.ok("execute s");
        client.visit(2);
        statement.rows();
        client.ok("execute s");
        client.ok("insert into t2(v) values('uncommitted')");
        return statement;
    }

    @Test
    void resetConnectionForgetsEverythingEverywhere() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = spoil(client);
            assertThat(client.raw().command(RESET_CONNECTION).isError()).isFalse();
            assertThat(nodes.rows("t2", "uncommitted")).isZero();
            assertThat(client.cell("select database()")).isEqualTo(nodes.database());
            assertForgotten(client, statement);
        }
    }

    private static byte[] changeUser(String user, String database) {
        ChangeUser change =
                new ChangeUser(user, new byte[0], database, 45, "mysql_native_password", ConnectionAttributes.NONE);
        ByteBuf out = Unpooled.buffer();
        change.encode(out, RawClient.USUAL_CAPABILITIES);
        byte[] payload = new byte[out.readableBytes()];
        out.readBytes(payload);
        return payload;
    }

    @Test
    void changeUserForgetsEverythingEverywhere() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = spoil(client);
            Response answer =
                    client.raw().command(changeUser(nodes.environment().user(), nodes.database()));
            assertThat(answer.isError()).as("%s", answer).isFalse();
            assertThat(nodes.rows("t2", "uncommitted")).isZero();
            assertForgotten(client, statement);
        }
    }

    @Test
    void aRefusedChangeOfUserLeavesTheSessionAsItWas() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 7");
            Response answer = client.raw().command(changeUser("nobody", nodes.database()));
            assertThat(answer.error().errno()).isEqualTo(1045);
            assertThat(client.cell("select @a from t2 where id = 1")).isEqualTo("7");
            assertThat(client.cell("select database()")).isEqualTo(nodes.database());
        }
    }

    @Test
    void changeUserMayLeaveTheDatabase() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            assertThat(client.raw()
                            .command(changeUser(nodes.environment().user(), ""))
                            .isError())
                    .isFalse();
            assertThat(client.cell("select ifnull(database(), 'none')")).isEqualTo("none");
            client.visit(2);
            assertThat(client.cell("select ifnull(database(), 'none')")).isEqualTo("none");
        }
    }

    @Test
    void multiStatementsAreSwitchedOnOnEveryNode() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            assertThat(client.raw().command(MULTI_STATEMENTS_ON).isError()).isFalse();
            assertThat(client.ok("select 1; select 2").rows()).hasSize(2);
            client.ok("select v from t2");
            assertThat(client.replayed(2)).containsExactly("SET_OPTION");
            assertThat(client.ok("select v from t2 where id = 1; select 2").rows())
                    .hasSize(2);
            assertThat(client.raw().command(MULTI_STATEMENTS_OFF).isError()).isFalse();
            client.visit(1);
            assertThat(client.error("select 1; select 2").errno()).isEqualTo(1149);
        }
    }

    @Test
    void severalStatementsInOneTextChangeTheSession() throws IOException {
        try (JournaledClient client = MultiStatements.client(nodes)) {
            client.visit(2, 1);
            client.ok("set @m = 1; set @n = 2; select @m");
            assertThat(client.cell("select concat(@m, @n) from t2 where id = 1"))
                    .isEqualTo("12");
            assertThat(client.replayed(2)).containsExactly("SET @m = 1, @n = 2;");
            assertThat(client.query("set @m = 5; select nosuch from t1; set @m = 6")
                            .isError())
                    .isTrue();
            assertThat(client.cell("select @m from t2 where id = 1")).isEqualTo("5");
        }
    }
}
