package com.oceanbase.odp.protocol.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressedChannelTest {

    private static final int HEADER = CompressedFrame.HEADER_LENGTH;

    @Property(tries = 300)
    void whateverIsWrittenInAnyCutIsReadInAnyCut(
            @ForAll CompressionAlgorithm algorithm,
            @ForAll long seed,
            @ForAll boolean heap,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 200_000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 70_000) int maxCut) {
        Random random = new Random(seed);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] wire;
        try (Peer writer = new Peer(algorithm)) {
            for (int size : sizes) {
                byte[] data = compressible(random, size);
                plain.writeBytes(data);
                writer.channel.writeOutbound(buffer(writer, data, heap));
            }
            wire = writer.written();
        }
        try (Peer reader = new Peer(algorithm)) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            int bound = Math.max(maxCut, wire.length / 300);
            for (int at = 0; at < wire.length; ) {
                int cut = Math.min(wire.length - at, 1 + random.nextInt(bound));
                reader.channel.writeInbound(buffer(reader, Arrays.copyOfRange(wire, at, at + cut), heap));
                read.writeBytes(reader.read());
                at += cut;
            }
            assertThat(read.toByteArray()).isEqualTo(plain.toByteArray());
            assertThat(reader.failure()).isNull();
        }
    }

    @Property(tries = 500)
    void damageIsMalformedAndClosesOrPassesButNeverThrowsElse(
            @ForAll CompressionAlgorithm algorithm,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int damages) {
        Random random = new Random(seed);
        byte[] wire;
        try (Peer writer = new Peer(algorithm)) {
            writer.channel.writeOutbound(Unpooled.wrappedBuffer(compressible(random, 50 + random.nextInt(3000))));
            wire = writer.written();
        }
        for (int i = 0; i < damages; i++) {
            wire[random.nextInt(wire.length)] = (byte) random.nextInt();
        }
        try (Peer reader = new Peer(algorithm)) {
            reader.channel.writeInbound(Unpooled.wrappedBuffer(wire));
            Throwable failure = reader.failure();
            if (failure != null) {
                assertThat(failure).isInstanceOf(MalformedPacketException.class);
                assertThat(reader.channel.isOpen()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadLongerOrShorterThanAnnouncedIsMalformed(CompressionAlgorithm algorithm) {
        for (int difference : new int[] {-1, 1, 100_000}) {
            byte[] wire = encodeOne(algorithm, new byte[100_000]);
            int announced = 100_000 + difference;
            wire[4] = (byte) announced;
            wire[5] = (byte) (announced >> 8);
            wire[6] = (byte) (announced >> 16);
            assertMalformed(algorithm, wire);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesBehindTheEndOfTheCompressedStreamAreMalformed(CompressionAlgorithm algorithm) {
        byte[] wire = encodeOne(algorithm, new byte[1000]);
        byte[] longer = Arrays.copyOf(wire, wire.length + 1);
        longer[0]++;
        assertMalformed(algorithm, longer);
    }

    private static void assertMalformed(CompressionAlgorithm algorithm, byte[] wire) {
        try (Peer reader = new Peer(algorithm)) {
            reader.channel.writeInbound(Unpooled.wrappedBuffer(wire));
            assertThat(reader.failure()).isInstanceOf(MalformedPacketException.class);
            assertThat(reader.channel.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendingByteByByteDoesNotCostALargeBufferPerByte(CompressionAlgorithm algorithm) {
        byte[] noisy = compressible(new Random(3), 20_000);
        byte[] wire = encodeOne(algorithm, noisy);
        try (Peer reader = new Peer(algorithm)) {
            for (byte b : wire) {
                reader.channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
            }
            int held = 0;
            for (Object piece : reader.channel.inboundMessages()) {
                held += ((ByteBuf) piece).capacity();
            }
            assertThat(held).isLessThan(wire.length * 256 + 64 * 1024);
            assertThat(reader.read()).isEqualTo(noisy);
        }
    }

    @Test
    void whatTheEncoderWritesAPlainInflaterReads() throws DataFormatException {
        byte[] data = compressible(new Random(7), 3_000_000);
        byte[] wire = encodeOne(CompressionAlgorithm.ZLIB, data);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int sequence = 0;
        for (int at = 0; at < wire.length; ) {
            int length = int3(wire, at);
            int plainLength = int3(wire, at + 4);
            assertThat(wire[at + 3] & 0xFF).isEqualTo(sequence++);
            byte[] payload = Arrays.copyOfRange(wire, at + HEADER, at + HEADER + length);
            plain.writeBytes(plainLength == 0 ? payload : inflate(payload, plainLength));
            at += HEADER + length;
        }
        assertThat(sequence).isEqualTo(3);
        assertThat(plain.toByteArray()).isEqualTo(data);
    }

    @Test
    void whatAPlainDeflaterWritesTheDecoderReads() {
        byte[] data = new byte[0xFFFFFF];
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] payload = new byte[100_000];
        int length = deflater.deflate(payload);
        deflater.end();
        ByteBuf wire = Unpooled.buffer();
        wire.writeMediumLE(length).writeByte(0).writeMediumLE(data.length).writeBytes(payload, 0, length);
        try (Peer reader = new Peer(CompressionAlgorithm.ZLIB)) {
            reader.channel.writeInbound(wire);
            assertThat(reader.read()).isEqualTo(data);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lessThanFiftyBytesAndNoiseAreStored(CompressionAlgorithm algorithm) {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        for (byte[] data : List.of(new byte[49], noise)) {
            byte[] wire = encodeOne(algorithm, data);
            assertThat(int3(wire, 0)).isEqualTo(data.length);
            assertThat(int3(wire, 4)).isZero();
            assertThat(Arrays.copyOfRange(wire, HEADER, wire.length)).isEqualTo(data);
        }
        assertThat(int3(encodeOne(algorithm, new byte[50]), 4)).isEqualTo(50);
    }

    @Test
    void aResponseContinuesTheSequenceOfTheRequestAndANewCommandRestartsIt() {
        try (Peer server = new Peer(CompressionAlgorithm.ZLIB)) {
            server.channel.writeInbound(stored(0), stored(1));
            server.channel.writeOutbound(Unpooled.wrappedBuffer(new byte[5]), Unpooled.wrappedBuffer(new byte[5]));
            byte[] answer = server.written();
            assertThat(answer[3]).isEqualTo((byte) 2);
            assertThat(answer[HEADER + 5 + 3]).isEqualTo((byte) 3);
            server.channel.writeInbound(stored(0));
            server.channel.writeOutbound(Unpooled.wrappedBuffer(new byte[5]));
            assertThat(server.written()[3]).isEqualTo((byte) 1);
        }
    }

    @Test
    void aClientStartsACommandAtZeroAndTheSequenceWraps() {
        try (Peer client = new Peer(CompressionAlgorithm.ZLIB)) {
            client.channel.writeInbound(stored(255));
            client.channel.writeOutbound(Unpooled.wrappedBuffer(new byte[5]));
            assertThat(client.written()[3]).isZero();
            client.sequence.reset();
            client.channel.writeOutbound(Unpooled.wrappedBuffer(new byte[5]));
            assertThat(client.written()[3]).isZero();
        }
    }

    @Test
    void closingTheChannelWhileAPieceIsHandledStopsTheDecoder() {
        CompressionSequence sequence = new CompressionSequence();
        byte[] wire = encodeOne(CompressionAlgorithm.ZLIB, new byte[500_000]);
        List<Integer> pieces = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new CompressedPacketDecoder(CompressionAlgorithm.ZLIB, sequence));
        channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf piece) {
                pieces.add(piece.readableBytes());
                context.pipeline().removeFirst();
            }
        });
        channel.writeInbound(Unpooled.wrappedBuffer(wire));
        assertThat(pieces).hasSize(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void aLateReadIsAskedForWhenNothingWasPassedOn() {
        try (Peer reader = new Peer(CompressionAlgorithm.ZLIB)) {
            List<String> reads = new ArrayList<>();
            reader.channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext context) {
                    reads.add("read");
                    context.read();
                }
            });
            reader.channel.config().setAutoRead(false);
            reader.channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {5, 0, 0}));
            assertThat(reads).hasSize(1);
            reader.channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 0, 1}));
            assertThat(reads).hasSize(1);
        }
    }

    private static ByteBuf stored(int number) {
        return Unpooled.buffer()
                .writeMediumLE(1)
                .writeByte(number)
                .writeMediumLE(0)
                .writeByte('x');
    }

    private static byte[] encodeOne(CompressionAlgorithm algorithm, byte[] data) {
        try (Peer writer = new Peer(algorithm)) {
            writer.channel.writeOutbound(Unpooled.wrappedBuffer(data));
            return writer.written();
        }
    }

    private static ByteBuf buffer(Peer peer, byte[] data, boolean heap) {
        return heap
                ? Unpooled.wrappedBuffer(data)
                : peer.channel.alloc().directBuffer(Math.max(1, data.length)).writeBytes(data);
    }

    /** Text-like bytes: runs of few values between noise. */
    private static byte[] compressible(Random random, int size) {
        byte[] data = new byte[size];
        for (int at = 0; at < size; ) {
            int end = Math.min(size, at + 1 + random.nextInt(400));
            byte value = (byte) random.nextInt();
            boolean noise = random.nextInt(4) == 0;
            for (; at < end; at++) {
                data[at] = noise ? (byte) random.nextInt() : value;
            }
        }
        return data;
    }

    private static byte[] inflate(byte[] payload, int plainLength) throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(payload);
        byte[] plain = new byte[plainLength];
        assertThat(inflater.inflate(plain)).isEqualTo(plainLength);
        assertThat(inflater.inflate(new byte[1])).isZero();
        assertThat(inflater.finished()).isTrue();
        inflater.end();
        return plain;
    }

    private static int int3(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    }

    /** One end of a compressed connection. */
    private static final class Peer implements AutoCloseable {

        private final CompressionSequence sequence = new CompressionSequence();
        private final EmbeddedChannel channel;
        private @Nullable Throwable failure;

        Peer(CompressionAlgorithm algorithm) {
            channel = new EmbeddedChannel(
                    new CompressedPacketDecoder(algorithm, sequence),
                    new CompressedPacketEncoder(algorithm, algorithm.defaultLevel(), sequence),
                    new ChannelInboundHandlerAdapter() {
                        @Override
                        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                            failure = cause;
                        }
                    });
        }

        byte[] written() {
            return drain(channel.outboundMessages());
        }

        byte[] read() {
            return drain(channel.inboundMessages());
        }

        private static byte[] drain(Queue<Object> messages) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (Object message = messages.poll(); message != null; message = messages.poll()) {
                ByteBuf buffer = (ByteBuf) message;
                all.writeBytes(ByteBufUtil.getBytes(buffer));
                buffer.release();
            }
            return all.toByteArray();
        }

        @Nullable
        Throwable failure() {
            return failure;
        }

        @Override
        public void close() {
            channel.finishAndReleaseAll();
        }
    }
}
