package com.oceanbase.odp.protocol.command;

import org.jspecify.annotations.Nullable;

/**
 * First byte of a client's packet in the command phase (MySQL: my_command.h; from 0xA1 on OceanBase:
 * ob_mysql_packet.h).
 */
public enum CommandCode {
    COM_SLEEP(0x00, Handling.FORWARD, true),
    COM_QUIT(0x01, Handling.ANSWER, false),
    COM_INIT_DB(0x02, Handling.SESSION, true),
    COM_QUERY(0x03, Handling.SESSION, true),
    COM_FIELD_LIST(0x04, Handling.FORWARD, true),
    COM_CREATE_DB(0x05, Handling.FORWARD, true),
    COM_DROP_DB(0x06, Handling.FORWARD, true),
    COM_REFRESH(0x07, Handling.FORWARD, true),
    COM_SHUTDOWN(0x08, Handling.FORWARD, true),
    COM_STATISTICS(0x09, Handling.FORWARD, true),
    COM_PROCESS_INFO(0x0A, Handling.SESSION, true),
    COM_CONNECT(0x0B, Handling.FORWARD, true),
    COM_PROCESS_KILL(0x0C, Handling.SESSION, true),
    COM_DEBUG(0x0D, Handling.FORWARD, true),
    COM_PING(0x0E, Handling.ANSWER, true),
    COM_TIME(0x0F, Handling.FORWARD, true),
    COM_DELAYED_INSERT(0x10, Handling.FORWARD, true),
    COM_CHANGE_USER(0x11, Handling.SESSION, true),
    COM_BINLOG_DUMP(0x12, Handling.BINLOG, true),
    COM_TABLE_DUMP(0x13, Handling.REFUSE, true),
    COM_CONNECT_OUT(0x14, Handling.REFUSE, true),
    COM_REGISTER_SLAVE(0x15, Handling.BINLOG, true),
    COM_STMT_PREPARE(0x16, Handling.SESSION, true),
    COM_STMT_EXECUTE(0x17, Handling.STATEMENT, true),
    COM_STMT_SEND_LONG_DATA(0x18, Handling.STATEMENT, false),
    COM_STMT_CLOSE(0x19, Handling.STATEMENT, false),
    COM_STMT_RESET(0x1A, Handling.STATEMENT, true),
    COM_SET_OPTION(0x1B, Handling.FORWARD, true),
    COM_STMT_FETCH(0x1C, Handling.STATEMENT, true),
    COM_DAEMON(0x1D, Handling.FORWARD, true),
    COM_BINLOG_DUMP_GTID(0x1E, Handling.BINLOG, true),
    COM_RESET_CONNECTION(0x1F, Handling.SESSION, true),
    COM_STMT_PREPARE_EXECUTE(0xA1, Handling.STATEMENT, true),
    COM_STMT_SEND_PIECE_DATA(0xA2, Handling.STATEMENT, true),
    COM_STMT_GET_PIECE_DATA(0xA3, Handling.STATEMENT, true);

    /** What the proxy does with a command in principle. */
    public enum Handling {
        /** Routed and forwarded without looking inside. */
        FORWARD,
        /** Looked into, since it reads or changes the session's state; usually forwarded then. */
        SESSION,
        /** Names a prepared statement or cursor by an id that has to be translated for the server that holds it. */
        STATEMENT,
        /** Done by the proxy alone. */
        ANSWER,
        /** Goes to the binlog service if there is one. */
        BINLOG,
        /** Not supported. */
        REFUSE
    }

    private static final @Nullable CommandCode[] BY_CODE = new CommandCode[256];

    static {
        for (CommandCode command : values()) {
            BY_CODE[command.code] = command;
        }
    }

    private final int code;
    private final Handling handling;
    private final boolean expectsResponse;

    CommandCode(int code, Handling handling, boolean expectsResponse) {
        this.code = code;
        this.handling = handling;
        this.expectsResponse = expectsResponse;
    }

    /** The command of a first byte, or null if there is none with that code. */
    public static @Nullable CommandCode of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    public int code() {
        return code;
    }

    public Handling handling() {
        return handling;
    }

    /** False if the server sends nothing back, so that the client is ready for its next command at once. */
    public boolean expectsResponse() {
        return expectsResponse;
    }

    /** Whether the four bytes behind the command byte are a statement or cursor id. */
    public boolean namesStatement() {
        return handling == Handling.STATEMENT;
    }
}
