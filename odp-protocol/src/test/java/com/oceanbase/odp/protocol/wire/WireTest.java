package com.oceanbase.odp.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class WireTest {

    @Property
    void lengthEncodedIntegersSurvive(@ForAll long value) {
        ByteBuf buffer = Unpooled.buffer();
        Wire.writeLenencInt(buffer, value);
        assertThat(buffer.readableBytes()).isEqualTo(Wire.lenencIntSize(value));
        assertThat(Wire.readLenencInt(buffer)).isEqualTo(value);
        assertThat(buffer.isReadable()).isFalse();
    }

    @Example
    void lengthEncodedIntegersChangeWidthWhereMysqlSays() {
        assertThat(encoded(250)).isEqualTo("fa");
        assertThat(encoded(251)).isEqualTo("fcfb00");
        assertThat(encoded(0xFFFF)).isEqualTo("fcffff");
        assertThat(encoded(0x10000)).isEqualTo("fd000001");
        assertThat(encoded(0xFFFFFF)).isEqualTo("fdffffff");
        assertThat(encoded(0x1000000)).isEqualTo("fe0000000100000000");
        assertThat(encoded(-1)).isEqualTo("feffffffffffffffff");
    }

    private static String encoded(long value) {
        ByteBuf buffer = Unpooled.buffer();
        Wire.writeLenencInt(buffer, value);
        return ByteBufUtil.hexDump(buffer);
    }

    @Property
    void stringsOfAnyBytesSurvive(@ForAll @Size(max = 700) byte[] value) {
        ByteBuf buffer = Unpooled.buffer();
        Wire.writeLenencBytes(buffer, value);
        Wire.writeLenencText(buffer, LosslessText.decode(value));
        assertThat(Wire.readNullableLenencBytes(buffer)).isEqualTo(value);
        assertThat(Wire.readLenencBytes(buffer)).isEqualTo(value);
        assertThat(buffer.isReadable()).isFalse();
    }

    @Property
    void textOfAnyBytesGivesTheBytesBack(@ForAll byte[] value) {
        String text = LosslessText.decode(value);
        assertThat(LosslessText.size(text)).isEqualTo(value.length);
        assertThat(LosslessText.encode(text)).isEqualTo(value);
    }

    @Property
    void validTextIsPlainUtf8(@ForAll String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        String valid = new String(utf8, StandardCharsets.UTF_8);
        assertThat(LosslessText.decode(utf8)).isEqualTo(valid);
        assertThat(LosslessText.encode(valid)).isEqualTo(utf8);
    }

    @Property
    void readersThrowNothingButMalformedAndStayInside(@ForAll @Size(max = 20) byte[] junk) {
        ByteBuf whole = Unpooled.buffer().writeBytes(junk).writeBytes(new byte[64]);
        for (int reader = 0; reader < 9; reader++) {
            ByteBuf in = whole.slice(0, junk.length);
            try {
                read(reader, in);
            } catch (MalformedPacketException malformed) {
                assertThat(malformed.getStackTrace()).isEmpty();
            }
            assertThat(in.readerIndex()).isLessThanOrEqualTo(junk.length);
        }
    }

    private static void read(int reader, ByteBuf in) {
        switch (reader) {
            case 0 -> Wire.readLenencInt(in);
            case 1 -> Wire.readLenencBytes(in);
            case 2 -> Wire.skipLenenc(in);
            case 3 -> Wire.readNulBytes(in);
            case 4 -> Wire.readNulOrRestText(in);
            case 5 -> Wire.readNullableLenencBytes(in);
            case 6 -> Wire.readInt4(in);
            case 7 -> Wire.readLenencSlice(in);
            default -> Wire.readLenencText(in);
        }
    }

    @Example
    void lengthsBeyondThePacketAreRefusedHoweverLarge() {
        for (String hex : new String[] {"02aa", "feffffffffffffffff", "feffffffffffffff7f", "fb", "ff", "fc01", ""}) {
            ByteBuf in = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
            assertThatThrownBy(() -> Wire.readLenencBytes(in)).isInstanceOf(MalformedPacketException.class);
        }
    }
}
