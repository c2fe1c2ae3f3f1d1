package com.oceanbase.odp.protocol.ob20;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Both directions with frames and writes cut anywhere, and with damage. */
class Ob20ChannelTest {
    private static final int CONNECTION = 0xC0000007;
    private static final Ob20Decoder.Listener NONE = (flags, info) -> {};

    private static ByteBuf frame(int request, int sequence, int flags, byte[] payload) {
        ByteBuf out = Unpooled.buffer();
        new Ob20Header(CONNECTION, request, sequence, payload.length, flags).write(out);
        out.writeBytes(payload);
        PayloadChecksum checksum = new PayloadChecksum();
        checksum.update(out, Ob20Header.LENGTH, payload.length);
        return out.writeIntLE(checksum.value());
    }

    private static Ob20Exchange exchange(int requests) {
        Ob20Exchange exchange = new Ob20Exchange(CONNECTION);
        for (int i = 0; i < requests; i++) {
            exchange.beginRequest();
        }
        return exchange;
    }

    private static byte[] random(Random random, int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Feeds the bytes in random pieces and returns what was passed on. */
    private static byte[] feed(EmbeddedChannel channel, byte[] wire, Random random) {
        ByteBuf all = Unpooled.buffer();
        for (int at = 0; at < wire.length && channel.isOpen(); ) {
            int size = Math.min(wire.length - at, 1 + random.nextInt(random.nextBoolean() ? 40 : 4000));
            channel.writeInbound(channel.alloc().directBuffer(size).writeBytes(wire, at, size));
            at += size;
        }
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            all.writeBytes(part);
            part.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    /** Random responses to requests 1, 2, … in random frames, and the MySQL bytes in them. */
    private static int responses(Random random, ByteBuf wire, ByteBuf plain, List<Integer> frameEnds) {
        int requests = 1 + random.nextInt(5);
        for (int request = 1; request <= requests; request++) {
            int frames = 1 + random.nextInt(4);
            for (int i = 0; i < frames; i++) {
                byte[] payload = random(random, random.nextBoolean() ? 5 : 3000);
                int flags = i == frames - 1 ? Ob20Flags.LAST_PACKET : 0;
                plain.writeBytes(payload);
                if (random.nextInt(3) == 0) {
                    byte[] extra = random(random, 50);
                    ByteBuf whole = Unpooled.buffer()
                            .writeIntLE(extra.length)
                            .writeBytes(extra)
                            .writeBytes(payload);
                    payload = ByteBufUtil.getBytes(whole);
                    flags |= Ob20Flags.EXTRA_INFO | Ob20Flags.NEW_EXTRA_INFO;
                }
                wire.writeBytes(frame(request, 254 + i & 0xFF, flags, payload));
                frameEnds.add(plain.writerIndex());
            }
        }
        return requests;
    }

    @Property(tries = 400)
    void responsesComeThroughHoweverTheyAreCut(@ForAll long seed) {
        Random random = new Random(seed);
        ByteBuf wire = Unpooled.buffer();
        ByteBuf plain = Unpooled.buffer();
        int requests = responses(random, wire, plain, new ArrayList<>());
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Decoder(exchange(requests), NONE));
        assertThat(feed(channel, ByteBufUtil.getBytes(wire), random)).isEqualTo(ByteBufUtil.getBytes(plain));
        channel.finishAndReleaseAll();
    }

    /** Damage is found: nothing of a frame behind it goes on, and of the damaged one at most what came before its end. */
    @Property(tries = 400)
    void damageEndsTheConnection(@ForAll long seed) {
        Random random = new Random(seed);
        ByteBuf wire = Unpooled.buffer();
        ByteBuf plain = Unpooled.buffer();
        int requests = responses(random, wire, plain, new ArrayList<>());
        byte[] damaged = ByteBufUtil.getBytes(wire);
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Decoder(exchange(requests), NONE));
        assertThatThrownBy(() -> {
                    byte[] passed = feed(channel, damaged, random);
                    assertThat(passed.length).isLessThan(plain.readableBytes());
                    channel.checkException();
                    // A length that grew waits for bytes that never come.
                    throw new MalformedPacketException("incomplete");
                })
                .isInstanceOf(MalformedPacketException.class);
        channel.finishAndReleaseAll();
    }

    @Property(tries = 1000)
    void anyBytesAreRefusedOrWaitFor(@ForAll long seed, @ForAll @IntRange(max = 200) int length) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Decoder(exchange(3), NONE));
        try {
            assertThat(feed(channel, bytes, random)).isEmpty();
            channel.checkException();
        } catch (MalformedPacketException refused) {
            assertThat(channel.isOpen()).isFalse();
        }
        channel.finishAndReleaseAll();
    }

    /** What was written, taken apart again. */
    private record Written(List<Ob20Header> headers, byte[] mysql) {}

    private static Written written(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        List<Ob20Header> headers = new ArrayList<>();
        ByteBuf mysql = Unpooled.buffer();
        while (all.isReadable()) {
            Ob20Header header = Ob20Header.read(all, all.readerIndex());
            headers.add(header);
            all.skipBytes(Ob20Header.LENGTH);
            PayloadChecksum checksum = new PayloadChecksum();
            checksum.update(all, all.readerIndex(), header.payloadLength());
            mysql.writeBytes(all, header.payloadLength());
            assertThat(all.readIntLE()).isEqualTo(checksum.value());
        }
        return new Written(headers, ByteBufUtil.getBytes(mysql));
    }

    @Property(tries = 300)
    void requestsAreFramedHoweverTheyAreWritten(@ForAll long seed) {
        Random random = new Random(seed);
        Ob20Exchange exchange = exchange(0);
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Encoder(exchange));
        for (int request = 1; request <= 3; request++) {
            exchange.nextFlags(Ob20Flags.WEAK_READ);
            exchange.beginRequest();
            ByteBuf packet = MysqlFrame.encode(
                    channel.alloc(), 0, out -> out.writeByte(3).writeBytes(random(random, 5000)));
            byte[] expected = ByteBufUtil.getBytes(packet);
            while (packet.readableBytes() > 1 && random.nextInt(4) > 0) {
                channel.writeOutbound(packet.readRetainedSlice(1 + random.nextInt(packet.readableBytes() - 1)));
            }
            channel.writeOutbound(packet);
            Written written = written(channel);
            assertThat(written.mysql()).isEqualTo(expected);
            for (int i = 0; i < written.headers().size(); i++) {
                Ob20Header header = written.headers().get(i);
                assertThat(header.requestId()).isEqualTo(request);
                assertThat(header.sequence()).isEqualTo(i);
                assertThat(header.connectionId()).isEqualTo(CONNECTION);
                assertThat(header.has(Ob20Flags.WEAK_READ)).isTrue();
                assertThat(header.has(Ob20Flags.LAST_PACKET))
                        .isEqualTo(i == written.headers().size() - 1);
            }
        }
        channel.finishAndReleaseAll();
    }

    @Test
    void aRequestOf20MegabytesIsCut() {
        Ob20Exchange exchange = exchange(1);
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Encoder(exchange));
        byte[] text = new byte[20_000_000];
        ByteBuf packet = MysqlFrame.encode(channel.alloc(), 0, out -> out.writeBytes(text));
        byte[] expected = ByteBufUtil.getBytes(packet);
        channel.writeOutbound(packet);
        Written written = written(channel);
        assertThat(written.mysql()).isEqualTo(expected);
        assertThat(written.headers().stream().map(header -> header.has(Ob20Flags.LAST_PACKET)))
                .containsExactly(false, false, false, true);
        channel.finishAndReleaseAll();
    }

    @Test
    void aFileGoesOnCountingBehindTheServersQuestion() {
        Ob20Exchange exchange = exchange(1);
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Encoder(exchange), new Ob20Decoder(exchange, NONE));
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {1, 0, 0, 0, 3}));
        channel.writeInbound(frame(1, 1, Ob20Flags.LAST_PACKET, new byte[] {2, 0, 0, 1, (byte) 0xFB, 'f'}));
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {1, 0, 0, 2, 'x', 0, 0, 0, 3}));
        Written written = written(channel);
        assertThat(written.headers().stream().map(Ob20Header::sequence)).containsExactly(0, 2, 3);
        assertThat(written.headers().stream().map(Ob20Header::payloadLength)).containsExactly(5, 5, 4);
        assertThat(written.headers().stream().map(Ob20Header::requestId)).containsOnly(1);
        channel.writeInbound(frame(1, 4, Ob20Flags.LAST_PACKET, new byte[] {1, 0, 0, 4, 0}));
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void foreignFramesAreRefused() {
        assertRefused(frame(2, 1, Ob20Flags.LAST_PACKET, new byte[5]), "request 2");
        ByteBuf other = Unpooled.buffer();
        new Ob20Header(5, 1, 1, 0, Ob20Flags.LAST_PACKET).write(other);
        assertRefused(other.writeIntLE(0), "connection");
        ByteBuf gap = frame(1, 1, 0, new byte[3]);
        assertRefused(gap.writeBytes(frame(1, 3, Ob20Flags.LAST_PACKET, new byte[3])), "behind frame 1");
        ByteBuf greedy = frame(1, 1, Ob20Flags.EXTRA_INFO, new byte[] {99, 0, 0, 0, 1});
        assertRefused(greedy, "extra info");
    }

    private static void assertRefused(ByteBuf wire, String message) {
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Decoder(exchange(1), NONE));
        assertThatThrownBy(() -> channel.writeInbound(wire))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining(message);
        assertThat(channel.isOpen()).isFalse();
        channel.finishAndReleaseAll();
    }

    @Test
    void checksumsOfZeroAreNotChecked() {
        ByteBuf wire = frame(1, 1, Ob20Flags.LAST_PACKET, new byte[] {1, 2, 3});
        wire.setShortLE(29, 0).setIntLE(wire.writerIndex() - 4, 0);
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Decoder(exchange(1), NONE));
        assertThat(feed(channel, ByteBufUtil.getBytes(wire), new Random(1))).containsExactly(1, 2, 3);
        channel.finishAndReleaseAll();
    }
}
