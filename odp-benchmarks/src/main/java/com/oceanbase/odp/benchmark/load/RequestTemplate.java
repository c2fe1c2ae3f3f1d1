package com.oceanbase.odp.benchmark.load;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** A framed request whose literals are written in place. */
final class RequestTemplate {
    private static final int COM_QUERY = 0x03;
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int LONGLONG = 8;
    private static final String ROW = "#####";
    private static final String ROW_END = "^^^^^";
    private static final String NEW = "#########";
    private static final int BINARY_VALUE = MysqlFrame.HEADER_LENGTH + 14;

    private final ByteBuf bytes;
    private final int row;
    private final int rowEnd;
    private final int fresh;
    private final boolean binary;

    private RequestTemplate(ByteBuf bytes, int row, int rowEnd, int fresh, boolean binary) {
        this.bytes = bytes;
        this.row = row;
        this.rowEnd = rowEnd;
        this.fresh = fresh;
        this.binary = binary;
    }

    /** A COM_QUERY. */
    static RequestTemplate query(String text) {
        int offset = MysqlFrame.HEADER_LENGTH + 1;
        int fresh = text.indexOf(NEW);
        int row = fresh >= 0 ? -1 : text.indexOf(ROW);
        int end = text.indexOf(ROW_END);
        ByteBuf framed = framed(text);
        return new RequestTemplate(
                framed,
                row < 0 ? -1 : row + offset,
                end < 0 ? -1 : end + offset,
                fresh < 0 ? -1 : fresh + offset,
                false);
    }

    /** A COM_QUERY as it stands. */
    static ByteBuf framed(String text) {
        byte[] sql = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.directBuffer(MysqlFrame.HEADER_LENGTH + 1 + sql.length);
        MysqlFrame.append(out, 0, payload -> payload.writeByte(COM_QUERY).writeBytes(sql));
        return out;
    }

    /**
     * A COM_STMT_EXECUTE with one 64-bit parameter, whose type is sent each time, as drivers do.
     *
     * @param key the parameter, or {@link Keys#ANY}
     */
    static RequestTemplate execute(long statementId, long key) {
        ByteBuf out = Unpooled.directBuffer(BINARY_VALUE + 8);
        MysqlFrame.append(
                out,
                0,
                payload -> payload.writeByte(COM_STMT_EXECUTE)
                        .writeIntLE((int) statementId)
                        .writeByte(0)
                        .writeIntLE(1)
                        .writeByte(0)
                        .writeByte(1)
                        .writeShortLE(LONGLONG)
                        .writeLongLE(key));
        return new RequestTemplate(out, -1, -1, -1, key == Keys.ANY);
    }

    /** The request with other literals; the same bytes as last time, whose request must have been answered. */
    ByteBuf fill(Keys keys) {
        if (row >= 0) {
            digits(row, 5, keys.existing());
        }
        if (rowEnd >= 0) {
            digits(rowEnd, 5, keys.last() + 9);
        }
        if (fresh >= 0) {
            digits(fresh, 9, keys.fresh());
        }
        if (binary) {
            bytes.setLongLE(BINARY_VALUE, keys.existing());
        }
        return bytes.retainedDuplicate();
    }

    private void digits(int start, int count, long value) {
        long rest = value;
        for (int i = start + count - 1; i >= start; i--) {
            bytes.setByte(i, '0' + (int) (rest % 10));
            rest /= 10;
        }
    }

    void release() {
        bytes.release();
    }
}
