package com.oceanbase.odp.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlFrameTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xFFFFFE, 0xFFFFFF, 0x1000000, 2 * 0xFFFFFF, 2 * 0xFFFFFF + 1})
    void payloadsAreSplitAfterSixteenMegabytes(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 31 >> 8);
        }
        int frames = length / MysqlFrame.MAX_PAYLOAD + 1;
        ByteBuf copied = Unpooled.buffer();
        assertThat(MysqlFrame.writePacket(copied, 254, Unpooled.wrappedBuffer(data)))
                .isEqualTo(254 + frames & 0xFF);
        ByteBuf inPlace = MysqlFrame.encode(UnpooledByteBufAllocator.DEFAULT, 254, payload -> payload.writeBytes(data));
        byte[] framed = ByteBufUtil.getBytes(inPlace);
        assertThat(Arrays.equals(framed, ByteBufUtil.getBytes(copied))).isTrue();
        ByteArrayOutputStream joined = new ByteArrayOutputStream(length);
        for (int frame = 0; frame < frames; frame++) {
            int part = MysqlFrame.length(inPlace, inPlace.readerIndex());
            assertThat(part == MysqlFrame.MAX_PAYLOAD).isEqualTo(frame < frames - 1);
            assertThat(MysqlFrame.sequence(inPlace, inPlace.readerIndex())).isEqualTo(254 + frame & 0xFF);
            inPlace.skipBytes(MysqlFrame.HEADER_LENGTH);
            joined.write(framed, inPlace.readerIndex(), part);
            inPlace.skipBytes(part);
        }
        assertThat(inPlace.isReadable()).isFalse();
        assertThat(Arrays.equals(joined.toByteArray(), data)).isTrue();
        inPlace.release();
    }

    @Test
    void aFailingWriterLeaksNothing() {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        assertThatThrownBy(() -> MysqlFrame.encode(allocator, 0, payload -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isZero();
    }
}
