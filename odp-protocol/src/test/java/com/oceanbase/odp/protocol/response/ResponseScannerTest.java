package com.oceanbase.odp.protocol.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.command.CommandCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses as a real kernel sends them, in any cut, are dealt out the same way and end where they end. */
class ResponseScannerTest {
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
    private static final byte[] OK_IN_TRANSACTION = {0, 0, 0, 3, 0, 0, 0};
    private static final byte[] OK_MORE = {0, 1, 0, 0x0A, 0, 0, 0};
    private static final byte[] EOF = {(byte) 0xFE, 0, 0, 2, 0};
    private static final byte[] EOF_MORE = {(byte) 0xFE, 0, 0, 0x0A, 0};
    private static final byte[] EOF_CURSOR = {(byte) 0xFE, 0, 0, 0x42, 0};
    private static final byte[] ERR = {(byte) 0xFF, 0x1E, 4, '#', '4', '2', 'S', '2', '2', 'x'};
    private static final byte[] ONE_COLUMN = {1};
    private static final byte[] DEFINITION = {3, 'd', 'e', 'f', 0, 0, 0, 1, 'a', 0, 0x0C, 0x3F, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0};
    private static final byte[] ROW = {1, '7'};
    private static final byte[] NULL_ROW = {(byte) 0xFB};
    private static final byte[] PREPARE_1_1 = {0, 5, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0};
    private static final byte[] PREPARE_0_2 = {0, 5, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0};
    private static final byte[] STATISTICS = "Uptime: 1".getBytes(StandardCharsets.US_ASCII);

    /** A response and what becomes of it: the packets that a pass-through handler lets go on. */
    record Case(String name, CommandCode command, ServerDialect dialect, List<byte[]> packets, int dropped) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        ServerDialect ob = ServerDialect.OCEANBASE;
        ServerDialect mysql = ServerDialect.MYSQL;
        ServerDialect modern = new ServerDialect(false, false, true);
        byte[] okAsEof = {(byte) 0xFE, 0, 0, 2, 0, 0, 0};
        return Stream.of(
                new Case("ok", CommandCode.COM_QUERY, ob, List.of(OK), 0),
                new Case("err and ok", CommandCode.COM_QUERY, ob, List.of(ERR, OK), 1),
                new Case("err alone", CommandCode.COM_QUERY, mysql, List.of(ERR), 0),
                new Case("rows", CommandCode.COM_QUERY, ob, List.of(ONE_COLUMN, DEFINITION, EOF, ROW, NULL_ROW, EOF, OK), 1),
                new Case("no rows", CommandCode.COM_QUERY, mysql, List.of(ONE_COLUMN, DEFINITION, EOF, EOF), 0),
                new Case("rows then err", CommandCode.COM_QUERY, ob, List.of(ONE_COLUMN, DEFINITION, EOF, ROW, ERR, OK), 1),
                new Case("deprecate eof", CommandCode.COM_QUERY, modern, List.of(ONE_COLUMN, DEFINITION, ROW, okAsEof), 0),
                new Case("multi", CommandCode.COM_QUERY, ob,
                        List.of(OK_MORE, ONE_COLUMN, DEFINITION, EOF_MORE, ROW, EOF_MORE, OK), 0),
                new Case("multi of results", CommandCode.COM_QUERY, ob,
                        List.of(ONE_COLUMN, DEFINITION, EOF_MORE, ROW, EOF_MORE, ONE_COLUMN, DEFINITION, EOF, ROW, EOF, OK), 1),
                new Case("multi then err", CommandCode.COM_QUERY, ob, List.of(OK_MORE, ERR, OK), 1),
                new Case("prepare", CommandCode.COM_STMT_PREPARE, ob,
                        List.of(PREPARE_1_1, DEFINITION, EOF, DEFINITION, EOF, OK), 1),
                new Case("prepare without parameters", CommandCode.COM_STMT_PREPARE, mysql,
                        List.of(PREPARE_1_1, DEFINITION, EOF, DEFINITION, EOF), 0),
                new Case("prepare of parameters only", CommandCode.COM_STMT_PREPARE, ob,
                        List.of(PREPARE_0_2, DEFINITION, DEFINITION, EOF, OK), 1),
                new Case("prepare, deprecate eof", CommandCode.COM_STMT_PREPARE, modern,
                        List.of(PREPARE_1_1, DEFINITION, DEFINITION), 0),
                new Case("prepare refused", CommandCode.COM_STMT_PREPARE, ob, List.of(ERR, OK), 1),
                new Case("cursor", CommandCode.COM_STMT_EXECUTE, ob, List.of(ONE_COLUMN, DEFINITION, EOF_CURSOR, OK), 1),
                new Case("cursor, deprecate eof", CommandCode.COM_STMT_EXECUTE, modern,
                        List.of(ONE_COLUMN, DEFINITION, new byte[] {(byte) 0xFE, 0, 0, 0x42, 0, 0, 0}), 0),
                new Case("fetch", CommandCode.COM_STMT_FETCH, ob, List.of(ROW, ROW, EOF_CURSOR, OK), 1),
                new Case("field list", CommandCode.COM_FIELD_LIST, ob, List.of(DEFINITION, DEFINITION, EOF, OK), 1),
                new Case("field list of no table", CommandCode.COM_FIELD_LIST, ob, List.of(ERR, OK), 1),
                new Case("statistics", CommandCode.COM_STATISTICS, ob, List.of(STATISTICS, OK), 1),
                new Case("statistics of mysql", CommandCode.COM_STATISTICS, mysql, List.of(STATISTICS), 0),
                new Case("set option of mysql", CommandCode.COM_SET_OPTION, mysql, List.of(EOF), 0),
                new Case("debug", CommandCode.COM_DEBUG, ob, List.of(EOF), 0));
    }

    /** Forwards everything but what is for the proxy only, and counts. */
    private static final class Collector implements PacketHandler {
        private final ByteBuf out = Unpooled.buffer();
        private final List<PacketKind> kinds = new ArrayList<>();
        private int completed;
        private int status;

        @Override
        public Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload) {
            kinds.add(kind);
            return kind == PacketKind.TRAILING_OK ? Disposition.DROP : Disposition.FORWARD;
        }

        @Override
        public void onBytes(ByteBuf bytes) {
            out.writeBytes(bytes);
            bytes.release();
        }

        @Override
        public void onComplete(int finalStatus) {
            completed++;
            status = finalStatus;
        }
    }

    private static ByteBuf wire(List<byte[]> packets) {
        ByteBuf wire = Unpooled.buffer();
        int sequence = 1;
        for (byte[] packet : packets) {
            wire.writeMediumLE(packet.length).writeByte(sequence++).writeBytes(packet);
        }
        return wire;
    }

    private static void feed(ResponseScanner scanner, ByteBuf wire, Random cuts) {
        while (wire.isReadable()) {
            int length = Math.min(wire.readableBytes(), 1 + cuts.nextInt(9));
            scanner.scan(ByteBufAllocator.DEFAULT.buffer(length).writeBytes(wire, length));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyCutGivesTheSame(Case response) {
        byte[] expected = ByteBufUtil.getBytes(
                wire(response.packets().subList(0, response.packets().size() - response.dropped())));
        for (int seed = 0; seed < 200; seed++) {
            ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, response.dialect(), 1 << 16);
            Collector collector = new Collector();
            scanner.expect(response.command(), collector);
            feed(scanner, wire(response.packets()), new Random(seed));
            assertThat(collector.completed).as("completions, seed " + seed).isEqualTo(1);
            assertThat(ByteBufUtil.getBytes(collector.out)).as("bytes, seed " + seed).isEqualTo(expected);
            assertThat(scanner.isIdle()).isTrue();
            assertThat(scanner.atPacketBoundary()).isTrue();
        }
    }

    @Test
    void oneChunkOfASmallResultGoesOnAsOneSlice() {
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, ServerDialect.OCEANBASE, 1 << 16);
        int[] slices = {0};
        scanner.expect(CommandCode.COM_QUERY, new PacketHandler() {
            @Override
            public Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload) {
                return kind == PacketKind.TRAILING_OK ? Disposition.DROP : Disposition.FORWARD;
            }

            @Override
            public void onBytes(ByteBuf bytes) {
                slices[0]++;
                bytes.release();
            }

            @Override
            public void onComplete(int status) {
                assertThat(status).isEqualTo(2);
            }
        });
        scanner.scan(wire(List.of(ONE_COLUMN, DEFINITION, EOF, ROW, EOF, OK)));
        assertThat(slices[0]).isEqualTo(1);
    }

    @Test
    void responsesOfSeveralRequestsInOneChunkGoToTheirHandlers() {
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, ServerDialect.OCEANBASE, 1 << 16);
        Collector first = new Collector();
        Collector second = new Collector();
        scanner.expect(CommandCode.COM_INIT_DB, first);
        scanner.expect(CommandCode.COM_QUERY, second);
        ByteBuf both = Unpooled.buffer()
                .writeBytes(wire(List.of(OK)))
                .writeBytes(wire(List.of(ONE_COLUMN, DEFINITION, EOF, ROW, EOF, OK_IN_TRANSACTION)));
        scanner.scan(both);
        assertThat(first.completed).isEqualTo(1);
        assertThat(second.completed).isEqualTo(1);
        assertThat(second.status & 1).isEqualTo(1);
    }

    @Test
    void aRowOfManyPacketsIsOneRow() {
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, ServerDialect.MYSQL, 1 << 16);
        Collector collector = new Collector();
        scanner.expect(CommandCode.COM_QUERY, collector);
        scanner.scan(wire(List.of(ONE_COLUMN, DEFINITION, EOF)));
        // The pieces begin with bytes that would be an ERR and an EOF if they were packets of their own.
        byte[] piece = new byte[0xFFFFFF];
        piece[0] = (byte) 0xFD;
        scanner.scan(Unpooled.buffer().writeMediumLE(piece.length).writeByte(4).writeBytes(piece));
        byte[] misleading = new byte[0xFFFFFF];
        misleading[0] = (byte) 0xFF;
        scanner.scan(Unpooled.buffer().writeMediumLE(misleading.length).writeByte(5).writeBytes(misleading));
        scanner.scan(Unpooled.buffer().writeMediumLE(0).writeByte(6));
        assertThat(collector.completed).isZero();
        scanner.scan(wire(List.of(EOF)));
        assertThat(collector.completed).isEqualTo(1);
        assertThat(collector.kinds).doesNotContain(PacketKind.ERR);
    }

    @Test
    void aFileIsWantedAndThenItsVerdictComes() {
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, ServerDialect.OCEANBASE, 1 << 16);
        Collector collector = new Collector();
        scanner.expect(CommandCode.COM_QUERY, collector);
        scanner.scan(wire(List.of(new byte[] {(byte) 0xFB, 'f'})));
        assertThat(scanner.tracker().awaitsFileContent()).isTrue();
        scanner.tracker().fileContentSent();
        scanner.scan(wire(List.of(OK)));
        assertThat(collector.completed).isEqualTo(1);
    }

    @Test
    void sequenceNumbersAreLoweredBehindDroppedPackets() {
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, ServerDialect.MYSQL, 1 << 16);
        ByteBuf out = Unpooled.buffer();
        scanner.expect(CommandCode.COM_QUERY, new PacketHandler() {
            private int shift;

            @Override
            public Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload) {
                if (kind == PacketKind.EOF_OF_COLUMNS) {
                    shift++;
                    return Disposition.DROP;
                }
                return Disposition.FORWARD;
            }

            @Override
            public int sequenceShift() {
                return shift;
            }

            @Override
            public void onBytes(ByteBuf bytes) {
                out.writeBytes(bytes);
                bytes.release();
            }

            @Override
            public void onComplete(int status) {}
        });
        feed(scanner, wire(List.of(ONE_COLUMN, DEFINITION, EOF, ROW, ROW, EOF)), new Random(1));
        assertThat(ByteBufUtil.getBytes(out))
                .isEqualTo(ByteBufUtil.getBytes(wire(List.of(ONE_COLUMN, DEFINITION, ROW, ROW, EOF))));
    }

    @Test
    void bytesThatNobodyAskedForAreRefused() {
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, ServerDialect.OCEANBASE, 1 << 16);
        assertThatThrownBy(() -> scanner.scan(wire(List.of(OK)))).isInstanceOf(MalformedPacketException.class);
    }

    @Property(tries = 2000)
    void arbitraryBytesNeverDoMoreThanRefuse(@ForAll byte[] bytes, @ForAll @IntRange(max = 30) int command) {
        CommandCode code = CommandCode.of(command);
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, ServerDialect.OCEANBASE, 1 << 16);
        scanner.expect(code == null ? CommandCode.COM_QUERY : code, new Collector());
        try {
            feed(scanner, Unpooled.wrappedBuffer(bytes), new Random(bytes.length));
        } catch (MalformedPacketException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        } finally {
            scanner.release();
        }
    }
}
