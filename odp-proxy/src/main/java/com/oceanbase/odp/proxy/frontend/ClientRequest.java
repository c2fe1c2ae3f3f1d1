package com.oceanbase.odp.proxy.frontend;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One command of a client as it came, header included. A command that is too large to be kept is {@linkplain
 * #isComplete() incomplete}: {@link #bytes()} is its beginning and the rest follows as a stream, so it can be sent only
 * once.
 */
public final class ClientRequest {
    private final ByteBuf bytes;
    private final boolean complete;

    ClientRequest(ByteBuf bytes, boolean complete) {
        this.bytes = bytes;
        this.complete = complete;
    }

    /** The framed bytes; owned by the request until {@link #release()}. */
    public ByteBuf bytes() {
        return bytes;
    }

    /** Whether {@link #bytes()} is the whole command. */
    public boolean isComplete() {
        return complete;
    }

    /** First byte of the payload, -1 of an empty packet. */
    public int rawCommand() {
        return payloadLength() == 0 ? -1 : bytes.getUnsignedByte(payloadStart());
    }

    /** The command, null when the byte names none. */
    public @Nullable CommandCode command() {
        return CommandCode.of(rawCommand());
    }

    public int sequence() {
        return bytes.getUnsignedByte(bytes.readerIndex() + 3);
    }

    /** Length of the payload as the first header tells it: at least this much is coming. */
    public int declaredLength() {
        return bytes.getUnsignedMediumLE(bytes.readerIndex());
    }

    /** Index of the first payload byte. */
    public int payloadStart() {
        return bytes.readerIndex() + MysqlFrame.HEADER_LENGTH;
    }

    /** Payload bytes that are here. */
    public int payloadLength() {
        return bytes.readableBytes() - MysqlFrame.HEADER_LENGTH;
    }

    /** A copy of the payload behind the command byte. */
    public byte[] argument() {
        byte[] argument = new byte[Math.max(0, payloadLength() - 1)];
        if (argument.length > 0) {
            bytes.getBytes(payloadStart() + 1, argument);
        }
        return argument;
    }

    /** A copy of the payload. */
    public byte[] payload() {
        byte[] payload = new byte[payloadLength()];
        bytes.getBytes(payloadStart(), payload);
        return payload;
    }

    public void release() {
        bytes.release();
    }
}
