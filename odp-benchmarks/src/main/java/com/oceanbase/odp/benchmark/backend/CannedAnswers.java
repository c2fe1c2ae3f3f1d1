package com.oceanbase.odp.benchmark.backend;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ColumnType;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.PrepareOk;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * All fixed answers, encoded once into direct memory. Each exists for clients and for proxies (which get an OK packet
 * behind results), outside and inside a transaction. Shapes of the packets: transcripts of a real kernel.
 */
final class CannedAnswers {
    /** Bytes of one row of the large results: 256 rows, all sequence numbers once, are a megabyte. */
    static final int LARGE_ROW = 4096;

    static final int ROWS_A_MEGABYTE = 256;
    private static final int ROWS_A_BLOCK = 2560;
    private static final long PROTOCOL = Capabilities.PROTOCOL_41;
    private static final int TEXT_LENGTH = 480;
    private static final int UTF8MB4 = 45;
    private static final int BINARY = 63;
    private static final String C = "68487932199-96439406143-93774651418-41631865787-96406072701-20604855487"
            + "-25459966574-28203206787-41238978918-19503783441";
    private static final String PAD = "22195207048-70116052123-74140395089-76317954521-98694025897";

    private final Map<CannedStatement, ByteBuf[]> text = new EnumMap<>(CannedStatement.class);
    private final ByteBuf[] binaryPoint = variants(CannedAnswers::encodeBinaryPoint);
    private final ByteBuf[] ok = variants(variant -> ok(variant, 0));
    private final ByteBuf[] oneRow = variants(variant -> ok(variant, 1));
    private final ByteBuf[] eof = variants(variant -> frame(1, new EofPacket(0, status(variant))::encode));
    private final ByteBuf[] largeHead = variants(CannedAnswers::encodeLargeHead);
    private final ByteBuf[] largeTail = variants(variant -> encodeLargeTail(variant, 0));
    private final ByteBuf megabyte = fixed(rows(ROWS_A_MEGABYTE, largeValue()));
    private final ByteBuf block = fixed(rows(ROWS_A_BLOCK, C.getBytes(StandardCharsets.US_ASCII)));

    CannedAnswers() {
        text.put(CannedStatement.POINT_SELECT, variants(variant -> texts(variant, 1)));
        text.put(CannedStatement.RANGE_10, variants(variant -> texts(variant, 10)));
        text.put(CannedStatement.ROWS_1000, variants(variant -> texts(variant, 1000)));
    }

    /** Number of a variant. */
    static int variant(boolean proxy, boolean inTransaction) {
        return (proxy ? 1 : 0) | (inTransaction ? 2 : 0);
    }

    private static boolean isProxy(int variant) {
        return (variant & 1) != 0;
    }

    private static int status(int variant) {
        return ServerStatus.AUTOCOMMIT | ((variant & 2) != 0 ? ServerStatus.IN_TRANS : 0);
    }

    /** The answer to a statement of fixed size. */
    ByteBuf text(CannedStatement statement, int variant) {
        ByteBuf[] answers = text.get(statement);
        if (answers == null) {
            throw new IllegalArgumentException(statement + " has no answer of fixed size");
        }
        return answers[variant].duplicate();
    }

    ByteBuf binaryPoint(int variant) {
        return binaryPoint[variant].duplicate();
    }

    ByteBuf ok(int variant) {
        return ok[variant].duplicate();
    }

    ByteBuf oneRowChanged(int variant) {
        return oneRow[variant].duplicate();
    }

    ByteBuf eof(int variant) {
        return eof[variant].duplicate();
    }

    ByteBuf largeHead(int variant) {
        return largeHead[variant].duplicate();
    }

    /** So many megabytes of large rows, behind {@link #largeHead}. */
    LongResult megabytes(int variant, int count) {
        return new LongResult(megabyte, count, Unpooled.EMPTY_BUFFER, largeTail[variant].duplicate());
    }

    /** So many short rows, behind {@link #largeHead}. */
    LongResult rows(int variant, int count) {
        int rowBytes = block.readableBytes() / ROWS_A_BLOCK;
        int rest = count % ROWS_A_BLOCK;
        return new LongResult(
                block, count / ROWS_A_BLOCK, block.slice(0, rest * rowBytes), encodeLargeTail(variant, rest));
    }

    /** The answer to a COM_STMT_PREPARE. */
    static ByteBuf prepared(int variant, long id, int parameters, boolean query) {
        ByteBuf out = Unpooled.buffer();
        int next = MysqlFrame.append(out, 1, new PrepareOk(id, query ? 1 : 0, parameters, 0)::encode);
        EofPacket end = new EofPacket(0, status(variant));
        for (int i = 0; i < parameters; i++) {
            next = MysqlFrame.append(
                    out, next, ColumnDefinition41.of("?", ColumnType.VAR_STRING, 0, BINARY, 0)::encode);
        }
        if (parameters > 0) {
            next = MysqlFrame.append(out, next, end::encode);
        }
        if (query) {
            next = MysqlFrame.append(out, next, column()::encode);
            next = MysqlFrame.append(out, next, end::encode);
        }
        trailingOk(out, next, variant);
        return out;
    }

    /** A result of text cells, for whatever the proxy or a client asks beside the load. */
    static ByteBuf table(int variant, List<String> columns, List<? extends List<String>> rows) {
        ByteBuf out = Unpooled.buffer();
        int next = MysqlFrame.append(out, 1, payload -> Wire.writeLenencInt(payload, columns.size()));
        for (String name : columns) {
            next = MysqlFrame.append(
                    out, next, ColumnDefinition41.of(name, ColumnType.VAR_STRING, TEXT_LENGTH, UTF8MB4, 0)::encode);
        }
        EofPacket end = new EofPacket(0, status(variant));
        next = MysqlFrame.append(out, next, end::encode);
        for (List<String> row : rows) {
            next = MysqlFrame.append(out, next, payload -> row.forEach(cell -> cell(payload, cell)));
        }
        next = MysqlFrame.append(out, next, end::encode);
        trailingOk(out, next, variant);
        return out;
    }

    private static void cell(ByteBuf out, String cell) {
        if (cell.equals("NULL")) {
            out.writeByte(Wire.NULL_MARK);
        } else {
            Wire.writeLenencBytes(out, cell.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ColumnDefinition41 column() {
        return ColumnDefinition41.of("c", ColumnType.STRING, TEXT_LENGTH, UTF8MB4, 0);
    }

    private static int resultHead(ByteBuf out, int variant) {
        int next = MysqlFrame.append(out, 1, payload -> payload.writeByte(1));
        next = MysqlFrame.append(out, next, column()::encode);
        return MysqlFrame.append(out, next, new EofPacket(0, status(variant))::encode);
    }

    private static ByteBuf texts(int variant, int count) {
        ByteBuf out = Unpooled.buffer();
        int next = resultHead(out, variant);
        byte[] value = C.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            next = MysqlFrame.append(out, next, payload -> Wire.writeLenencBytes(payload, value));
        }
        next = MysqlFrame.append(out, next, new EofPacket(0, status(variant))::encode);
        trailingOk(out, next, variant);
        return out;
    }

    private static ByteBuf encodeBinaryPoint(int variant) {
        ByteBuf out = Unpooled.buffer();
        int next = resultHead(out, variant);
        byte[] value = C.getBytes(StandardCharsets.US_ASCII);
        next = MysqlFrame.append(out, next, payload -> {
            payload.writeByte(0).writeByte(0);
            Wire.writeLenencBytes(payload, value);
        });
        next = MysqlFrame.append(out, next, new EofPacket(0, status(variant))::encode);
        trailingOk(out, next, variant);
        return out;
    }

    private static ByteBuf encodeLargeHead(int variant) {
        ByteBuf out = Unpooled.buffer();
        resultHead(out, variant);
        return out;
    }

    /** Packets in front of the first row, plus one: its sequence number. */
    private static int largeHeadLength() {
        return resultHead(Unpooled.buffer(), 0);
    }

    private static ByteBuf encodeLargeTail(int variant, int rows) {
        ByteBuf out = Unpooled.buffer();
        int next = MysqlFrame.append(out, largeHeadLength() + rows & 0xFF, new EofPacket(0, status(variant))::encode);
        trailingOk(out, next, variant);
        return out;
    }

    private static byte[] largeValue() {
        byte[] value = new byte[LARGE_ROW - MysqlFrame.HEADER_LENGTH - 3];
        byte[] pattern = (C + PAD).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < value.length; i++) {
            value[i] = pattern[i % pattern.length];
        }
        return value;
    }

    private static ByteBuf rows(int count, byte[] value) {
        ByteBuf out = Unpooled.buffer();
        int next = largeHeadLength();
        for (int i = 0; i < count; i++) {
            next = MysqlFrame.append(out, next & 0xFF, payload -> Wire.writeLenencBytes(payload, value));
        }
        return out;
    }

    private static ByteBuf ok(int variant, long rows) {
        return frame(1, out -> OkPacket.of(rows, 0, status(variant), 0).encode(out, PROTOCOL));
    }

    private static void trailingOk(ByteBuf out, int sequence, int variant) {
        if (isProxy(variant)) {
            MysqlFrame.append(
                    out,
                    sequence,
                    payload -> OkPacket.of(0, 0, status(variant), 0).encode(payload, PROTOCOL));
        }
    }

    private static ByteBuf frame(int sequence, Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        MysqlFrame.append(out, sequence, writer);
        return out;
    }

    private static ByteBuf[] variants(IntFunction<ByteBuf> maker) {
        ByteBuf[] all = new ByteBuf[4];
        for (int variant = 0; variant < all.length; variant++) {
            all[variant] = fixed(maker.apply(variant));
        }
        return all;
    }

    private static ByteBuf fixed(ByteBuf content) {
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(content.readableBytes()).writeBytes(content));
    }
}
