package com.oceanbase.odp.protocol.ob20;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * What stands in front of every OceanBase 2.0 payload: 7 bytes in MySQL's compressed layout, then 24 of its own, all
 * little-endian. Layout and order of the checks: obproxy ob_2_0_protocol_utils.cpp (writer) and
 * ob_mysql_compress_ob20_analyzer.cpp (reader).
 *
 * <pre>
 *  0 length of what follows byte 6 (3)   3 sequence (1)        4 zero (3)
 *  7 magic AB 20 (2)                     9 version 20 (2)     11 connection id (4)
 * 15 request id (3)                     18 sequence (1)       19 payload length (4)
 * 23 flags (4)                          27 reserved (2)       29 CRC-16 of bytes 0 to 28 (2)
 * </pre>
 *
 * The payload follows, then its CRC-32C (4).
 *
 * @param connectionId the server's number of the session, unsigned
 * @param requestId number of the request, 24 bits; the response repeats it
 * @param sequence number of the frame in its request or response, modulo 256
 * @param payloadLength bytes between header and tail, extra info included
 * @param flags see {@link Ob20Flags}
 */
public record Ob20Header(int connectionId, int requestId, int sequence, int payloadLength, int flags) {

    /** Bytes in front of the payload. */
    public static final int LENGTH = 31;

    /** Bytes of the checksum behind the payload. */
    public static final int TAIL_LENGTH = 4;

    /** Longest payload of one frame: what is behind byte 6 must not be longer than 0xFFFFFE. */
    public static final int MAX_PAYLOAD = 0xFFFFFE - (LENGTH - 7) - TAIL_LENGTH;

    /** Request ids are counted with this many bits. */
    public static final int REQUEST_ID_MASK = 0xFFFFFF;

    static final int MAGIC = 0x20AB;
    static final int VERSION = 20;

    private static final int COMPRESSION_HEADER = 7;
    private static final int CHECKED = 29;

    /** Appends the header with its checksum. */
    public void write(ByteBuf out) {
        int start = out.writerIndex();
        int behind = LENGTH - COMPRESSION_HEADER + payloadLength + TAIL_LENGTH;
        out.ensureWritable(LENGTH);
        out.setIntLE(start, behind | sequence << 24);
        out.setMediumLE(start + 4, 0);
        out.setIntLE(start + 7, MAGIC | VERSION << 16);
        out.setIntLE(start + 11, connectionId);
        out.setIntLE(start + 15, requestId | sequence << 24);
        out.setIntLE(start + 19, payloadLength);
        out.setIntLE(start + 23, flags);
        out.setShortLE(start + 27, 0);
        out.setShortLE(start + CHECKED, Crc16.of(out, start, CHECKED));
        out.writerIndex(start + LENGTH);
    }

    /**
     * Reads the header at {@code start}, of which all bytes must be there, and checks what does not depend on the
     * connection.
     *
     * @throws MalformedPacketException when it is damaged, or no header at all
     */
    public static Ob20Header read(ByteBuf in, int start) {
        int checksum = in.getUnsignedShortLE(start + CHECKED);
        // Zero stands for "not checked".
        if (checksum != 0 && checksum != Crc16.of(in, start, CHECKED)) {
            throw new MalformedPacketException(ErrorCode.CHECKSUM_ERROR, "header checksum of an OB 2.0 frame is wrong");
        }
        int magicAndVersion = in.getIntLE(start + 7);
        if (magicAndVersion != (MAGIC | VERSION << 16)) {
            throw new MalformedPacketException(
                    String.format("no OB 2.0 frame: magic and version are %08x", magicAndVersion));
        }
        if (in.getUnsignedMediumLE(start + 4) != 0) {
            throw new MalformedPacketException("compressed OB 2.0 frame, which was not agreed on");
        }
        int payload = in.getIntLE(start + 19);
        int behind = in.getUnsignedMediumLE(start);
        if (behind != LENGTH - COMPRESSION_HEADER + payload + TAIL_LENGTH) {
            throw new MalformedPacketException("OB 2.0 frame of " + behind + " bytes with a payload of " + payload);
        }
        int idAndSequence = in.getIntLE(start + 15);
        return new Ob20Header(
                in.getIntLE(start + 11),
                idAndSequence & REQUEST_ID_MASK,
                idAndSequence >>> 24,
                payload,
                in.getIntLE(start + 23));
    }

    /** Whether a flag of {@link Ob20Flags} is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
