package com.oceanbase.odp.protocol.response;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;

/** Reads the status flags of an OK or EOF packet and nothing else. */
final class OkStatus {
    private OkStatus() {}

    /** Status flags of an OK packet, header 0x00 or 0xFE. */
    static int ofOk(ByteBuf payload) {
        int start = payload.readerIndex();
        payload.skipBytes(1);
        Wire.readLenencInt(payload);
        Wire.readLenencInt(payload);
        if (payload.readableBytes() < 2) {
            throw new MalformedPacketException("OK packet without status flags");
        }
        int status = payload.getUnsignedShortLE(payload.readerIndex());
        payload.readerIndex(start);
        return status;
    }

    /** Status flags of an EOF packet. */
    static int ofEof(ByteBuf payload) {
        if (payload.readableBytes() < 5) {
            throw new MalformedPacketException("EOF packet without status flags");
        }
        return payload.getUnsignedShortLE(payload.readerIndex() + 3);
    }
}
