package com.oceanbase.odp.protocol.ob20;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Both checksums against their published check values and against their definition, bit by bit. */
class ChecksumTest {
    private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC16_REFLECTED = 0xA001;
    private static final int CRC32C_REFLECTED = 0x82F63B78;

    private static int bitwise(byte[] bytes, int polynomial) {
        int crc = 0;
        for (byte b : bytes) {
            crc ^= b & 0xFF;
            for (int i = 0; i < Byte.SIZE; i++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ polynomial;
            }
        }
        return crc;
    }

    private static int payload(ByteBuf bytes) {
        PayloadChecksum checksum = new PayloadChecksum();
        checksum.update(bytes, bytes.readerIndex(), bytes.readableBytes());
        return checksum.value();
    }

    @Test
    void checkValues() {
        assertThat(Crc16.of(Unpooled.wrappedBuffer(DIGITS), 0, DIGITS.length)).isEqualTo(0xBB3D);
        assertThat(payload(Unpooled.wrappedBuffer(DIGITS))).isEqualTo(0x58E3FA20);
        assertThat(payload(Unpooled.EMPTY_BUFFER)).isZero();
    }

    @Property(tries = 300)
    void headerChecksumIsItsDefinition(@ForAll @Size(max = 70) byte[] bytes) {
        assertThat(Crc16.of(Unpooled.wrappedBuffer(bytes), 0, bytes.length)).isEqualTo(bitwise(bytes, CRC16_REFLECTED));
    }

    @Property(tries = 300)
    void payloadChecksumIsItsDefinitionInPiecesToo(
            @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(max = 300) int cut) {
        int expected = bitwise(bytes, CRC32C_REFLECTED);
        int at = Math.min(cut, bytes.length);
        PayloadChecksum pieces = new PayloadChecksum();
        ByteBuf direct = Unpooled.directBuffer(bytes.length + 1).writeByte(0).writeBytes(bytes);
        pieces.update(direct, 1, at);
        pieces.update(direct, 1 + at, bytes.length - at);
        assertThat(pieces.value()).isEqualTo(expected);
        direct.release();
        CompositeByteBuf composite = Unpooled.compositeBuffer()
                .addComponent(true, Unpooled.wrappedBuffer(Arrays.copyOf(bytes, at)))
                .addComponent(true, Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, at, bytes.length)));
        assertThat(payload(composite)).isEqualTo(expected);
        composite.release();
    }
}
