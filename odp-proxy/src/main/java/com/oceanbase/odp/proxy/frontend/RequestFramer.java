package com.oceanbase.odp.proxy.frontend;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's bytes into commands. A command up to the limit is kept whole (it can be parsed to its end and sent
 * again); of a larger one the beginning is handed out and the rest is streamed. The same stream mode carries the content
 * of a local file. Event loop confined.
 */
public final class RequestFramer {
    private static final int HEADER = MysqlFrame.HEADER_LENGTH;
    private static final int SEQUENCE_OFFSET = 3;

    private enum Mode {
        COMMANDS,
        REST_OF_COMMAND,
        FILE_CONTENT
    }

    private final int keepLimit;
    private final int prefixLength;
    private final LongSupplier prepareLimit;
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;
    private Mode mode = Mode.COMMANDS;
    /** Payload bytes of the current packet that are still to be streamed. */
    private int streaming;
    /** The current packet is of the greatest length: the command goes on under another header. */
    private boolean continues;
    /** Sequence number of the packet that began last. */
    private int sequence;

    /**
     * @param keepLimit longest command, in bytes, that is kept whole
     * @param prefixLength bytes of a longer command that are waited for before it is handed out
     */
    public RequestFramer(int keepLimit, int prefixLength) {
        this(keepLimit, prefixLength, () -> keepLimit);
    }

    /** @param prepareLimit longest COM_STMT_PREPARE, in bytes, that is kept whole: its text is needed again and again */
    public RequestFramer(int keepLimit, int prefixLength, LongSupplier prepareLimit) {
        this.prepareLimit = prepareLimit;
        this.keepLimit = keepLimit;
        this.prefixLength = Math.min(keepLimit, prefixLength);
    }

    /** Adds received bytes, owned by the framer from now on. */
    public void feed(ByteBufAllocator allocator, ByteBuf bytes) {
        pending = pending.isReadable()
                ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, pending, bytes)
                : replacePending(bytes);
    }

    private ByteBuf replacePending(ByteBuf bytes) {
        pending.release();
        return bytes;
    }

    /** Bytes that wait to be polled. */
    public int pendingBytes() {
        return pending.readableBytes();
    }

    /** Sequence number of an answer to the packets handed out so far. */
    public int answerSequence() {
        return (sequence + 1) & 0xFF;
    }

    /** Whether a command is being streamed, or the content of a file. */
    public boolean isStreaming() {
        return mode != Mode.COMMANDS;
    }

    /** From now on packets are the content of a local file, up to and including an empty packet. */
    public void expectFileContent() {
        mode = Mode.FILE_CONTENT;
        streaming = 0;
        continues = false;
    }

    /** The next command, null when it is not here yet or another one is still being streamed. */
    public @Nullable ClientRequest poll() {
        int available = pending.readableBytes();
        if (mode != Mode.COMMANDS || available < HEADER) {
            return null;
        }
        int length = pending.getUnsignedMediumLE(pending.readerIndex());
        int total = HEADER + length;
        boolean kept = length < MysqlFrame.MAX_PAYLOAD && (total <= keepLimit || isKeptPrepare(length, available));
        if (available < (kept ? total : Math.min(prefixLength, total))) {
            return null;
        }
        sequence = pending.getUnsignedByte(pending.readerIndex() + SEQUENCE_OFFSET);
        if (kept) {
            return new ClientRequest(take(total), true);
        }
        int prefix = Math.min(available, total);
        streaming = total - prefix;
        continues = length == MysqlFrame.MAX_PAYLOAD;
        boolean complete = streaming == 0 && !continues;
        mode = complete ? Mode.COMMANDS : Mode.REST_OF_COMMAND;
        return new ClientRequest(take(prefix), complete);
    }

    private boolean isKeptPrepare(int length, int available) {
        return available > HEADER
                && pending.getUnsignedByte(pending.readerIndex() + HEADER) == CommandCode.COM_STMT_PREPARE.code()
                && length <= prepareLimit.getAsLong();
    }

    /**
     * The next bytes of the stream, null when none are here. After each call {@link #isStreaming()} tells whether these
     * were the last.
     */
    public @Nullable ByteBuf pollStream() {
        int start = pending.readerIndex();
        int position = start;
        int end = pending.writerIndex();
        while (mode != Mode.COMMANDS && position < end) {
            if (streaming > 0) {
                int taken = Math.min(streaming, end - position);
                streaming -= taken;
                position += taken;
            } else if (mode == Mode.REST_OF_COMMAND && !continues) {
                break;
            } else {
                if (end - position < HEADER) {
                    break;
                }
                boolean continued = continues;
                streaming = pending.getUnsignedMediumLE(position);
                continues = streaming == MysqlFrame.MAX_PAYLOAD;
                sequence = pending.getUnsignedByte(position + SEQUENCE_OFFSET);
                position += HEADER;
                if (mode == Mode.FILE_CONTENT && streaming == 0 && !continued) {
                    mode = Mode.COMMANDS;
                }
            }
            if (mode == Mode.REST_OF_COMMAND && streaming == 0 && !continues) {
                mode = Mode.COMMANDS;
            }
        }
        return position == start ? null : take(position - start);
    }

    private ByteBuf take(int length) {
        if (length == pending.readableBytes()) {
            ByteBuf all = pending;
            pending = Unpooled.EMPTY_BUFFER;
            return all;
        }
        return pending.readRetainedSlice(length);
    }

    /** Gives back what is held. */
    public void release() {
        pending.release();
        pending = Unpooled.EMPTY_BUFFER;
    }
}
