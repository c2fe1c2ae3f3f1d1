package com.oceanbase.odp.testkit.script;

/**
 * Follows the packets of one response and knows when it ends, from the first bytes of each packet.
 *
 * <p>Written from MySQL's description of command responses and, for the OK packet that OceanBase adds for a proxy, from
 * obproxy's ObRespPacketAnalyzeResult; it shares no code with the proxy under test. Not thread safe.
 */
public final class ResponseFollower {

    /** Bytes of a payload that are enough to classify it. */
    public static final int PREFIX = 32;

    /** What a packet is. */
    public enum Kind {
        OK,
        /** The OK that OceanBase adds for a proxy behind a result set or an error. */
        TRAILING_OK,
        ERR,
        EOF,
        COLUMN_COUNT,
        COLUMN,
        ROW,
        PREPARE_OK,
        LOCAL_INFILE,
        AUTH,
        TEXT
    }

    private enum Phase {
        FIRST,
        COLUMNS,
        ROWS,
        PREPARED,
        TRAILING,
        DONE
    }

    private static final int COM_FIELD_LIST = 0x04;
    private static final int COM_STATISTICS = 0x09;
    private static final int COM_CHANGE_USER = 0x11;
    private static final int COM_STMT_PREPARE = 0x16;
    private static final int COM_STMT_SEND_LONG_DATA = 0x18;
    private static final int COM_STMT_CLOSE = 0x19;
    private static final int COM_STMT_FETCH = 0x1C;
    private static final int COM_QUIT = 0x01;
    /** Pseudo command: the server's answer to a login. */
    public static final int LOGIN = 0x100;

    private static final int MORE_RESULTS = 0x0008;
    private static final int CURSOR_EXISTS = 0x0040;
    private static final int MAX_PAYLOAD = 0xFFFFFF;

    private final int command;
    private final boolean extraOk;
    private final boolean deprecateEof;
    private Phase phase;
    private long columns;
    private int definitionsLeft;
    private int status;
    private boolean continued;
    private long rows;

    /**
     * @param extraOk whether the server adds its OK packet for proxies
     * @param deprecateEof whether DEPRECATE_EOF was agreed
     */
    public ResponseFollower(int command, boolean extraOk, boolean deprecateEof) {
        this.command = command;
        this.extraOk = extraOk && command != LOGIN;
        this.deprecateEof = deprecateEof;
        this.phase = switch (command) {
            case COM_STMT_CLOSE, COM_STMT_SEND_LONG_DATA, COM_QUIT -> Phase.DONE;
            case COM_FIELD_LIST -> Phase.COLUMNS;
            case COM_STMT_FETCH -> Phase.ROWS;
            default -> Phase.FIRST;
        };
    }

    public boolean isDone() {
        return phase == Phase.DONE;
    }

    /** Whether only the added OK packet is still to come. */
    public boolean awaitsTrailingOk() {
        return phase == Phase.TRAILING;
    }

    /** Whether rows are being received, whose contents nobody need look at. */
    public boolean inRows() {
        return phase == Phase.ROWS;
    }

    /** The status flags of the last OK or EOF. */
    public int status() {
        return status;
    }

    /** Rows seen so far. */
    public long rows() {
        return rows;
    }

    /**
     * Takes the next frame.
     *
     * @param length payload length of the frame
     * @param bytes holds at least the first {@link #PREFIX} bytes of the payload, or all of it
     * @param offset where the payload begins
     */
    public Kind accept(int length, byte[] bytes, int offset) {
        if (continued) {
            continued = length == MAX_PAYLOAD;
            return Kind.ROW;
        }
        continued = length == MAX_PAYLOAD;
        int first = length == 0 ? -1 : bytes[offset] & 0xFF;
        boolean eof = first == 0xFE && length < 9;
        return switch (phase) {
            case FIRST -> acceptFirst(first, length, bytes, offset);
            case COLUMNS -> acceptColumn(first, eof, bytes, offset, length);
            case ROWS -> acceptRow(first, length, bytes, offset);
            case PREPARED -> acceptDefinition(eof);
            case TRAILING -> {
                phase = Phase.DONE;
                yield first == 0x00 ? Kind.TRAILING_OK : Kind.TEXT;
            }
            case DONE -> Kind.TEXT;
        };
    }

    private Kind acceptFirst(int first, int length, byte[] bytes, int offset) {
        if (first == 0xFF) {
            end();
            return Kind.ERR;
        }
        if (command == COM_STATISTICS) {
            end();
            return Kind.TEXT;
        }
        if (command == COM_STMT_PREPARE && first == 0x00) {
            int columnCount = int2(bytes, offset + 5);
            int parameters = int2(bytes, offset + 7);
            int eofs = deprecateEof ? 0 : 1;
            definitionsLeft = (columnCount > 0 ? columnCount + eofs : 0) + (parameters > 0 ? parameters + eofs : 0);
            if (definitionsLeft == 0) {
                end();
            } else {
                phase = Phase.PREPARED;
            }
            return Kind.PREPARE_OK;
        }
        if (first == 0x00) {
            status = okStatus(bytes, offset);
            if ((status & MORE_RESULTS) == 0) {
                phase = Phase.DONE;
            }
            return Kind.OK;
        }
        if (first == 0xFB) {
            return Kind.LOCAL_INFILE;
        }
        if (command == LOGIN || command == COM_CHANGE_USER) {
            return Kind.AUTH;
        }
        if (first == 0xFE && length < 9) {
            status = int2(bytes, offset + 3);
            end();
            return Kind.EOF;
        }
        columns = lenenc(bytes, offset);
        phase = Phase.COLUMNS;
        return Kind.COLUMN_COUNT;
    }

    private Kind acceptColumn(int first, boolean eof, byte[] bytes, int offset, int length) {
        if (first == 0xFF) {
            end();
            return Kind.ERR;
        }
        if (eof) {
            status = int2(bytes, offset + 3);
            if (command == COM_FIELD_LIST || (status & CURSOR_EXISTS) != 0) {
                end();
            } else {
                phase = Phase.ROWS;
            }
            return Kind.EOF;
        }
        if (command == COM_FIELD_LIST) {
            if (first == 0xFE && deprecateEof && length < MAX_PAYLOAD) {
                end();
                return Kind.OK;
            }
            return Kind.COLUMN;
        }
        columns--;
        if (columns == 0 && deprecateEof) {
            phase = Phase.ROWS;
        }
        return Kind.COLUMN;
    }

    private Kind acceptRow(int first, int length, byte[] bytes, int offset) {
        if (first == 0xFF) {
            end();
            return Kind.ERR;
        }
        boolean ends = first == 0xFE && (deprecateEof ? length < MAX_PAYLOAD : length < 9);
        if (!ends) {
            rows++;
            return Kind.ROW;
        }
        boolean shortEof = length < 9 && length <= 5;
        status = shortEof ? int2(bytes, offset + 3) : okStatus(bytes, offset);
        if ((status & MORE_RESULTS) != 0) {
            phase = Phase.FIRST;
        } else {
            end();
        }
        return shortEof ? Kind.EOF : Kind.OK;
    }

    private Kind acceptDefinition(boolean eof) {
        definitionsLeft--;
        if (definitionsLeft == 0) {
            end();
        }
        return eof ? Kind.EOF : Kind.COLUMN;
    }

    private void end() {
        phase = extraOk ? Phase.TRAILING : Phase.DONE;
    }

    private static int okStatus(byte[] bytes, int offset) {
        int at = offset + 1;
        at += lenencSize(bytes, at);
        at += lenencSize(bytes, at);
        return int2(bytes, at);
    }

    private static int int2(byte[] bytes, int at) {
        return at + 1 < bytes.length ? bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 : 0;
    }

    private static int lenencSize(byte[] bytes, int at) {
        return switch (bytes[at] & 0xFF) {
            case 0xFC -> 3;
            case 0xFD -> 4;
            case 0xFE -> 9;
            default -> 1;
        };
    }

    private static long lenenc(byte[] bytes, int at) {
        int size = lenencSize(bytes, at);
        if (size == 1) {
            return bytes[at] & 0xFF;
        }
        long value = 0;
        for (int i = size - 1; i > 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }
}
