package com.oceanbase.odp.protocol.response;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Follows one response of a server packet by packet and knows what each packet is and which one is the last. It looks
 * at the first byte and the length of a packet; only the small packets that steer the protocol are read. Rows are never
 * decoded.
 *
 * <p>Patterns of responses: spec of the commands ({@code commands.csv}), obproxy
 * {@code ob_resp_packet_analyze_result.cpp}, and transcripts of a real kernel. One instance serves one connection, one
 * response after the other; not thread safe.
 */
public final class ResponseTracker {
    private static final int OK_HEADER = 0x00;
    private static final int AUTH_MORE_DATA_HEADER = 0x01;
    private static final int LOCAL_INFILE_HEADER = 0xFB;
    private static final int EOF_HEADER = 0xFE;
    private static final int ERR_HEADER = 0xFF;
    /** {@link #status()} of a response without OK or EOF. */
    public static final int NO_STATUS = -1;
    /** A packet that starts with 0xFE is an EOF only when it is shorter than this. */
    private static final int EOF_LENGTH_LIMIT = 9;

    /** Least length of the first packet of an answer to COM_STMT_PREPARE that is looked at. */
    private static final int PREPARE_LENGTH = 9;
    /** Length of the first packet of an answer to COM_STMT_PREPARE_EXECUTE: ompk_prepare_execute.cpp. */
    private static final int PREPARE_EXECUTE_LENGTH = 17;

    private enum State {
        RESULT_START,
        COLUMNS,
        END_OF_COLUMNS,
        ROWS,
        /** Only the OK that ends every answer to COM_STMT_PREPARE_EXECUTE is to come. */
        FINAL_OK,
        PREPARED_PARAMETERS,
        END_OF_PARAMETERS,
        PREPARED_COLUMNS,
        END_OF_PREPARED_COLUMNS,
        TRAILING_OK,
        FILE_CONTENT,
        AUTH_ANSWER,
        DONE
    }

    private final ServerDialect dialect;
    private State state = State.DONE;
    private CommandCode command = CommandCode.COM_SLEEP;
    private long definitionsLeft;
    private int preparedColumns;
    private boolean rowsFollow;
    private int status = NO_STATUS;

    public ResponseTracker(ServerDialect dialect) {
        this.dialect = dialect;
    }

    /** Starts to follow the response to {@code command}. */
    public void begin(CommandCode command) {
        this.command = command;
        this.status = NO_STATUS;
        this.state = switch (command) {
            case COM_STMT_FETCH, COM_BINLOG_DUMP, COM_BINLOG_DUMP_GTID -> State.ROWS;
            case COM_FIELD_LIST -> State.COLUMNS;
            default -> State.RESULT_START;
        };
        this.definitionsLeft = command == CommandCode.COM_FIELD_LIST ? Long.MAX_VALUE : 0;
    }

    /** Whether the response is complete. */
    public boolean isDone() {
        return state == State.DONE;
    }

    /** Whether the server waits for the content of a local file. */
    public boolean awaitsFileContent() {
        return state == State.FILE_CONTENT;
    }

    /** Whether the server waits for another authentication answer. */
    public boolean awaitsAuthAnswer() {
        return state == State.AUTH_ANSWER;
    }

    /**
     * Whether an ERR may take the place of the next packet: everything the client could be waiting for now may
     * legally be an ERR, so that a broken response can still end in a readable error.
     */
    public boolean mayEndInError() {
        return state == State.RESULT_START || state == State.ROWS || state == State.FINAL_OK;
    }

    /** Whether the client has the whole response: what is missing is for the proxy only. */
    public boolean lacksOnlyTrailingOk() {
        return state == State.TRAILING_OK;
    }

    /** The last packet of the file went to the server: its verdict follows. */
    public void fileContentSent() {
        state = State.RESULT_START;
    }

    /** The authentication answer went to the server: its verdict follows. */
    public void authAnswerSent() {
        state = State.RESULT_START;
    }

    /** Server status flags of the last OK or EOF of this response, {@link #NO_STATUS} when none came. */
    public int status() {
        return status;
    }

    /**
     * Says what the packet is that starts now.
     *
     * @param firstByte first byte of the payload, or -1 of an empty one
     * @param length length of the payload, {@code 0xFFFFFF} when it goes on in the next packet
     */
    public PacketKind classify(int firstByte, int length) {
        return switch (state) {
            case RESULT_START -> classifyStart(firstByte, length);
            case COLUMNS -> classifyColumn(firstByte, length);
            case END_OF_COLUMNS -> expectEof(firstByte, length, PacketKind.EOF_OF_COLUMNS);
            case ROWS -> classifyRow(firstByte, length);
            case PREPARED_PARAMETERS, PREPARED_COLUMNS -> PacketKind.DEFINITION;
            case END_OF_PARAMETERS, END_OF_PREPARED_COLUMNS ->
                expectEof(firstByte, length, PacketKind.EOF_OF_DEFINITIONS);
            case TRAILING_OK -> {
                if (firstByte != OK_HEADER) {
                    throw new MalformedPacketException("no OK behind the response to " + command);
                }
                yield PacketKind.TRAILING_OK;
            }
            case FINAL_OK -> classifyFinalOk(firstByte);
            case FILE_CONTENT, AUTH_ANSWER, DONE -> {
                // A server may give up while it waits for the client: an ERR is always its right.
                if (firstByte == ERR_HEADER && state != State.DONE) {
                    yield PacketKind.ERR;
                }
                throw new MalformedPacketException("packet behind the end of the response to " + command);
            }
        };
    }

    private PacketKind classifyFinalOk(int firstByte) {
        return switch (firstByte) {
            case OK_HEADER -> PacketKind.OK;
            case ERR_HEADER -> PacketKind.ERR;
            default -> throw new MalformedPacketException("no OK at the end of the response to " + command);
        };
    }

    private boolean prepares() {
        return command == CommandCode.COM_STMT_PREPARE || command == CommandCode.COM_STMT_PREPARE_EXECUTE;
    }

    private PacketKind classifyStart(int firstByte, int length) {
        return switch (firstByte) {
            case OK_HEADER -> prepares() ? PacketKind.PREPARE_OK : PacketKind.OK;
            case ERR_HEADER -> PacketKind.ERR;
            case EOF_HEADER -> command == CommandCode.COM_CHANGE_USER ? PacketKind.AUTH_SWITCH : PacketKind.EOF_FINAL;
            default -> {
                if (command == CommandCode.COM_CHANGE_USER && firstByte == AUTH_MORE_DATA_HEADER) {
                    yield PacketKind.AUTH_MORE_DATA;
                }
                if (command == CommandCode.COM_STATISTICS || command == CommandCode.COM_STMT_GET_PIECE_DATA) {
                    yield PacketKind.TEXT;
                }
                if (firstByte == LOCAL_INFILE_HEADER) {
                    yield PacketKind.LOCAL_INFILE;
                }
                if (firstByte < 0 || length > 9) {
                    throw new MalformedPacketException("no column count in the response to " + command);
                }
                yield PacketKind.COLUMN_COUNT;
            }
        };
    }

    private PacketKind classifyColumn(int firstByte, int length) {
        if (command == CommandCode.COM_FIELD_LIST) {
            if (firstByte == ERR_HEADER) {
                return PacketKind.ERR;
            }
            if (firstByte == EOF_HEADER && length < EOF_LENGTH_LIMIT) {
                return PacketKind.EOF_FINAL;
            }
        }
        return PacketKind.DEFINITION;
    }

    private PacketKind classifyRow(int firstByte, int length) {
        if (firstByte == ERR_HEADER) {
            return PacketKind.ERR;
        }
        if (firstByte == EOF_HEADER && (length < EOF_LENGTH_LIMIT || (dialect.deprecateEof() && length < 0xFFFFFF))) {
            return PacketKind.EOF_OF_ROWS;
        }
        return PacketKind.ROW;
    }

    private PacketKind expectEof(int firstByte, int length, PacketKind kind) {
        if (firstByte != EOF_HEADER || length >= EOF_LENGTH_LIMIT) {
            throw new MalformedPacketException("no EOF behind the definitions in the response to " + command);
        }
        return kind;
    }

    /**
     * Moves on over a packet that {@link #classify} named.
     *
     * @param payload the complete payload of a {@linkplain PacketKind#whole() whole} packet, reader index at its
     *     start and left untouched; ignored for the other kinds
     * @return the kind, made more precise where only the content tells (an EOF of columns that opened a cursor)
     */
    public PacketKind advance(PacketKind kind, ByteBuf payload) {
        switch (kind) {
            case OK -> endOfResult(OkStatus.ofOk(payload), false);
            case EOF_FINAL -> endOfResult(OkStatus.ofEof(payload), needsTrailingOkAfterEofFinal());
            case EOF_OF_ROWS -> {
                return endOfRows(payload);
            }
            case ERR -> state = dialect.trailingOk() ? State.TRAILING_OK : State.DONE;
            case TRAILING_OK -> {
                status = OkStatus.ofOk(payload);
                state = State.DONE;
            }
            case TEXT -> state = needsTrailingOkAfterText() ? State.TRAILING_OK : State.DONE;
            case COLUMN_COUNT -> startColumns(payload);
            case DEFINITION -> endOfDefinition();
            case EOF_OF_COLUMNS -> {
                return endOfColumns(OkStatus.ofEof(payload));
            }
            case PREPARE_OK -> startPrepared(payload);
            case EOF_OF_DEFINITIONS -> {
                status = OkStatus.ofEof(payload);
                endOfDefinitions();
            }
            case LOCAL_INFILE -> state = State.FILE_CONTENT;
            case AUTH_SWITCH -> state = State.AUTH_ANSWER;
            case AUTH_MORE_DATA -> state = isFastAuthSuccess(payload) ? State.RESULT_START : State.AUTH_ANSWER;
            case ROW -> {}
        }
        return kind;
    }

    /** caching_sha2_password found the password in its cache: the OK follows without an answer of the client. */
    private static boolean isFastAuthSuccess(ByteBuf payload) {
        return payload.readableBytes() == 2 && payload.getByte(payload.readerIndex() + 1) == 3;
    }

    private PacketKind endOfRows(ByteBuf payload) {
        boolean binlog = command == CommandCode.COM_BINLOG_DUMP || command == CommandCode.COM_BINLOG_DUMP_GTID;
        int newStatus = dialect.deprecateEof() ? OkStatus.ofOk(payload) : OkStatus.ofEof(payload);
        if (command == CommandCode.COM_STMT_PREPARE_EXECUTE) {
            status = newStatus;
            state = State.FINAL_OK;
        } else {
            endOfResult(newStatus, dialect.trailingOk() && !binlog);
        }
        // With DEPRECATE_EOF nothing stands between the definitions and the end when a cursor was opened.
        return opensCursor(newStatus) ? PacketKind.EOF_FINAL : PacketKind.EOF_OF_ROWS;
    }

    private boolean opensCursor(int newStatus) {
        return (command == CommandCode.COM_STMT_EXECUTE || command == CommandCode.COM_STMT_PREPARE_EXECUTE)
                && (newStatus & ServerStatus.CURSOR_EXISTS) != 0;
    }

    private boolean needsTrailingOkAfterText() {
        return command == CommandCode.COM_STATISTICS ? dialect.trailingOkForStatistics() : dialect.trailingOk();
    }

    private boolean needsTrailingOkAfterEofFinal() {
        return dialect.trailingOk() && command == CommandCode.COM_FIELD_LIST;
    }

    private void endOfResult(int newStatus, boolean trailingOk) {
        status = newStatus;
        if ((newStatus & ServerStatus.MORE_RESULTS) != 0) {
            state = State.RESULT_START;
        } else {
            state = trailingOk ? State.TRAILING_OK : State.DONE;
        }
    }

    private void startColumns(ByteBuf payload) {
        int start = payload.readerIndex();
        definitionsLeft = Wire.readLenencInt(payload);
        payload.readerIndex(start);
        if (definitionsLeft <= 0) {
            throw new MalformedPacketException("column count " + definitionsLeft);
        }
        state = State.COLUMNS;
    }

    private void endOfDefinition() {
        if (--definitionsLeft > 0) {
            return;
        }
        switch (state) {
            case COLUMNS -> state = dialect.deprecateEof() ? State.ROWS : State.END_OF_COLUMNS;
            case PREPARED_PARAMETERS -> {
                if (dialect.deprecateEof()) {
                    startPreparedColumns();
                } else {
                    state = State.END_OF_PARAMETERS;
                }
            }
            case PREPARED_COLUMNS -> {
                if (dialect.deprecateEof()) {
                    endOfPrepare();
                } else {
                    state = State.END_OF_PREPARED_COLUMNS;
                }
            }
            default -> throw new IllegalStateException("definition in state " + state);
        }
    }

    private PacketKind endOfColumns(int newStatus) {
        status = newStatus;
        if (opensCursor(newStatus)) {
            // The cursor is open, its rows come by COM_STMT_FETCH.
            state = dialect.trailingOk() ? State.TRAILING_OK : State.DONE;
            return PacketKind.EOF_FINAL;
        }
        state = State.ROWS;
        return PacketKind.EOF_OF_COLUMNS;
    }

    private void startPrepared(ByteBuf payload) {
        int start = payload.readerIndex();
        boolean executes = command == CommandCode.COM_STMT_PREPARE_EXECUTE;
        if (payload.readableBytes() < (executes ? PREPARE_EXECUTE_LENGTH : PREPARE_LENGTH)) {
            throw new MalformedPacketException("short answer to " + command);
        }
        rowsFollow = executes && payload.getByte(start + PREPARE_EXECUTE_LENGTH - 1) != 0;
        preparedColumns = payload.getUnsignedShortLE(start + 5);
        definitionsLeft = payload.getUnsignedShortLE(start + 7);
        if (definitionsLeft > 0) {
            state = State.PREPARED_PARAMETERS;
        } else {
            startPreparedColumns();
        }
    }

    private void startPreparedColumns() {
        definitionsLeft = preparedColumns;
        if (definitionsLeft > 0) {
            state = State.PREPARED_COLUMNS;
        } else {
            endOfPrepare();
        }
    }

    private void endOfDefinitions() {
        if (state == State.END_OF_PARAMETERS) {
            startPreparedColumns();
        } else {
            endOfPrepare();
        }
    }

    private void endOfPrepare() {
        if (command == CommandCode.COM_STMT_PREPARE_EXECUTE) {
            state = rowsFollow ? State.ROWS : State.FINAL_OK;
            return;
        }
        state = dialect.trailingOk() ? State.TRAILING_OK : State.DONE;
    }
}
