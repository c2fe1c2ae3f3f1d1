package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Description of a column or parameter (MySQL: Protocol::ColumnDefinition41). The default value, which only
 * COM_FIELD_LIST appends, is not kept.
 *
 * @param length maximum display length in bytes, 32 bits unsigned
 * @param type see {@link ColumnType}
 * @param flags 16 bits of column flags
 */
public record ColumnDefinition41(
        String catalog,
        String schema,
        String table,
        String originalTable,
        String name,
        String originalName,
        int characterSet,
        long length,
        int type,
        int flags,
        int decimals) {

    private static final String CATALOG = "def";
    private static final int FIXED_LENGTH = 0x0C;

    /** A column of a result that the proxy makes itself: it belongs to no table. */
    public static ColumnDefinition41 of(String name, int type, long length, int characterSet, int flags) {
        return new ColumnDefinition41(CATALOG, "", "", "", name, "", characterSet, length, type, flags, 0);
    }

    public static ColumnDefinition41 decode(ByteBuf in) {
        String catalog = Wire.readLenencText(in);
        String schema = Wire.readLenencText(in);
        String table = Wire.readLenencText(in);
        String originalTable = Wire.readLenencText(in);
        String name = Wire.readLenencText(in);
        String originalName = Wire.readLenencText(in);
        ByteBuf fixed = Wire.readLenencSlice(in);
        return new ColumnDefinition41(
                catalog,
                schema,
                table,
                originalTable,
                name,
                originalName,
                Wire.readInt2(fixed),
                Wire.readInt4(fixed),
                Wire.readInt1(fixed),
                Wire.readInt2(fixed),
                Wire.readInt1(fixed));
    }

    public void encode(ByteBuf out) {
        Wire.writeLenencText(out, catalog);
        Wire.writeLenencText(out, schema);
        Wire.writeLenencText(out, table);
        Wire.writeLenencText(out, originalTable);
        Wire.writeLenencText(out, name);
        Wire.writeLenencText(out, originalName);
        Wire.writeLenencInt(out, FIXED_LENGTH);
        out.writeShortLE(characterSet).writeIntLE((int) length).writeByte(type);
        out.writeShortLE(flags).writeByte(decimals).writeZero(2);
    }
}
