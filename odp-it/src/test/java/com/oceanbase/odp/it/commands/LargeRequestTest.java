package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.script.PacketSocket;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests around the sizes at which something changes: what is kept whole, one packet, max_allowed_packet. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class LargeRequestTest {
    private static final int MAX_PAYLOAD = 0xFFFFFF;
    private static final int TOO_LARGE = 1153;
    private static final int SYNTAX = 1064;

    /** A statement of exactly this payload length that counts the characters of a literal. */
    private static byte[] statement(int payloadLength) {
        byte[] payload = new byte[payloadLength];
        Arrays.fill(payload, (byte) 'x');
        byte[] head = "\3select length('".getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "')".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, payload, 0, head.length);
        System.arraycopy(tail, 0, payload, payloadLength - tail.length, tail.length);
        return payload;
    }

    private static int literalLength(int payloadLength) {
        return payloadLength - "\3select length('')".length();
    }

    @ParameterizedTest
    @ValueSource(ints = {4_000, 4_096, 8_187, 8_188, 8_189, 8_192, 8_193, 65_536, 1_000_000})
    void statementsOfAnySizeAreExecutedOnce(int length, Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            assertThat(Wire.ask(client, statement(length)).cell()).isEqualTo(Integer.toString(literalLength(length)));
        }
    }

    /** As max_allowed_packet has it; the kernel's own parser gives up earlier on literals this long, so both may answer. */
    @ParameterizedTest
    @ValueSource(ints = {15 << 20, MAX_PAYLOAD - 1})
    void statementsBelowOnePacketReachTheServer(int length, Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            client.query("set @@session.ob_query_timeout = 60000000");
            Response response = Wire.ask(client, statement(length));
            if (response.isError()) {
                assertThat(response.error().errno()).isIn(TOO_LARGE, SYNTAX, 4013, 4016);
            } else {
                assertThat(response.cell()).isEqualTo(Integer.toString(literalLength(length)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_PAYLOAD, MAX_PAYLOAD + 1, 20 << 20, 40 << 20})
    void statementsBeyondTheLimitAreRefusedAndTheSessionGoesOn(int length, Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            Response response = client.command(statement(length));
            assertThat(response.isError()).as("%s", response).isTrue();
            assertThat(response.error().errno()).isEqualTo(TOO_LARGE);
            Wire.assertUsable(client);
        }
    }

    @Test
    void packetsOfOneRequestMayComeInAnyPieces(Environment environment) throws IOException {
        byte[] frames = PacketSocket.frames(0, statement(300_000));
        try (RawClient client = environment.raw()) {
            for (int at = 0; at < frames.length; at += 7_777) {
                client.socket().writeRaw(Arrays.copyOfRange(frames, at, Math.min(frames.length, at + 7_777)));
            }
            assertThat(Wire.inOrder(client.readResponse(RawClient.COM_QUERY)).cell())
                    .isEqualTo(Integer.toString(literalLength(300_000)));
        }
    }

    @Test
    void refusedRequestsDoNotEatWhatFollowsThem(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    client.send(statement(18 << 20));
                    client.send(RawClient.payload(RawClient.COM_QUERY, "select 'next'"));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(client.readResponse(RawClient.COM_QUERY).error().errno()).isEqualTo(TOO_LARGE);
            assertThat(client.readResponse(RawClient.COM_QUERY).cell()).isEqualTo("next");
            writer.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void largeExecutesAreStreamed(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            long id = Wire.prepare(client, "select length(?)");
            byte[] text = new byte[2_000_000];
            Arrays.fill(text, (byte) 'y');
            byte[] value = Payloads.command(0xFD)
                    .int2(text.length & 0xFFFF)
                    .int1(text.length >> 16)
                    .raw(text)
                    .toBytes();
            Response response = Wire.ask(client, Payloads.execute(id, true, Payloads.TYPE_VAR_STRING, value));
            assertThat(response.isError()).as("%s", response).isFalse();
            // The types were told with the large request: a server must remember them for the small one.
            Response again = Wire.ask(client, Payloads.execute(id, false, 0, Payloads.textValue("abc")));
            assertThat(again.isError()).as("%s", again).isFalse();
        }
    }
}
