package com.oceanbase.odp.protocol.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.command.CommandCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
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
    private static final byte[] DEFINITION = {
        3, 'd', 'e', 'f', 0, 0, 0, 1, 'a', 0, 0x0C, 0x3F, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0
    };
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

    private static final ServerDialect OB = ServerDialect.OCEANBASE;
    private static final ServerDialect MYSQL = ServerDialect.MYSQL;
    private static final ServerDialect MODERN = new ServerDialect(false, false, true);
    private static final byte[] OK_AS_EOF = {(byte) 0xFE, 0, 0, 2, 0, 0, 0};
    private static final byte[] OK_AS_EOF_CURSOR = {(byte) 0xFE, 0, 0, 0x42, 0, 0, 0};

    private static Case response(
            String name, CommandCode command, ServerDialect dialect, int dropped, byte[]... packets) {
        return new Case(name, command, dialect, List.of(packets), dropped);
    }

    static Stream<Case> cases() {
        return Stream.of(queries(), prepared(), drivers(), others()).flatMap(List::stream);
    }

    private static List<Case> queries() {
        CommandCode query = CommandCode.COM_QUERY;
        return List.of(
                response("ok", query, OB, 0, OK),
                response("err and ok", query, OB, 1, ERR, OK),
                response("err alone", query, MYSQL, 0, ERR),
                response("rows", query, OB, 1, ONE_COLUMN, DEFINITION, EOF, ROW, NULL_ROW, EOF, OK),
                response("no rows", query, MYSQL, 0, ONE_COLUMN, DEFINITION, EOF, EOF),
                response("rows then err", query, OB, 1, ONE_COLUMN, DEFINITION, EOF, ROW, ERR, OK),
                response("deprecate eof", query, MODERN, 0, ONE_COLUMN, DEFINITION, ROW, OK_AS_EOF),
                response("multi", query, OB, 0, OK_MORE, ONE_COLUMN, DEFINITION, EOF_MORE, ROW, EOF_MORE, OK),
                response(
                        "multi of results",
                        query,
                        OB,
                        1,
                        ONE_COLUMN,
                        DEFINITION,
                        EOF_MORE,
                        ROW,
                        EOF_MORE,
                        ONE_COLUMN,
                        DEFINITION,
                        EOF,
                        ROW,
                        EOF,
                        OK),
                response("multi then err", query, OB, 1, OK_MORE, ERR, OK));
    }

    private static List<Case> prepared() {
        CommandCode prepare = CommandCode.COM_STMT_PREPARE;
        CommandCode execute = CommandCode.COM_STMT_EXECUTE;
        return List.of(
                response("prepare", prepare, OB, 1, PREPARE_1_1, DEFINITION, EOF, DEFINITION, EOF, OK),
                response("prepare of mysql", prepare, MYSQL, 0, PREPARE_1_1, DEFINITION, EOF, DEFINITION, EOF),
                response("two parameters, no column", prepare, OB, 1, PREPARE_0_2, DEFINITION, DEFINITION, EOF, OK),
                response("prepare, deprecate eof", prepare, MODERN, 0, PREPARE_1_1, DEFINITION, DEFINITION),
                response("prepare refused", prepare, OB, 1, ERR, OK),
                response("cursor", execute, OB, 1, ONE_COLUMN, DEFINITION, EOF_CURSOR, OK),
                response("cursor, deprecate eof", execute, MODERN, 0, ONE_COLUMN, DEFINITION, OK_AS_EOF_CURSOR),
                response("fetch", CommandCode.COM_STMT_FETCH, OB, 1, ROW, ROW, EOF_CURSOR, OK));
    }

    /** Commands of OceanBase's own drivers; 00 FF in a piece is no OK and no ERR. */
    private static List<Case> drivers() {
        CommandCode both = CommandCode.COM_STMT_PREPARE_EXECUTE;
        CommandCode piece = CommandCode.COM_STMT_GET_PIECE_DATA;
        byte[] rows = {0, 5, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        byte[] noRows = {0, 5, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] binaryRow = {0, 0, 7};
        byte[] data = {3, 0, 2, 0, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0};
        return List.of(
                response(
                        "both with rows",
                        both,
                        OB,
                        0,
                        rows,
                        DEFINITION,
                        EOF,
                        DEFINITION,
                        EOF,
                        binaryRow,
                        binaryRow,
                        EOF,
                        OK),
                response("both with cursor", both, OB, 0, rows, DEFINITION, EOF, DEFINITION, EOF, EOF_CURSOR, OK),
                response("both without rows", both, OB, 0, noRows, DEFINITION, EOF, OK),
                response("both failing", both, OB, 1, noRows, DEFINITION, EOF, ERR, OK),
                response("both refused", both, OB, 1, ERR, OK),
                response("rows failing", both, OB, 1, rows, DEFINITION, EOF, DEFINITION, EOF, binaryRow, ERR, OK),
                response("piece sent", CommandCode.COM_STMT_SEND_PIECE_DATA, OB, 0, OK),
                response("piece", piece, OB, 1, data, OK),
                response("no piece", piece, OB, 1, ERR, OK));
    }

    private static List<Case> others() {
        return List.of(
                response("field list", CommandCode.COM_FIELD_LIST, OB, 1, DEFINITION, DEFINITION, EOF, OK),
                response("field list of no table", CommandCode.COM_FIELD_LIST, OB, 1, ERR, OK),
                response("statistics", CommandCode.COM_STATISTICS, OB, 1, STATISTICS, OK),
                response("statistics of mysql", CommandCode.COM_STATISTICS, MYSQL, 0, STATISTICS),
                response("set option of mysql", CommandCode.COM_SET_OPTION, MYSQL, 0, EOF),
                response("debug", CommandCode.COM_DEBUG, OB, 0, EOF));
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
            assertThat(ByteBufUtil.getBytes(collector.out))
                    .as("bytes, seed " + seed)
                    .isEqualTo(expected);
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
        scanner.scan(
                Unpooled.buffer().writeMediumLE(misleading.length).writeByte(5).writeBytes(misleading));
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

    /** Drops what ends the columns, as for a client that knows no EOF, and says when a response ends. */
    private static final class Dropper implements PacketHandler {
        private int shift;
        private Runnable atEnd = () -> {};

        @Override
        public Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload) {
            if (kind != PacketKind.EOF_OF_COLUMNS) {
                return Disposition.FORWARD;
            }
            shift++;
            return Disposition.DROP;
        }

        @Override
        public int sequenceShift() {
            return shift;
        }

        @Override
        public void onBytes(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void onComplete(int status) {
            atEnd.run();
        }
    }

    private static ByteBuf framed(byte[]... packets) {
        ByteBuf out = Unpooled.buffer();
        int sequence = 1;
        for (byte[] packet : packets) {
            out.writeMediumLE(packet.length).writeByte(sequence++).writeBytes(packet);
        }
        return out;
    }

    @Test
    void aDroppedPacketGivesItsNumberToTheNext() {
        ResponseScanner scanner = new ResponseScanner(ByteBufAllocator.DEFAULT, MYSQL, 1 << 20);
        scanner.expect(CommandCode.COM_QUERY, new Dropper());
        scanner.scan(framed(ONE_COLUMN, DEFINITION, EOF));
        assertThat(scanner.lastSequence()).isEqualTo(2);
        assertThat(scanner.tracker().mayEndInError()).isTrue();
    }

    @Test
    void aScannerReleasedByItsHandlerKeepsNothing() {
        UnpooledByteBufAllocator counting = new UnpooledByteBufAllocator(false);
        ResponseScanner scanner = new ResponseScanner(counting, MYSQL, 1 << 20);
        Dropper dropper = new Dropper();
        dropper.atEnd = scanner::release;
        scanner.expect(CommandCode.COM_QUERY, dropper);
        scanner.expect(CommandCode.COM_QUERY, new Dropper());
        ByteBuf bytes = framed(OK).writeByte(7);
        scanner.scan(bytes);
        assertThat(bytes.refCnt()).isZero();
        assertThat(counting.metric().usedHeapMemory()).isZero();
    }
}
