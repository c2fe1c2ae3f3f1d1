package com.oceanbase.odp.protocol.ob20;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Extra info in both forms; hexadecimal texts were recorded from an OceanBase 4.3.5 kernel. */
class ExtraInfoTest {
    private static final int NEW = Ob20Flags.EXTRA_INFO | Ob20Flags.NEW_EXTRA_INFO;
    private static final String CONTROL = "030045000000d30738000000e4070100000001e507080000009a9999999999b93f"
            + "e6070100000003e70708000000000000000000f0bfe80708000000ffffffffffffffff78c00100000000";

    private static ByteBuf hex(String text) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(text));
    }

    private static byte[] sessionInfo(ExtraInfo info) {
        return Objects.requireNonNull(info.get(ExtraInfoType.SESS_INFO));
    }

    @Test
    void kernelsNewForm() {
        ExtraInfo info = ExtraInfo.decode(NEW, hex("d2074b000000" + CONTROL));
        List<TypedValue> items = TypedValue.decode(Unpooled.wrappedBuffer(sessionInfo(info)));
        assertThat(items).hasSize(1);
        assertThat(items.getFirst().type()).isEqualTo(SessionInfoType.CONTROL_INFO.code());
        TypedValue control = TypedValue.decode(
                        Unpooled.wrappedBuffer(items.getFirst().value(), 0, 62))
                .getFirst();
        assertThat(control.type()).isEqualTo(FullTraceType.CONTROL_INFO.code());
        assertThat(control.items().stream().map(TypedValue::type))
                .containsExactly(
                        FullTraceType.Item.LEVEL.code(),
                        FullTraceType.Item.SAMPLE_PERCENTAGE.code(),
                        FullTraceType.Item.RECORD_POLICY.code(),
                        FullTraceType.Item.PRINT_PERCENTAGE.code(),
                        FullTraceType.Item.SLOW_THRESHOLD.code());
        assertThat(info.lockedSession()).isNull();
    }

    @Test
    void kernelsOldForm() {
        ExtraInfo info = ExtraInfo.decode(
                Ob20Flags.EXTRA_INFO, hex("160200ff08736573735f696e6600" + "160200ff4b" + CONTROL + "00"));
        assertThat(HexFormat.of().formatHex(sessionInfo(info))).isEqualTo(CONTROL);
        assertThat(ExtraInfo.encodeOld(ExtraInfoType.SESS_INFO, sessionInfo(info)))
                .isEqualTo(HexFormat.of().parseHex("160200ff08736573735f696e6600" + "160200ff4b" + CONTROL + "00"));
    }

    @Test
    void clientAddress() {
        assertThat(ExtraInfo.clientAddress("127.0.0.1"))
                .isEqualTo(HexFormat.of().parseHex("d10713000000636c69656e745f69703d3132372e302e302e31"));
    }

    @Test
    void lockedSession() {
        assertThat(ExtraInfo.decode(NEW, hex("e903070000000000010000" + "0031")).lockedSession())
                .isTrue();
        assertThat(ExtraInfo.decode(NEW, hex("e903070000000000010000" + "0030")).lockedSession())
                .isFalse();
    }

    @Test
    void unknownTypesAreLeftOut() {
        byte[] bytes = TypedValue.encode(List.of(TypedValue.of(3333, "x"), TypedValue.of(2001, "client_ip=1.2.3.4")));
        ExtraInfo info = ExtraInfo.decode(NEW, Unpooled.wrappedBuffer(bytes));
        assertThat(info.get(ExtraInfoType.TRACE_INFO)).asString().isEqualTo("client_ip=1.2.3.4");
        assertThat(ExtraInfoType.of(3333)).isNull();
    }

    @Test
    void cutOffItemsAreRefused() {
        assertThatThrownBy(() -> ExtraInfo.decode(NEW, hex("d2074b0000"))).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> ExtraInfo.decode(NEW, hex("d207ffffffff00")))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> ExtraInfo.decode(Ob20Flags.EXTRA_INFO, hex("160200ff08")))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Property(tries = 300)
    void oldFormComesBack(@ForAll @Size(max = 20_000) byte[] value) {
        ExtraInfo info = ExtraInfo.decode(
                Ob20Flags.EXTRA_INFO, Unpooled.wrappedBuffer(ExtraInfo.encodeOld(ExtraInfoType.FULL_TRC, value)));
        assertThat(info.get(ExtraInfoType.FULL_TRC)).isEqualTo(value);
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] bytes, @ForAll @IntRange(max = 1) int form) {
        try {
            ExtraInfo info = ExtraInfo.decode(form == 0 ? Ob20Flags.EXTRA_INFO : NEW, Unpooled.wrappedBuffer(bytes));
            assertThat(info.get(ExtraInfoType.SESS_INFO_VERI))
                    .satisfiesAnyOf(
                            v -> assertThat(v).isNull(), v -> assertThat(v).isNotNull());
        } catch (MalformedPacketException refused) {
            assertThat(refused).hasMessageContaining("extra info");
        }
    }
}
