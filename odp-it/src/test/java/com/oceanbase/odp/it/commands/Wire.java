package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.PrepareOk;
import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tests ask of a response. */
final class Wire {
    private Wire() {}

    /** Packets of a response are numbered from 1 without gap. */
    static Response inOrder(Response response) {
        assertThat(response.packets().stream().map(Packet::sequence).toList())
                .as("sequence numbers of %s", response)
                .isEqualTo(IntStream.rangeClosed(1, response.packets().size())
                        .mapToObj(i -> i & 0xFF)
                        .toList());
        return response;
    }

    /** Sends a command; the answer is complete and well numbered, and nothing is left behind it. */
    static Response ask(RawClient client, byte[] payload) throws IOException {
        Response response = inOrder(client.command(payload));
        assertUsable(client);
        return response;
    }

    static Response ask(RawClient client, int command, String text) throws IOException {
        return ask(client, RawClient.payload(command, text));
    }

    /** The next statement is answered by its own answer. */
    static void assertUsable(RawClient client) throws IOException {
        assertThat(client.socket().hasInput()).as("nothing behind the response").isFalse();
        assertThat(inOrder(client.query("select 4711 as probe")).cell()).isEqualTo("4711");
    }

    /** Kinds of the packets: runs of equal kinds once, the end of rows as END whatever it looks like. */
    static String shape(Response response) {
        StringBuilder shape = new StringBuilder();
        String last = "";
        for (int i = 0; i < response.kinds().size(); i++) {
            String kind = kind(response, i);
            if (!kind.equals(last) || !(kind.equals("ROW") || kind.equals("COLUMN"))) {
                shape.append(shape.isEmpty() ? "" : " ").append(kind);
            }
            last = kind;
        }
        return shape.toString();
    }

    private static String kind(Response response, int index) {
        Kind kind = response.kinds().get(index);
        boolean ends = response.packets().get(index).first() == 0xFE && (kind == Kind.OK || kind == Kind.EOF);
        return ends ? "END" : kind.name();
    }

    /** The shape that a client with DEPRECATE_EOF sees. */
    static String withoutMiddleEnds(String shape) {
        return java.util.Arrays.stream(shape.split(" "))
                .collect(Collectors.joining(" "))
                .replace("COLUMN END ROW", "COLUMN ROW")
                .replace("COLUMN END END", "COLUMN END");
    }

    static PrepareOk prepared(Response response) {
        assertThat(response.kinds().getFirst()).as("%s", response).isEqualTo(Kind.PREPARE_OK);
        return PrepareOk.decode(
                Unpooled.wrappedBuffer(response.packets().getFirst().payload()));
    }

    /** Prepares a statement and returns the client's id of it. */
    static long prepare(RawClient client, String sql) throws IOException {
        return prepared(inOrder(client.command(RawClient.COM_STMT_PREPARE, sql)))
                .statementId();
    }
}
