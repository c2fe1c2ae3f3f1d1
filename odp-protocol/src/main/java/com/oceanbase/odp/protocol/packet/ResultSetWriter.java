package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the complete answer to a statement which the proxy answers itself. Columns and rows are collected as values
 * and rendered at the end, so that another row format needs another rendering only. Not thread safe.
 */
public final class ResultSetWriter {

    /** Number of the collation utf8mb4_general_ci. */
    public static final int UTF8MB4 = 45;

    /** Number of the collation binary, used with numbers. */
    public static final int BINARY = 63;

    private static final int DEFAULT_TEXT_LENGTH = 1024;
    private static final int NUMBER_LENGTH = 20;
    private static final int INITIAL_CAPACITY = 1024;
    private static final int METADATA_FULL = 1;

    private final long capabilities;
    private final List<ColumnDefinition41> columns = new ArrayList<>();
    private final List<TextRow> rows = new ArrayList<>();
    private int status = ServerStatus.AUTOCOMMIT;
    private int warnings;

    /** @param capabilities what is agreed with the client: DEPRECATE_EOF decides how parts end */
    public ResultSetWriter(long capabilities) {
        this.capabilities = capabilities;
    }

    /** A text column in utf8mb4. */
    public ResultSetWriter column(String name) {
        return column(name, ColumnType.VAR_STRING, DEFAULT_TEXT_LENGTH, UTF8MB4, 0);
    }

    /** A column of 64-bit numbers. */
    public ResultSetWriter numberColumn(String name) {
        return column(name, ColumnType.LONGLONG, NUMBER_LENGTH, BINARY, 0);
    }

    /** @param length maximum display length in bytes */
    public ResultSetWriter column(String name, int type, long length, int characterSet, int flags) {
        return column(ColumnDefinition41.of(name, type, length, characterSet, flags));
    }

    public ResultSetWriter column(ColumnDefinition41 column) {
        columns.add(column);
        return this;
    }

    /** A row of as many cells as there are columns; null is SQL NULL. */
    public ResultSetWriter row(@Nullable String... cells) {
        return row(TextRow.of(cells));
    }

    public ResultSetWriter row(TextRow row) {
        if (row.cells().size() != columns.size()) {
            throw new IllegalArgumentException(row.cells().size() + " cells for " + columns.size() + " columns");
        }
        rows.add(row);
        return this;
    }

    /** Bits of {@link ServerStatus} for the end of the result; AUTOCOMMIT unless set. */
    public ResultSetWriter status(int newStatus) {
        this.status = newStatus;
        return this;
    }

    public ResultSetWriter warnings(int newWarnings) {
        this.warnings = newWarnings;
        return this;
    }

    /** A new buffer with all packets, the first one numbered {@code sequence}. */
    public ByteBuf encode(ByteBufAllocator allocator, int sequence) {
        ByteBuf out = allocator.buffer(INITIAL_CAPACITY);
        boolean done = false;
        try {
            append(out, sequence);
            done = true;
            return out;
        } finally {
            if (!done) {
                out.release();
            }
        }
    }

    /**
     * Appends all packets to a buffer.
     *
     * @return the sequence number that follows
     */
    public int append(ByteBuf out, int sequence) {
        boolean deprecateEof = Capabilities.has(capabilities, Capabilities.DEPRECATE_EOF);
        int next = MysqlFrame.append(out, sequence, this::writeColumnCount);
        for (ColumnDefinition41 column : columns) {
            next = MysqlFrame.append(out, next, column::encode);
        }
        EofPacket eof = new EofPacket(warnings, status);
        if (!deprecateEof) {
            next = MysqlFrame.append(out, next, eof::encode);
        }
        for (TextRow row : rows) {
            next = MysqlFrame.append(out, next, row::encode);
        }
        if (!deprecateEof) {
            return MysqlFrame.append(out, next, eof::encode);
        }
        OkPacket ok = OkPacket.of(0, 0, status, warnings).withHeader(OkPacket.EOF_HEADER);
        return MysqlFrame.append(out, next, payload -> ok.encode(payload, capabilities));
    }

    private void writeColumnCount(ByteBuf out) {
        if (Capabilities.has(capabilities, Capabilities.OPTIONAL_RESULTSET_METADATA)) {
            out.writeByte(METADATA_FULL);
        }
        Wire.writeLenencInt(out, columns.size());
    }

    /** A framed OK. */
    public static ByteBuf ok(ByteBufAllocator allocator, int sequence, long capabilities, OkPacket ok) {
        return MysqlFrame.encode(allocator, sequence, payload -> ok.encode(payload, capabilities));
    }

    /** A framed OK that says nothing but the number of affected rows and the status. */
    public static ByteBuf ok(
            ByteBufAllocator allocator, int sequence, long capabilities, long affectedRows, int status) {
        return ok(allocator, sequence, capabilities, OkPacket.of(affectedRows, 0, status, 0));
    }

    /** A framed error. */
    public static ByteBuf err(ByteBufAllocator allocator, int sequence, ErrPacket err) {
        return MysqlFrame.encode(allocator, sequence, err::encode);
    }

    /** A framed error with the code's text, see {@link ErrorCode#format(Object...)}. */
    public static ByteBuf err(ByteBufAllocator allocator, int sequence, ErrorCode code, Object... args) {
        return err(allocator, sequence, ErrPacket.of(code, args));
    }

    /** A framed error with its own text. */
    public static ByteBuf err(ByteBufAllocator allocator, int sequence, int errno, String sqlState, String message) {
        return err(allocator, sequence, new ErrPacket(errno, sqlState, message));
    }

    /** A framed EOF. */
    public static ByteBuf eof(ByteBufAllocator allocator, int sequence, int warnings, int status) {
        return MysqlFrame.encode(allocator, sequence, new EofPacket(warnings, status)::encode);
    }
}
