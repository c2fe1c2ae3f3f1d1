package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ColumnType;
import com.oceanbase.odp.protocol.packet.ResultSetWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of an answer, with the original's name and type (src/obproxy/cmd, ob_show_*_handler.cpp; sizes are this
 * proxy's: the original sends 0).
 */
record ResultColumn(String name, Kind kind) {
    /** Type of a column. */
    enum Kind {
        TEXT,
        NUMBER,
        UNSIGNED,
        INTEGER
    }

    private static final int TEXT_LENGTH = 4096;
    private static final int NUMBER_LENGTH = 20;
    private static final int INTEGER_LENGTH = 11;
    private static final int UNSIGNED_FLAG = 0x20;
    private static final int BINARY_FLAG = 0x80;

    /**
     * Columns from names; a name that ends in a colon and a letter is a number: {@code L} 64 bits, {@code U} 64 bits
     * without sign, {@code I} 32 bits.
     */
    static List<ResultColumn> of(String... names) {
        List<ResultColumn> columns = new ArrayList<>(names.length);
        for (String name : names) {
            int colon = name.length() - 2;
            boolean typed = colon > 0 && name.charAt(colon) == ':';
            columns.add(
                    typed
                            ? new ResultColumn(name.substring(0, colon), kind(name.charAt(colon + 1)))
                            : new ResultColumn(name, Kind.TEXT));
        }
        return List.copyOf(columns);
    }

    private static Kind kind(char letter) {
        return switch (letter) {
            case 'L' -> Kind.NUMBER;
            case 'U' -> Kind.UNSIGNED;
            case 'I' -> Kind.INTEGER;
            default -> throw new IllegalArgumentException("column type " + letter);
        };
    }

    ColumnDefinition41 definition() {
        return switch (kind) {
            case TEXT -> ColumnDefinition41.of(name, ColumnType.VARCHAR, TEXT_LENGTH, ResultSetWriter.UTF8MB4, 0);
            case NUMBER -> number(ColumnType.LONGLONG, NUMBER_LENGTH, BINARY_FLAG);
            case UNSIGNED -> number(ColumnType.LONGLONG, NUMBER_LENGTH, BINARY_FLAG | UNSIGNED_FLAG);
            case INTEGER -> number(ColumnType.LONG, INTEGER_LENGTH, BINARY_FLAG);
        };
    }

    private ColumnDefinition41 number(int type, int length, int flags) {
        return ColumnDefinition41.of(name, type, length, ResultSetWriter.BINARY, flags);
    }
}
