package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.ob20.ExtraInfoType;
import com.oceanbase.odp.protocol.ob20.FeedbackType;
import com.oceanbase.odp.protocol.ob20.Ob20Flags;
import com.oceanbase.odp.protocol.ob20.TypedValue;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ColumnType;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.TextRow;
import com.oceanbase.odp.protocol.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Links that speak OceanBase 2.0; what is the same over plain MySQL is tested elsewhere. */
class Ob20LinkTest {
    private static final Map<String, String> ON = Map.of("enable_ob_protocol_v2", "true", "enable_reroute", "true");

    private final BlockingQueue<Integer> flags = new LinkedBlockingQueue<>();

    private ScriptedServer.Answer notingFlags() {
        return session -> {
            flags.add(session.requestFlags());
            session.ok(SessionChanges.NONE);
        };
    }

    private static byte[] locked(boolean held) {
        TypedValue item = TypedValue.of(FeedbackType.IS_LOCK_SESSION.code(), held ? "1" : "0");
        return TypedValue.encode(List.of(TypedValue.of(ExtraInfoType.FEEDBACK_PROXY_INFO.code(), List.of(item))));
    }

    @Test
    void requestsSayWhatServersMayDo() throws IOException, InterruptedException {
        try (ProxyHarness proxy = new ProxyHarness(2, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("insert", notingFlags());
            proxy.server(1).when("insert", notingFlags());
            assertThat(client.query("insert into t0 values (1)").isSuccess()).isTrue();
            assertThat(client.query("insert into t1 values (1)").isSuccess()).isTrue();
            assertThat(client.query("insert into t1 values (2)").isSuccess()).isTrue();
            assertThat(client.query("insert into t1 values (3) /*" + "x".repeat(3 << 20) + "*/")
                            .isSuccess())
                    .isTrue();
            assertThat(flags.take() & ~Ob20Flags.EXTRA_INFO & ~Ob20Flags.NEW_EXTRA_INFO)
                    .isEqualTo(Ob20Flags.LAST_PACKET | Ob20Flags.PROXY_REROUTE);
            assertThat(flags.take())
                    .isEqualTo(Ob20Flags.LAST_PACKET | Ob20Flags.PROXY_REROUTE | Ob20Flags.PROXY_SWITCH_ROUTE);
            assertThat(flags.take()).isEqualTo(Ob20Flags.LAST_PACKET | Ob20Flags.PROXY_REROUTE);
            assertThat(flags.take()).isEqualTo(Ob20Flags.LAST_PACKET);
        }
    }

    @Test
    void plainMysqlIsSpokenUnlessItIsSwitchedOn() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, Map.of("enable_ob_protocol_v2", "false"));
                WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void aDamagedAnswerClosesTheLinkAndTheClientIsTold() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("update", session -> {
                session.damageFrames();
                session.ok(SessionChanges.NONE);
            });
            WireClient.Result failed = client.query("update t0 set a = 1");
            assertThat(failed.isSuccess()).isFalse();
            assertThat(failed.message()).contains("checksum");
            assertThat(client.query("insert into t0 values (1)").isSuccess()).isTrue();
        }
    }

    @Test
    void aResultThatIsDamagedOnTheWayEndsInAnError() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("select a", session -> {
                session.raw(out -> Wire.writeLenencInt(out, 1));
                session.raw(ColumnDefinition41.of("a", ColumnType.VAR_STRING, 100, 45, 0)::encode);
                session.raw(new EofPacket(0, ServerStatus.AUTOCOMMIT)::encode);
                session.raw(TextRow.of("1")::encode);
                session.damageFrames();
                session.raw(TextRow.of("2")::encode);
            });
            WireClient.Result failed = client.query("select a from t0");
            assertThat(failed.message()).contains("checksum");
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void theSessionStaysWhereTheServerHoldsALock() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("update", session -> {
                session.extraInfo(locked(true));
                session.ok(SessionChanges.NONE);
            });
            proxy.server(0).when("delete", session -> {
                session.extraInfo(locked(false));
                session.ok(SessionChanges.NONE);
            });
            assertThat(client.query("update t0 set a = 1").isSuccess()).isTrue();
            assertThat(client.query("insert into t1 values (1)").isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).contains("insert into t1 values (1)");
            assertThat(client.query("delete from t0").isSuccess()).isTrue();
            assertThat(client.query("insert into t1 values (2)").isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).contains("insert into t1 values (2)");
        }
    }

    @Test
    void aFileIsPartOfItsRequest() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, ON);
                WireClient client = proxy.connect("u@t#c", "", Capabilities.LOCAL_FILES)) {
            proxy.server(0).when("load data", session -> {
                session.raw(out -> out.writeByte(0xFB).writeByte('f'));
                session.readFile();
                session.ok(SessionChanges.NONE);
            });
            client.send(0x03, "load data local infile 'f' into table t0".getBytes(StandardCharsets.UTF_8));
            assertThat(client.packet().readUnsignedByte()).isEqualTo((short) 0xFB);
            for (int i = 0; i < 300; i++) {
                client.answer(new byte[1000]);
            }
            client.answer();
            assertThat(client.receive().isSuccess()).isTrue();
            assertThat(client.query("insert into t0 values (1)").isSuccess()).isTrue();
        }
    }
}
