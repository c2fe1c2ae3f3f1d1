package com.oceanbase.odp.proxy.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestFramerTest {
    private static final int KEEP = 200;
    private static final int PREFIX = 50;

    private static byte[] packet(int length, int fill) {
        ByteBuf framed = Unpooled.buffer();
        int left = length;
        int sequence = 0;
        do {
            int piece = Math.min(left, 0xFFFFFF);
            framed.writeMediumLE(piece).writeByte(sequence++);
            for (int i = 0; i < piece; i++) {
                framed.writeByte(fill);
            }
            left -= piece;
            if (piece < 0xFFFFFF) {
                break;
            }
        } while (true);
        return ByteBufUtil.getBytes(framed);
    }

    /** Reads everything that the framer gives and returns the commands' bytes one by one. */
    private static List<byte[]> drain(RequestFramer framer, List<ByteBuf> open) {
        List<byte[]> finished = new ArrayList<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            ByteBuf stream = framer.pollStream();
            if (stream != null) {
                progress = true;
                open.getLast().writeBytes(stream);
                stream.release();
                if (!framer.isStreaming()) {
                    finished.add(ByteBufUtil.getBytes(open.removeLast()));
                }
            }
            ClientRequest request = framer.poll();
            if (request != null) {
                progress = true;
                ByteBuf collected = Unpooled.buffer().writeBytes(request.bytes().duplicate());
                if (request.isComplete()) {
                    finished.add(ByteBufUtil.getBytes(collected));
                } else {
                    assertThat(request.bytes().readableBytes()).isGreaterThanOrEqualTo(PREFIX);
                    open.add(collected);
                }
                request.release();
            }
        }
        return finished;
    }

    @Property(tries = 300)
    void commandsComeOutAsTheyWentInWhateverTheCuts(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 600) Integer> lengths, @ForAll long seed) {
        RequestFramer framer = new RequestFramer(KEEP, PREFIX);
        List<byte[]> sent = new ArrayList<>();
        ByteBuf wire = Unpooled.buffer();
        for (int i = 0; i < lengths.size(); i++) {
            sent.add(packet(lengths.get(i), i));
            wire.writeBytes(sent.getLast());
        }
        Random random = new Random(seed);
        List<byte[]> received = new ArrayList<>();
        List<ByteBuf> open = new ArrayList<>();
        while (wire.isReadable()) {
            int cut = Math.min(wire.readableBytes(), 1 + random.nextInt(120));
            framer.feed(
                    ByteBufAllocator.DEFAULT,
                    ByteBufAllocator.DEFAULT.buffer(cut).writeBytes(wire, cut));
            received.addAll(drain(framer, open));
        }
        assertThat(received).hasSize(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            assertThat(received.get(i)).isEqualTo(sent.get(i));
        }
        assertThat(framer.isStreaming()).isFalse();
        framer.release();
    }

    @Test
    void aCommandOfSeveralPacketsIsOneStream() {
        RequestFramer framer = new RequestFramer(KEEP, PREFIX);
        byte[] huge = packet(0xFFFFFF * 2, 7);
        byte[] next = packet(3, 9);
        framer.feed(ByteBufAllocator.DEFAULT, Unpooled.wrappedBuffer(huge, next));
        List<byte[]> received = drain(framer, new ArrayList<>());
        assertThat(received).hasSize(2);
        assertThat(received.get(0)).isEqualTo(huge);
        assertThat(received.get(1)).isEqualTo(next);
    }

    @Test
    void aFileEndsWithAnEmptyPacket() {
        RequestFramer framer = new RequestFramer(KEEP, PREFIX);
        framer.expectFileContent();
        ByteBuf file = Unpooled.wrappedBuffer(packet(500, 1), packet(0, 0), packet(2, 5));
        framer.feed(ByteBufAllocator.DEFAULT, file);
        ByteBuf content = Objects.requireNonNull(framer.pollStream());
        assertThat(content.readableBytes()).isEqualTo(504 + 4);
        content.release();
        assertThat(framer.isStreaming()).isFalse();
        ClientRequest request = Objects.requireNonNull(framer.poll());
        assertThat(request.rawCommand()).isEqualTo(5);
        request.release();
    }

    @Test
    void theEmptyPacketBehindOneOfTheGreatestLengthDoesNotEndAFile() {
        RequestFramer framer = new RequestFramer(KEEP, PREFIX);
        framer.expectFileContent();
        framer.feed(ByteBufAllocator.DEFAULT, Unpooled.wrappedBuffer(packet(0xFFFFFF, 1)));
        List<ByteBuf> pieces = new ArrayList<>();
        ByteBuf piece;
        while ((piece = framer.pollStream()) != null) {
            pieces.add(piece);
        }
        assertThat(framer.isStreaming()).isTrue();
        framer.feed(ByteBufAllocator.DEFAULT, Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 2}));
        pieces.add(framer.pollStream());
        assertThat(framer.isStreaming()).isFalse();
        assertThat(framer.answerSequence()).isEqualTo(3);
        pieces.forEach(ByteBuf::release);
        framer.release();
    }

    @Test
    void theGreatestPacketIsNeverTakenForAWholeCommand() {
        RequestFramer framer = new RequestFramer(1 << 25, PREFIX);
        byte[] command = packet(0xFFFFFF + 5, 3);
        framer.feed(ByteBufAllocator.DEFAULT, Unpooled.wrappedBuffer(command));
        ClientRequest request = framer.poll();
        assertThat(request).isNotNull();
        assertThat(request.isComplete()).isFalse();
        request.release();
        ByteBuf rest = framer.pollStream();
        assertThat(rest).isNotNull();
        assertThat(rest.readableBytes()).isEqualTo(9);
        rest.release();
        framer.release();
    }
}
