package com.oceanbase.odp.protocol.response;

/**
 * What a packet of a response is. Kinds that are {@linkplain #whole() whole} are small, steer the protocol and are
 * handed over complete; all others are passed on as they arrive, a 16 MB row included.
 */
public enum PacketKind {
    /** OK that ends a result. */
    OK(true),
    /** ERR; ends the response. */
    ERR(true),
    /** EOF after the column definitions of a result set, before its rows. */
    EOF_OF_COLUMNS(true),
    /** EOF that ends a response without rows: a cursor was opened, or the last column of COM_FIELD_LIST was sent. */
    EOF_FINAL(true),
    /** EOF (or, under DEPRECATE_EOF, the OK with header 0xFE) that ends the rows. */
    EOF_OF_ROWS(true),
    /** EOF after the parameter or column definitions of a prepared statement. */
    EOF_OF_DEFINITIONS(true),
    /** The OK that an OceanBase server adds, for the proxy only, behind a response that does not end in an OK. */
    TRAILING_OK(true),
    /** First packet of a successful COM_STMT_PREPARE or COM_STMT_PREPARE_EXECUTE. */
    PREPARE_OK(true),
    /** Number of columns of a result set. */
    COLUMN_COUNT(true),
    /** The server asks for a local file (LOAD DATA LOCAL INFILE). */
    LOCAL_INFILE(true),
    /** The server asks for another authentication answer within COM_CHANGE_USER. */
    AUTH_SWITCH(true),
    /** Data of an authentication plugin within COM_CHANGE_USER. */
    AUTH_MORE_DATA(true),
    /** The text that answers COM_STATISTICS, the piece that answers COM_STMT_GET_PIECE_DATA. */
    TEXT(false),
    /** A column or parameter definition. */
    DEFINITION(false),
    /** A row, text or binary, or an event of a binlog dump. */
    ROW(false);

    private final boolean whole;

    PacketKind(boolean whole) {
        this.whole = whole;
    }

    /** Whether the packet is handed over complete rather than streamed. */
    public boolean whole() {
        return whole;
    }
}
