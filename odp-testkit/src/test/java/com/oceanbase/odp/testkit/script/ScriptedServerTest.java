package com.oceanbase.odp.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedServerTest {

    @Test
    void clientAndServerUnderstandEachOther() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            assertThat(peer.acceptLogin("5.7.25", 7).user()).isEqualTo("u");
            peer.expectQuery("select");
            peer.resultSet(List.of("a", "b"), List.of(List.of("1", "x"), List.of("2", "")));
            peer.expectQuery("bad");
            peer.error(1064, "42000", "no");
            peer.mayEnd();
            peer.awaitClose();
        })) {
            try (RawClient client = RawClient.open("127.0.0.1", server.port(), Login.of("u", "secret"))) {
                assertThat(client.greeting().connectionId()).isEqualTo(7);
                Response rows = client.query("select a, b");
                assertThat(rows.columns()).containsExactly("a", "b");
                assertThat(rows.rows()).containsExactly(List.of("1", "x"), List.of("2", ""));
                assertThat(client.query("bad").error().errno()).isEqualTo(1064);
            }
        }
    }

    @Test
    void brokenScriptFailsTheTest() throws IOException {
        ScriptedServer server = ScriptedServer.start(peer -> {
            peer.acceptLogin("5.7.25", 1);
            peer.expectCommand(0x0E);
        });
        try (RawClient client = RawClient.open("127.0.0.1", server.port(), Login.of("u", ""))) {
            assertThatThrownBy(() -> client.query("select 1")).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(server::close).isInstanceOf(AssertionError.class).hasMessageContaining("expected command");
    }

    @Test
    void followerFindsTheEndsOfResponses() {
        assertThat(kinds(
                        0x03,
                        true,
                        "01",
                        "036465660000000161000c3f00",
                        "fe00000200",
                        "0131",
                        "fe00000200",
                        "0000002200000000"))
                .containsExactly(Kind.COLUMN_COUNT, Kind.COLUMN, Kind.EOF, Kind.ROW, Kind.EOF, Kind.TRAILING_OK);
        assertThat(kinds(0x03, false, "0000000a000000", "000000020000")).containsExactly(Kind.OK, Kind.OK);
        assertThat(kinds(0x16, false, "000100000001000100000000", "03646566", "fe00000200", "03646566", "fe00000200"))
                .containsExactly(Kind.PREPARE_OK, Kind.COLUMN, Kind.EOF, Kind.COLUMN, Kind.EOF);
        assertThat(kinds(0x17, true, "01", "03646566", "fe00004200", "0000002200000000"))
                .containsExactly(Kind.COLUMN_COUNT, Kind.COLUMN, Kind.EOF, Kind.TRAILING_OK);
        assertThat(kinds(0x03, true, "ff280423343230303078", "0000002200000000"))
                .containsExactly(Kind.ERR, Kind.TRAILING_OK);
        assertThat(kinds(0x0E, true, "0000000200000000")).containsExactly(Kind.OK);
        assertThat(new ResponseFollower(0x19, true, false).isDone()).isTrue();
    }

    /** Feeds packets to a follower that must end with the last one and not before. */
    private static List<Kind> kinds(int command, boolean extraOk, String... packets) {
        ResponseFollower follower = new ResponseFollower(command, extraOk, false);
        List<Kind> kinds = new ArrayList<>();
        for (String packet : packets) {
            assertThat(follower.isDone()).isFalse();
            byte[] payload = HexFormat.of().parseHex(packet);
            kinds.add(follower.accept(payload.length, payload, 0));
        }
        assertThat(follower.isDone()).isTrue();
        return kinds;
    }
}
