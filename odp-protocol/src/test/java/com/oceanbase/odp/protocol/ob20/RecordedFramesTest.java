package com.oceanbase.odp.protocol.ob20;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Frames recorded between a client and an OceanBase 4.3.5 kernel: what the encoder writes for the same commands is what
 * the kernel accepted, and what the kernel answered is understood.
 */
class RecordedFramesTest {
    private static final long CONNECTION = 0xC00402B4L;
    private static final long TRACED_CONNECTION = 0xC004033AL;

    private static final String REQUEST_2 =
            "29000000000000ab201400b40204c0020000000d000000020000000000137c090000000373656c65637420316ee96cae";
    private static final String REQUEST_6_WITH_TRACE = "46000000000000ab201400b40204c0060000002a0000000b0000000000"
            + "e6d219000000d10713000000636c69656e745f69703d3132372e302e302e31090000000373656c65637420326ae7ce7e";
    private static final String ROW_OF_1 = "010000010117000002036465660000000131000c3f001400000008810000000005000003"
            + "fe0000020002000004013105000005fe00000200080000060000002200000000";
    private static final String RESPONSE_2 =
            "60000001000000ab201400b40204c002000001440000000a0000000000fcb3" + ROW_OF_1 + "6b842eed";
    private static final String ERROR_4 =
            "95000001000000ab201400b40204c004000001790000000a0000000000ab022a000001ff7a0423"
                    + "34325330325461626c652027746573742e6e6f737563682720646f65736e27742065786973744700000200000022400000003e00"
                    + "38156f625f73746174656d656e745f74726163655f6964215942343237463030303030312d303030363630433732324139463137"
                    + "302d302d3002020131981656ea";
    private static final String WITH_EXTRA = "a0000001000000ab2014003a0304c00100000184000000090000000000e0bc51000000d2"
            + "074b000000030045000000d30738000000e4070100000001e507080000009a9999999999b93fe6070100000003e7070800000000"
            + "0000000000f0bfe80708000000ffffffffffffffff78c00100000000010000010117000002036465660000000131000c3f001400"
            + "000008810000000005000003fe00000200020000040131eb367d3f";

    private final List<Integer> extraTypes = new ArrayList<>();

    private static Ob20Exchange exchange(long connection, int requests) {
        Ob20Exchange exchange = new Ob20Exchange(connection);
        for (int i = 0; i < requests; i++) {
            exchange.beginRequest();
        }
        return exchange;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static ByteBuf query(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.US_ASCII);
        return Unpooled.buffer()
                .writeMediumLE(text.length + 1)
                .writeByte(0)
                .writeByte(3)
                .writeBytes(text);
    }

    private static String written(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return ByteBufUtil.hexDump(all);
    }

    private byte[] read(long connection, int requests, String... frames) {
        Ob20Decoder decoder = new Ob20Decoder(
                exchange(connection, requests),
                (flags, info) -> TypedValue.decode(info).forEach(item -> extraTypes.add(item.type())));
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        ByteBuf all = Unpooled.buffer();
        for (String frame : frames) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes(frame)));
        }
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            all.writeBytes(part);
            part.release();
        }
        channel.finishAndReleaseAll();
        return ByteBufUtil.getBytes(all);
    }

    @Test
    void requestsAreThoseTheKernelAccepted() {
        Ob20Exchange exchange = exchange(CONNECTION, 1);
        EmbeddedChannel channel = new EmbeddedChannel(new Ob20Encoder(exchange));
        exchange.beginRequest();
        channel.writeOutbound(query("select 1"));
        assertThat(written(channel)).isEqualTo(REQUEST_2);
        for (int i = 3; i <= 6; i++) {
            exchange.beginRequest();
        }
        exchange.nextExtraInfo(ExtraInfo.clientAddress("127.0.0.1"));
        channel.writeOutbound(query("select 2"));
        assertThat(written(channel)).isEqualTo(REQUEST_6_WITH_TRACE);
        channel.finishAndReleaseAll();
    }

    @Test
    void aRowAndItsTrailingOk() {
        assertThat(read(CONNECTION, 2, RESPONSE_2)).isEqualTo(bytes(ROW_OF_1));
        assertThat(extraTypes).isEmpty();
    }

    @Test
    void anErrorBehindARow() {
        byte[] both = read(CONNECTION, 4, RESPONSE_2, ERROR_4);
        assertThat(both).hasSize(68 + 121);
        assertThat(new String(both, StandardCharsets.ISO_8859_1)).contains("Table 'test.nosuch' doesn't exist");
    }

    @Test
    void extraInfoIsTakenOut() {
        byte[] rows = read(TRACED_CONNECTION, 1, WITH_EXTRA);
        assertThat(ByteBufUtil.hexDump(rows)).isEqualTo(ROW_OF_1.substring(0, 47 * 2));
        assertThat(extraTypes).containsExactly(ExtraInfoType.SESS_INFO.code());
    }
}
