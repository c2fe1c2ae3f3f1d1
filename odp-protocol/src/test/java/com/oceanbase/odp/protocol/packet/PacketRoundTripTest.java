package com.oceanbase.odp.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.packet.SessionChanges.RawTrack;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PacketRoundTripTest {

    private static final long UINT4 = 0xFFFFFFFFL;
    private static final int UINT2 = 0xFFFF;

    private static <T> void assertRoundTrip(T packet, Consumer<ByteBuf> encode, Function<ByteBuf, T> decode) {
        ByteBuf buffer = Unpooled.buffer();
        encode.accept(buffer);
        assertThat(decode.apply(buffer)).usingRecursiveComparison().isEqualTo(packet);
        assertThat(buffer.isReadable()).isFalse();
    }

    @Provide
    Arbitrary<String> nulText() {
        return Arbitraries.strings().ascii().ofMaxLength(40).map(text -> text.replace("\0", "0"));
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(300);
    }

    private static char[] surrogates() {
        char[] chars = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return chars;
    }

    @Provide
    Arbitrary<byte[]> shortBytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(255);
    }

    @Provide
    Arbitrary<byte[]> nonZeroBytes() {
        return Arbitraries.bytes().filter(b -> b != 0).array(byte[].class).ofMaxSize(60);
    }

    @Provide
    Arbitrary<ConnectionAttributes> attributes() {
        return Combinators.combine(shortBytes(), shortBytes())
                .as(ConnectionAttributes.Attribute::new)
                .list()
                .ofMaxSize(6)
                .map(ConnectionAttributes::new);
    }

    @Provide
    Arbitrary<SessionChanges> changes() {
        Arbitrary<List<Variable>> variables =
                Combinators.combine(text(), text()).as(Variable::new).list().ofMaxSize(5);
        Arbitrary<List<RawTrack>> others = Combinators.combine(
                        Arbitraries.integers().between(3, 255), shortBytes())
                .as(RawTrack::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(variables, variables, text().injectNull(0.3), Arbitraries.of(true, false), others)
                .as(SessionChanges::new);
    }

    @Property(tries = 300)
    void handshake(
            @ForAll("nulText") String version,
            @ForAll @LongRange(max = UINT4) long id,
            @ForAll @LongRange(max = UINT4) long capabilities,
            @ForAll @Size(20) List<@IntRange(min = 1, max = 127) Integer> scramble,
            @ForAll @IntRange(max = 255) int characterSet,
            @ForAll @IntRange(max = UINT2) int status) {
        byte[] bytes = new byte[20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = scramble.get(i).byteValue();
        }
        long bits = capabilities | Capabilities.SECURE_CONNECTION;
        String shown = Capabilities.has(bits, Capabilities.PLUGIN_AUTH) ? version : null;
        HandshakeV10 packet = new HandshakeV10(10, version, id, bytes, bits, characterSet, status, shown);
        assertRoundTrip(packet, packet::encode, HandshakeV10::decode);
    }

    @Property(tries = 500)
    void login(
            @ForAll @LongRange(max = UINT4) long capabilities,
            @ForAll @LongRange(max = UINT4) long word,
            @ForAll("nulText") String user,
            @ForAll("nonZeroBytes") byte[] answer,
            @ForAll("nulText") String database,
            @ForAll("attributes") ConnectionAttributes attributes) {
        int level = (int) word & 0xFF;
        boolean zstd = Capabilities.has(capabilities, Capabilities.ZSTD_COMPRESSION_ALGORITHM);
        boolean mariadb = !Capabilities.has(capabilities, Capabilities.LONG_PASSWORD);
        HandshakeResponse41 packet = new HandshakeResponse41(
                capabilities,
                word,
                level,
                mariadb ? word : 0,
                user,
                answer,
                Capabilities.has(capabilities, Capabilities.CONNECT_WITH_DB) ? database : null,
                Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) ? "mysql_native_password" : null,
                Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS) ? attributes : ConnectionAttributes.NONE,
                zstd ? level : 0);
        assertRoundTrip(packet, packet::encode, HandshakeResponse41::decode);
        SslRequest head = packet.sslRequest();
        assertRoundTrip(head, head::encode, SslRequest::decode);
    }

    @Property(tries = 200)
    void changeUser(
            @ForAll @LongRange(max = UINT4) long capabilities,
            @ForAll("nulText") String user,
            @ForAll("nonZeroBytes") byte[] answer,
            @ForAll @IntRange(max = UINT2) int characterSet,
            @ForAll("attributes") ConnectionAttributes attributes) {
        boolean plugin = Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH);
        boolean attrs = Capabilities.has(capabilities, Capabilities.CONNECT_ATTRS);
        ChangeUser packet = new ChangeUser(
                user,
                answer,
                user,
                characterSet,
                plugin ? "mysql_native_password" : null,
                attrs ? attributes : ConnectionAttributes.NONE);
        assertRoundTrip(packet, out -> packet.encode(out, capabilities), in -> ChangeUser.decode(in, capabilities));
    }

    @Property(tries = 500)
    void ok(
            @ForAll long affected,
            @ForAll long insertId,
            @ForAll @IntRange(max = UINT2) int status,
            @ForAll("shortBytes") byte[] info,
            @ForAll("changes") SessionChanges changes,
            @ForAll boolean track) {
        long capabilities = Capabilities.PROTOCOL_41 | (track ? Capabilities.SESSION_TRACK : 0);
        OkPacket packet = new OkPacket(
                        affected < 0 ? OkPacket.EOF_HEADER : OkPacket.HEADER,
                        affected,
                        insertId,
                        status,
                        3,
                        info,
                        SessionChanges.NONE)
                .withChanges(track ? changes : SessionChanges.NONE);
        assertRoundTrip(packet, out -> packet.encode(out, capabilities), in -> OkPacket.decode(in, capabilities));
        ByteBuf payload = Unpooled.buffer();
        packet.encode(payload, capabilities);
        if (track) {
            ByteBuf block = OkPacket.sessionStateBlock(payload);
            SessionChanges decoded = block == null ? SessionChanges.NONE : SessionChanges.decode(block);
            assertThat(decoded).usingRecursiveComparison().isEqualTo(packet.changes());
            assertThat(payload.readerIndex()).isZero();
        }
    }

    @Property(tries = 200)
    void smallPackets(
            @ForAll @IntRange(max = UINT2) int a,
            @ForAll @IntRange(max = UINT2) int b,
            @ForAll @LongRange(max = UINT4) long id,
            @ForAll("text") String text,
            @ForAll("shortBytes") byte[] bytes,
            @ForAll("nonZeroBytes") byte[] data) {
        ErrPacket err = new ErrPacket(a, "HY000", text);
        assertRoundTrip(err, err::encode, ErrPacket::decode);
        EofPacket eof = new EofPacket(a, b);
        assertRoundTrip(eof, eof::encode, EofPacket::decode);
        PrepareOk prepare = new PrepareOk(id, a, b, a);
        assertRoundTrip(prepare, prepare::encode, PrepareOk::decode);
        AuthMoreData more = new AuthMoreData(bytes);
        assertRoundTrip(more, more::encode, AuthMoreData::decode);
        AuthSwitchRequest authSwitch = new AuthSwitchRequest("plugin", data);
        assertRoundTrip(authSwitch, authSwitch::encode, AuthSwitchRequest::decode);
        ColumnDefinition41 column =
                new ColumnDefinition41("def", text, "", text, "c", text, a, id, a & 0xFF, b, b & 0xFF);
        assertRoundTrip(column, column::encode, ColumnDefinition41::decode);
        TextRow row = TextRow.of(text, null, "");
        assertRoundTrip(row, row::encode, TextRow::decode);
    }

    @Property(tries = 3000)
    void junkIsMalformedAndNothingOutsideIsRead(
            @ForAll @Size(max = 120) byte[] junk,
            @ForAll @IntRange(max = 10) int kind,
            @ForAll @LongRange(max = UINT4) long capabilities) {
        byte[] payload = junk.clone();
        if (payload.length > 0) {
            int[] heads = {10, -1, 0x11, 0, 0xFF, 0xFE, 0, 0xFE, 1, -1, -1};
            payload[0] = heads[kind] < 0 ? payload[0] : (byte) heads[kind];
        }
        ByteBuf whole = Unpooled.buffer().writeBytes(payload).writeBytes(new byte[300]);
        ByteBuf in = whole.slice(0, payload.length);
        try {
            decode(kind, in, capabilities);
        } catch (MalformedPacketException malformed) {
            assertThat(malformed.getStackTrace()).isEmpty();
        }
        assertThat(in.readerIndex()).isLessThanOrEqualTo(payload.length);
    }

    private static void decode(int kind, ByteBuf in, long capabilities) {
        switch (kind) {
            case 0 -> HandshakeV10.decode(in);
            case 1 -> HandshakeResponse41.decode(in);
            case 2 -> ChangeUser.decode(in, capabilities);
            case 3 -> OkPacket.decode(in, capabilities | Capabilities.PROTOCOL_41 | Capabilities.SESSION_TRACK);
            case 4 -> ErrPacket.decode(in);
            case 5 -> EofPacket.decode(in);
            case 6 -> PrepareOk.decode(in);
            case 7 -> AuthSwitchRequest.decode(in);
            case 8 -> AuthMoreData.decode(in);
            case 9 -> {
                OkPacket.sessionStateBlock(in);
                SessionChanges.decode(in);
            }
            default -> {
                TextRow.decode(in.duplicate());
                ColumnDefinition41.decode(in);
            }
        }
    }
}
