package com.oceanbase.odp.it.commands;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Payloads of the commands whose arguments are not text. Layouts: MySQL protocol. */
final class Payloads {
    static final int COM_FIELD_LIST = 0x04;
    static final int COM_STATISTICS = 0x09;
    static final int COM_PROCESS_INFO = 0x0A;
    static final int COM_PROCESS_KILL = 0x0C;
    static final int COM_PING = 0x0E;
    static final int COM_CHANGE_USER = 0x11;
    static final int COM_STMT_EXECUTE = 0x17;
    static final int COM_STMT_SEND_LONG_DATA = 0x18;
    static final int COM_STMT_CLOSE = 0x19;
    static final int COM_STMT_RESET = 0x1A;
    static final int COM_SET_OPTION = 0x1B;
    static final int COM_STMT_FETCH = 0x1C;
    static final int COM_RESET_CONNECTION = 0x1F;

    static final int TYPE_LONG = 3;
    static final int TYPE_BLOB = 252;
    static final int TYPE_VAR_STRING = 253;
    static final int CURSOR_READ_ONLY = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Payloads(int command) {
        bytes.write(command);
    }

    static Payloads command(int code) {
        return new Payloads(code);
    }

    /** A command about a statement. */
    static Payloads statement(int code, long id) {
        return command(code).int4(id);
    }

    /** COM_STMT_EXECUTE of a statement without parameters. */
    static byte[] execute(long id, int cursor) {
        return statement(COM_STMT_EXECUTE, id).int1(cursor).int4(1).toBytes();
    }

    /** COM_STMT_EXECUTE with one parameter, its type told or left as it was. */
    static byte[] execute(long id, boolean tellType, int type, byte[] value) {
        Payloads payload =
                statement(COM_STMT_EXECUTE, id).int1(0).int4(1).int1(0).int1(tellType ? 1 : 0);
        if (tellType) {
            payload.int1(type).int1(0);
        }
        return payload.raw(value).toBytes();
    }

    /** COM_STMT_FETCH. */
    static byte[] fetch(long id, int rows) {
        return statement(COM_STMT_FETCH, id).int4(rows).toBytes();
    }

    /** COM_STMT_SEND_LONG_DATA. */
    static byte[] longData(long id, int parameter, byte[] data) {
        return statement(COM_STMT_SEND_LONG_DATA, id).int2(parameter).raw(data).toBytes();
    }

    /** An INT value as the binary protocol has it. */
    static byte[] intValue(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    /** A text value as the binary protocol has it, at most 250 bytes. */
    static byte[] textValue(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[utf8.length + 1];
        value[0] = (byte) utf8.length;
        System.arraycopy(utf8, 0, value, 1, utf8.length);
        return value;
    }

    Payloads int1(int value) {
        bytes.write(value);
        return this;
    }

    Payloads int2(int value) {
        return int1(value).int1(value >> 8);
    }

    Payloads int4(long value) {
        return int2((int) value).int2((int) (value >> 16));
    }

    Payloads raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    Payloads nulText(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8)).int1(0);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
