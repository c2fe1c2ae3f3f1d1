package com.oceanbase.odp.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Bytes seen on the wire of an OceanBase kernel, and logins as particular drivers write them. */
class KnownPacketsTest {

    private static final long TRACK = Capabilities.PROTOCOL_41 | Capabilities.SESSION_TRACK;

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }

    @Test
    void greetingOfTheKernel() {
        String hex =
                "0a352e372e323500249404c0664a7b4f5a53726600dff72e00009c3015000000000000000000002a3a24446c706f5c5e437440"
                        + "006d7973716c5f6e61746976655f70617373776f726400";
        HandshakeV10 greeting = HandshakeV10.decode(bytes(hex));
        assertThat(greeting.serverVersion()).isEqualTo("5.7.25");
        assertThat(greeting.connectionId()).isEqualTo(0xC0049424L);
        assertThat(greeting.scramble()).asString(StandardCharsets.US_ASCII).isEqualTo("fJ{OZSrf*:$Dlpo\\^Ct@");
        assertThat(greeting.capabilities()).isEqualTo(0x309CF7DFL);
        assertThat(greeting.characterSet()).isEqualTo(46);
        assertThat(greeting.authPlugin()).isEqualTo("mysql_native_password");
        ByteBuf again = Unpooled.buffer();
        greeting.encode(again);
        assertThat(ByteBufUtil.hexDump(again)).isEqualTo(hex);
    }

    @Test
    void loginAnswerOfTheKernelSurvivesByteForByte() throws IOException {
        byte[] payload;
        try (InputStream in = KnownPacketsTest.class.getResourceAsStream("kernel-login-ok.bin")) {
            payload = Objects.requireNonNull(in).readAllBytes();
        }
        OkPacket ok = OkPacket.decode(Unpooled.wrappedBuffer(payload), TRACK);
        SessionChanges changes = ok.changes();
        assertThat(payload).hasSize(24485);
        assertThat(ok.status()).isEqualTo(ServerStatus.SESSION_STATE_CHANGED | ServerStatus.AUTOCOMMIT | 0x20);
        assertThat(changes.systemVariables())
                .hasSizeGreaterThan(800)
                .contains(new Variable("_push_join_predicate", "ON"));
        assertThat(changes.userVariables()).containsExactly(new Variable("_min_cluster_version", "'1.3.0.0'"));
        assertThat(changes.schema()).isEqualTo("test");
        assertThat(changes.stateChanged()).isTrue();
        assertThat(changes.others()).isEmpty();
        ByteBuf again = Unpooled.buffer();
        ok.encode(again, TRACK);
        assertThat(ByteBufUtil.getBytes(again)).isEqualTo(payload);
    }

    @Test
    void userVariablesStandBehindTheBorder() {
        OkPacket ok = OkPacket.decode(
                bytes("000000224000000063005d1f6f625f656e61626c655f7472616e736d697373696f6e5f636865636b73756d024f4e15"
                        + "5f6e6c6a5f6261746368696e675f656e61626c6564024f4e065f5f4e554c4c065f5f4e554c4c056f64705f6101"
                        + "31056f64705f620427c3a92702020131"),
                TRACK);
        assertThat(ok.changes().systemVariables())
                .extracting(Variable::name)
                .containsExactly("ob_enable_transmission_checksum", "_nlj_batching_enabled");
        assertThat(ok.changes().userVariables())
                .containsExactly(new Variable("odp_a", "1"), new Variable("odp_b", "'é'"));
    }

    @Test
    void trailingOkAfterAResultSetHasNoStateBlock() {
        assertThat(OkPacket.sessionStateBlock(bytes("0000002200000000"))).isNull();
        OkPacket ok = OkPacket.decode(bytes("0000002200000000"), TRACK);
        assertThat(ok.changes()).isSameAs(SessionChanges.NONE);
        assertThat(ok.info()).isEmpty();
    }

    @Test
    void withoutUserVariablesEverySystemVariableHasItsOwnEntry() {
        SessionChanges changes = new SessionChanges(
                List.of(new Variable("a", "1"), new Variable("b", "2")), List.of(), null, false, List.of());
        ByteBuf block = Unpooled.buffer();
        changes.encode(block);
        assertThat(ByteBufUtil.hexDump(block)).isEqualTo("000401610131" + "000401620132");
    }

    @Test
    void unknownChangesAreSkippedByTheirLength() {
        SessionChanges changes = SessionChanges.decode(bytes("0902aabb" + "0103026462" + "0500"));
        assertThat(changes.schema()).isEqualTo("db");
        assertThat(changes.systemVariables()).isEmpty();
    }

    @Test
    void errorsAreReadWithAndWithoutSqlState() {
        ErrPacket err = ErrPacket.decode(bytes("ff1e04233432533232556e6b6e6f776e20636f6c756d6e"));
        assertThat(err).isEqualTo(new ErrPacket(1054, "42S22", "Unknown column"));
        assertThat(ErrPacket.decode(bytes("ff1004546f6f206d616e79"))).isEqualTo(new ErrPacket(1040, "", "Too many"));
        assertThat(ErrPacket.peekErrno(bytes("ff1004"))).isEqualTo(1040);
    }

    @Test
    void connectorJsEmptyDatabaseWithoutFlagLosesOnlyTheAttributes() {
        long bits = Capabilities.PROTOCOL_41
                | Capabilities.SECURE_CONNECTION
                | Capabilities.PLUGIN_AUTH
                | Capabilities.CONNECT_ATTRS;
        ByteBuf login = Unpooled.buffer();
        new SslRequest(bits, 0xFFFFFF, 45).encode(login);
        login.writeBytes("root\0\0\0mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
        login.writeBytes(new byte[] {4, 1, 'k', 1, 'v'});
        HandshakeResponse41 packet = HandshakeResponse41.decode(login);
        assertThat(packet.user()).isEqualTo("root");
        assertThat(packet.attributes().isEmpty()).isTrue();
    }

    @Test
    void brokenAttributesOfOtherClientsAreABadHandshake() {
        long bits = Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION | Capabilities.CONNECT_ATTRS;
        ByteBuf login = Unpooled.buffer();
        new SslRequest(bits, 0xFFFFFF, 45).encode(login);
        login.writeBytes("root\0\0".getBytes(StandardCharsets.US_ASCII)).writeBytes(new byte[] {9, 1, 'k'});
        assertThatThrownBy(() -> HandshakeResponse41.decode(login))
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        malformed -> assertThat(malformed.code()).isEqualTo(ErrorCode.BAD_HANDSHAKE));
    }

    @Test
    void onlyThirtyTwoBytesWithTheFlagAreARequestForTls() {
        ByteBuf request = Unpooled.buffer();
        new SslRequest(Capabilities.SSL, 0, 45).encode(request);
        assertThat(request.readableBytes()).isEqualTo(32);
        assertThat(HandshakeResponse41.isSslRequest(request)).isTrue();
        assertThat(HandshakeResponse41.isSslRequest(request.writeByte(0))).isFalse();
    }

    @Test
    void attributesAreFoundByKey() {
        ConnectionAttributes attributes = ConnectionAttributes.builder()
                .add("_pid", "7")
                .add("raw", new byte[] {(byte) 0xFF})
                .build();
        assertThat(attributes.text("_pid")).isEqualTo("7");
        assertThat(attributes.get("raw")).containsExactly(0xFF);
        assertThat(attributes.get("none")).isNull();
    }

    @Test
    void aResultSetEndsAsTheClientUnderstands() {
        ByteBuf classic = result(Capabilities.PROTOCOL_41);
        assertThat(payloads(classic))
                .containsExactly(
                        "01",
                        "03646566000000017800" + "0c2d0000040000fd0000000000",
                        "fe00000200",
                        "0131",
                        "fb",
                        "fe00000200");
        ByteBuf modern = result(Capabilities.PROTOCOL_41 | Capabilities.DEPRECATE_EOF);
        assertThat(payloads(modern)).hasSize(5).last().isEqualTo("fe000002000000");
        ByteBuf tracking = result(TRACK | Capabilities.DEPRECATE_EOF);
        assertThat(OkPacket.decode(bytes(payloads(tracking).getLast()), TRACK).status())
                .isEqualTo(ServerStatus.AUTOCOMMIT);
    }

    private static ByteBuf result(long capabilities) {
        return new ResultSetWriter(capabilities)
                .column("x")
                .row("1")
                .row((String) null)
                .encode(UnpooledByteBufAllocator.DEFAULT, 1);
    }

    @Test
    void aRowMustFitTheColumns() {
        ResultSetWriter writer = new ResultSetWriter(0).column("x");
        assertThatThrownBy(() -> writer.row("1", "2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void singlePacketsAreFramed() {
        UnpooledByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        assertThat(payloads(ResultSetWriter.ok(allocator, 1, Capabilities.PROTOCOL_41, 3, 2)))
                .containsExactly("00030002000000");
        assertThat(payloads(ResultSetWriter.eof(allocator, 1, 0, 2))).containsExactly("fe00000200");
        ByteBuf err = ResultSetWriter.err(allocator, 1, ErrorCode.CLUSTER_NOT_EXIST);
        ErrPacket packet = ErrPacket.decode(bytes(payloads(err).getFirst()));
        assertThat(packet).isEqualTo(new ErrPacket(4669, "HY000", "cluster not exist"));
    }

    /** Payloads in hexadecimal, after a check that the sequence numbers begin with 1 and have no gap. */
    private static List<String> payloads(ByteBuf framed) {
        List<String> payloads = new ArrayList<>();
        while (framed.isReadable()) {
            int length = MysqlFrame.length(framed, framed.readerIndex());
            assertThat(MysqlFrame.sequence(framed, framed.readerIndex())).isEqualTo(payloads.size() + 1);
            framed.skipBytes(MysqlFrame.HEADER_LENGTH);
            payloads.add(ByteBufUtil.hexDump(framed.readSlice(length)));
        }
        framed.release();
        return payloads;
    }

    @Test
    void bitsHaveNames() {
        assertThat(Capabilities.toText(Capabilities.SSL | Capabilities.SESSION_TRACK))
                .isEqualTo("SSL|SESSION_TRACK");
        assertThat(ObCapabilities.toText(ObCapabilities.OB_PROTOCOL_V2 | 1L << 40))
                .isEqualTo("OB_PROTOCOL_V2|BIT_40");
        assertThat(ServerStatus.toText(0x4002)).isEqualTo("AUTOCOMMIT|SESSION_STATE_CHANGED");
    }
}
