package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/**
 * First packet of the answer to COM_STMT_PREPARE (MySQL: COM_STMT_PREPARE_OK).
 *
 * @param statementId 32 bits, unsigned
 */
public record PrepareOk(long statementId, int columns, int parameters, int warnings) {

    public static final int HEADER = 0x00;

    private static final int STATEMENT_ID_OFFSET = 1;

    public static PrepareOk decode(ByteBuf in) {
        if (Wire.readInt1(in) != HEADER) {
            throw new MalformedPacketException("not the answer to a prepare");
        }
        long statementId = Wire.readInt4(in);
        int columns = Wire.readInt2(in);
        int parameters = Wire.readInt2(in);
        int warnings = 0;
        if (in.isReadable()) {
            Wire.skip(in, 1);
            warnings = in.isReadable() ? Wire.readInt2(in) : 0;
        }
        return new PrepareOk(statementId, columns, parameters, warnings);
    }

    /** Replaces the statement id in an encoded payload; nothing else changes, no index moves. */
    public static void setStatementId(ByteBuf payload, long statementId) {
        Wire.require(payload, STATEMENT_ID_OFFSET + 4);
        payload.setIntLE(payload.readerIndex() + STATEMENT_ID_OFFSET, (int) statementId);
    }

    public void encode(ByteBuf out) {
        out.writeByte(HEADER)
                .writeIntLE((int) statementId)
                .writeShortLE(columns)
                .writeShortLE(parameters);
        out.writeByte(0).writeShortLE(warnings);
    }
}
