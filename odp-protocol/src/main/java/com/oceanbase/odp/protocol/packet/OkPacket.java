package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Success (MySQL: OK_Packet).
 *
 * @param header {@link #HEADER}, or {@link #EOF_HEADER} for the OK that ends a result set under DEPRECATE_EOF
 * @param affectedRows 64 bits, unsigned
 * @param lastInsertId 64 bits, unsigned
 * @param status bits of {@link ServerStatus}
 * @param info text for people, in the session's character set
 * @param changes {@link SessionChanges#NONE} unless SESSION_TRACK is agreed and the status says SESSION_STATE_CHANGED
 */
public record OkPacket(
        int header,
        long affectedRows,
        long lastInsertId,
        int status,
        int warnings,
        byte[] info,
        SessionChanges changes) {

    public static final int HEADER = 0x00;
    public static final int EOF_HEADER = 0xFE;

    private static final byte[] NO_INFO = {};

    /** A plain OK without information. */
    public static OkPacket of(long affectedRows, long lastInsertId, int status, int warnings) {
        return new OkPacket(HEADER, affectedRows, lastInsertId, status, warnings, NO_INFO, SessionChanges.NONE);
    }

    public OkPacket withStatus(int newStatus) {
        return new OkPacket(header, affectedRows, lastInsertId, newStatus, warnings, info, changes);
    }

    public OkPacket withHeader(int newHeader) {
        return new OkPacket(newHeader, affectedRows, lastInsertId, status, warnings, info, changes);
    }

    /** Replaces the changes and makes the bit SESSION_STATE_CHANGED of the status agree with them. */
    public OkPacket withChanges(SessionChanges newChanges) {
        int newStatus = newChanges.isEmpty()
                ? status & ~ServerStatus.SESSION_STATE_CHANGED
                : status | ServerStatus.SESSION_STATE_CHANGED;
        return new OkPacket(header, affectedRows, lastInsertId, newStatus, warnings, info, newChanges);
    }

    public static OkPacket decode(ByteBuf in, long capabilities) {
        int header = readHeader(in);
        long affectedRows = Wire.readLenencInt(in);
        long lastInsertId = Wire.readLenencInt(in);
        int status = 0;
        int warnings = 0;
        if (Capabilities.has(capabilities, Capabilities.PROTOCOL_41)) {
            status = Wire.readInt2(in);
            warnings = Wire.readInt2(in);
        } else if (Capabilities.has(capabilities, Capabilities.TRANSACTIONS)) {
            status = Wire.readInt2(in);
        }
        byte[] info;
        SessionChanges changes = SessionChanges.NONE;
        if (Capabilities.has(capabilities, Capabilities.SESSION_TRACK)) {
            info = in.isReadable() ? Wire.readLenencBytes(in) : NO_INFO;
            if (ServerStatus.has(status, ServerStatus.SESSION_STATE_CHANGED) && in.isReadable()) {
                changes = SessionChanges.decode(Wire.readLenencSlice(in));
            }
        } else {
            info = Wire.readRestBytes(in);
        }
        return new OkPacket(header, affectedRows, lastInsertId, status, warnings, info, changes);
    }

    /**
     * The state block of an OK packet under PROTOCOL_41 and SESSION_TRACK, undecoded: what
     * {@link SessionChanges#decode} takes.
     *
     * @param payload its reader index does not move
     * @return a slice that is not retained, or null if the packet has no state block
     */
    public static @Nullable ByteBuf sessionStateBlock(ByteBuf payload) {
        int start = payload.readerIndex();
        try {
            readHeader(payload);
            Wire.readLenencInt(payload);
            Wire.readLenencInt(payload);
            int status = Wire.readInt2(payload);
            Wire.skip(payload, 2);
            if (!ServerStatus.has(status, ServerStatus.SESSION_STATE_CHANGED) || !payload.isReadable()) {
                return null;
            }
            Wire.skipLenenc(payload);
            return payload.isReadable() ? Wire.readLenencSlice(payload) : null;
        } finally {
            payload.readerIndex(start);
        }
    }

    /** Bits of {@link ServerStatus} in an OK packet under PROTOCOL_41; the payload's reader index does not move. */
    public static int status(ByteBuf payload) {
        int start = payload.readerIndex();
        try {
            readHeader(payload);
            Wire.readLenencInt(payload);
            Wire.readLenencInt(payload);
            return Wire.readInt2(payload);
        } finally {
            payload.readerIndex(start);
        }
    }

    private static int readHeader(ByteBuf in) {
        int header = Wire.readInt1(in);
        if (header != HEADER && header != EOF_HEADER) {
            throw new MalformedPacketException("not an OK packet");
        }
        return header;
    }

    /** Without SESSION_TRACK the changes are left out and the status does not claim any. */
    public void encode(ByteBuf out, long capabilities) {
        boolean track = Capabilities.has(capabilities, Capabilities.SESSION_TRACK);
        int shownStatus = track && !changes.isEmpty() ? status : status & ~ServerStatus.SESSION_STATE_CHANGED;
        out.writeByte(header);
        Wire.writeLenencInt(out, affectedRows);
        Wire.writeLenencInt(out, lastInsertId);
        if (Capabilities.has(capabilities, Capabilities.PROTOCOL_41)) {
            out.writeShortLE(shownStatus).writeShortLE(warnings);
        } else if (Capabilities.has(capabilities, Capabilities.TRANSACTIONS)) {
            out.writeShortLE(shownStatus);
        }
        if (!track) {
            out.writeBytes(info);
            return;
        }
        boolean withChanges = ServerStatus.has(shownStatus, ServerStatus.SESSION_STATE_CHANGED);
        if (info.length > 0 || withChanges) {
            Wire.writeLenencBytes(out, info);
        }
        if (withChanges) {
            int size = changes.encodedSize();
            Wire.writeLenencInt(out, size);
            out.ensureWritable(size);
            changes.encode(out);
        }
    }
}
