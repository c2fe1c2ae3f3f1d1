package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.script.PacketSocket;
import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no driver sends: an error for each, and no hang; nobody else is disturbed. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class MalformedRequestTest {
    @Test
    void emptyPacketIsAnsweredByAnError(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            client.send(new byte[0]);
            Packet answer = client.socket().read();
            assertThat(answer.first()).isEqualTo(0xFF);
            Wire.assertUsable(client);
        }
    }

    /** The answer goes on from the number that the client sent, as MySQL's does where it answers at all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 254, 255})
    void unusualSequenceNumberIsContinued(int sequence, Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            client.socket().write(sequence, RawClient.payload(RawClient.COM_QUERY, "select 1"));
            Packet first = client.socket().readOrEnd();
            if (first == null) {
                return;
            }
            assertThat(first.sequence()).isEqualTo(sequence + 1 & 0xFF);
        }
    }

    @Test
    void truncatedExecutesAreErrors(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            long id = Wire.prepare(client, "select ? + 1");
            byte[] whole = Payloads.execute(id, true, Payloads.TYPE_LONG, Payloads.intValue(41));
            for (int length = 1; length < 5; length++) {
                Response response = Wire.ask(client, java.util.Arrays.copyOf(whole, length));
                assertThat(response.isError())
                        .as("%d bytes: %s", length, response)
                        .isTrue();
            }
            Response response = Wire.ask(client, whole);
            assertThat(response.isError()).as("%s", response).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x17, 0x1A, 0x1C})
    void statementCommandsWithoutIdAreErrors(int code, Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            assertThat(Wire.ask(client, new byte[] {(byte) code}).isError()).isTrue();
            assertThat(Wire.ask(client, new byte[] {(byte) code, 1, 0}).isError())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x18, 0x19})
    void silentCommandsWithoutIdAreIgnored(int code, Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            client.send(new byte[] {(byte) code});
            client.send(new byte[] {(byte) code, 1, 0});
            Wire.assertUsable(client);
        }
    }

    @Test
    void shortOptionIsAnError(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            assertThat(Wire.ask(client, new byte[] {0x1B}).isError()).isTrue();
        }
    }

    @Test
    void shortKillIsAnError(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            assertThat(Wire.ask(client, new byte[] {0x0C, 1}).isError()).isTrue();
        }
    }

    @Test
    void emptyChangeOfUserIsAnErrorAndKeepsTheSession(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            assertThat(Wire.ask(client, new byte[] {0x11}).isError()).isTrue();
        }
    }

    @Test
    void emptyStatementsAreErrorsOfTheServer(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            assertThat(Wire.ask(client, RawClient.COM_QUERY, "").error().errno())
                    .isEqualTo(1065);
            assertThat(Wire.ask(client, RawClient.COM_QUERY, "   ").error().errno())
                    .isEqualTo(1065);
        }
    }

    @Test
    void requestsInOneSegmentAreAnsweredOneByOne(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            byte[][] requests = {
                RawClient.payload(RawClient.COM_QUERY, "select 1"),
                {Payloads.COM_PING},
                RawClient.payload(RawClient.COM_QUERY, "selec"),
                RawClient.payload(RawClient.COM_QUERY, "select 2"),
                {Payloads.COM_STATISTICS},
                RawClient.payload(RawClient.COM_QUERY, "select 3")
            };
            java.io.ByteArrayOutputStream segment = new java.io.ByteArrayOutputStream();
            for (byte[] request : requests) {
                segment.writeBytes(PacketSocket.frames(0, request));
            }
            client.socket().writeRaw(segment.toByteArray());
            assertThat(Wire.inOrder(client.readResponse(RawClient.COM_QUERY)).cell())
                    .isEqualTo("1");
            assertThat(Wire.inOrder(client.readResponse(Payloads.COM_PING)).isOk())
                    .isTrue();
            assertThat(Wire.inOrder(client.readResponse(RawClient.COM_QUERY))
                            .error()
                            .errno())
                    .isEqualTo(1064);
            assertThat(Wire.inOrder(client.readResponse(RawClient.COM_QUERY)).cell())
                    .isEqualTo("2");
            assertThat(Wire.inOrder(client.readResponse(Payloads.COM_STATISTICS))
                            .packets())
                    .hasSize(1);
            assertThat(Wire.inOrder(client.readResponse(RawClient.COM_QUERY)).cell())
                    .isEqualTo("3");
            Wire.assertUsable(client);
        }
    }

    @Test
    void requestInSingleBytesIsARequest(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            for (byte one : PacketSocket.frames(0, RawClient.payload(RawClient.COM_QUERY, "select 12"))) {
                client.socket().writeRaw(new byte[] {one});
            }
            assertThat(Wire.inOrder(client.readResponse(RawClient.COM_QUERY)).cell())
                    .isEqualTo("12");
        }
    }
}
