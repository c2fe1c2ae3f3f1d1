package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.testkit.script.PacketSocket;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MySQL's compressed protocol with both algorithms, by a client that compresses with the libraries alone. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class CompressedClientTest {
    private static final int HEADER = 7;

    private enum Algorithm {
        ZLIB(Capabilities.COMPRESS),
        ZSTD(Capabilities.ZSTD_COMPRESSION_ALGORITHM);

        private final long capability;

        Algorithm(long capability) {
            this.capability = capability;
        }

        byte[] shrink(byte[] plain) {
            if (this == ZSTD) {
                return Zstd.compress(plain);
            }
            Deflater deflater = new Deflater();
            deflater.setInput(plain);
            deflater.finish();
            byte[] target = new byte[plain.length + 1_000];
            int length = deflater.deflate(target);
            deflater.end();
            return Arrays.copyOf(target, length);
        }

        byte[] expand(byte[] compressed, int length) {
            if (this == ZSTD) {
                return Zstd.decompress(compressed, length);
            }
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(compressed);
                byte[] plain = new byte[length];
                assertThat(inflater.inflate(plain)).isEqualTo(length);
                return plain;
            } catch (DataFormatException e) {
                throw new IllegalStateException(e);
            } finally {
                inflater.end();
            }
        }
    }

    /** One frame of the compressed protocol. */
    private static byte[] frame(Algorithm algorithm, int sequence, byte[] plain) {
        byte[] body = plain.length < 50 ? plain : algorithm.shrink(plain);
        int uncompressed = plain.length < 50 ? 0 : plain.length;
        byte[] frame = new byte[HEADER + body.length];
        int3(frame, 0, body.length);
        frame[3] = (byte) sequence;
        int3(frame, 4, uncompressed);
        System.arraycopy(body, 0, frame, HEADER, body.length);
        return frame;
    }

    private static void int3(byte[] target, int at, int value) {
        target[at] = (byte) value;
        target[at + 1] = (byte) (value >> 8);
        target[at + 2] = (byte) (value >> 16);
    }

    private static int int3(byte[] source, int at) {
        return source[at] & 0xFF | (source[at + 1] & 0xFF) << 8 | (source[at + 2] & 0xFF) << 16;
    }

    /** Reads frames until the plain bytes hold the text; their sequence numbers follow the request's. */
    private static byte[] readUntil(RawClient client, Algorithm algorithm, String text) throws IOException {
        DataInputStream in = new DataInputStream(client.socket().socket().getInputStream());
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int expected = 1;
        while (!plain.toString(StandardCharsets.ISO_8859_1).contains(text)) {
            byte[] header = in.readNBytes(HEADER);
            assertThat(header).hasSize(HEADER);
            assertThat(header[3] & 0xFF).as("sequence number").isEqualTo(expected++ & 0xFF);
            byte[] body = in.readNBytes(int3(header, 0));
            int uncompressed = int3(header, 4);
            plain.writeBytes(uncompressed == 0 ? body : algorithm.expand(body, uncompressed));
        }
        return plain.toByteArray();
    }

    private static RawClient login(Environment environment, Algorithm algorithm) throws IOException {
        RawClient client = environment.proxy().greeted();
        assertThat(client.login(Login.of(environment.user(), "")
                                .withCapabilities(RawClient.USUAL_CAPABILITIES | algorithm.capability))
                        .isOk())
                .isTrue();
        return client;
    }

    private static byte[] query(String sql) {
        return PacketSocket.frames(0, RawClient.payload(RawClient.COM_QUERY, sql));
    }

    @ParameterizedTest
    @EnumSource
    void smallAndLargeResults(Algorithm algorithm, Environment environment) throws IOException {
        try (RawClient client = login(environment, algorithm)) {
            for (int length : new int[] {1, 40, 60, 20_000, 3_000_000}) {
                client.socket().writeRaw(frame(algorithm, 0, query("select repeat('k', " + length + "), 'the' 'end'")));
                byte[] answer = readUntil(client, algorithm, "theend\5\0\0");
                assertThat(answer.length).isGreaterThan(length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsInSeveralFrames(Algorithm algorithm, Environment environment) throws IOException {
        byte[] request = query("select length('" + "r".repeat(500_000) + "'), 'the' 'end'");
        try (RawClient client = login(environment, algorithm)) {
            int half = request.length / 2;
            client.socket().writeRaw(frame(algorithm, 0, Arrays.copyOf(request, half)));
            client.socket().writeRaw(frame(algorithm, 1, Arrays.copyOfRange(request, half, request.length)));
            DataInputStream in = new DataInputStream(client.socket().socket().getInputStream());
            byte[] header = in.readNBytes(HEADER);
            assertThat(header[3]).isEqualTo((byte) 2);
            byte[] body = in.readNBytes(int3(header, 0));
            int uncompressed = int3(header, 4);
            byte[] plain = uncompressed == 0 ? body : algorithm.expand(body, uncompressed);
            assertThat(new String(plain, StandardCharsets.ISO_8859_1)).contains("500000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void brokenFramesEndTheConnection(Algorithm algorithm, Environment environment) throws IOException {
        try (RawClient client = login(environment, algorithm)) {
            byte[] frame = frame(algorithm, 0, query("select '" + "x".repeat(1_000) + "'"));
            Arrays.fill(frame, HEADER, frame.length, (byte) 0x5A);
            client.socket().writeRaw(frame);
            client.socket().socket().getInputStream().readAllBytes();
            assertThat(client.socket().readOrEnd()).isNull();
        }
    }
}
