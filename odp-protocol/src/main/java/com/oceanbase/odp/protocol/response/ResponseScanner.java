package com.oceanbase.odp.protocol.response;

import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.response.PacketHandler.Disposition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the bytes that a server sends, header by header, and deals them out: small steering packets whole, all
 * else as slices of the received buffers, uncopied and as large as they came. It holds back at most one header or one
 * steering packet. Not thread safe; one instance a connection.
 *
 * <p>Every response is announced by {@link #expect} before its first byte.
 */
public final class ResponseScanner {
    private static final int HEADER = MysqlFrame.HEADER_LENGTH;
    /** Header and first payload byte: what tells the kind of a packet. */
    private static final int PEEK = HEADER + 1;

    private static final ByteBuf NOTHING = Unpooled.EMPTY_BUFFER;

    private final ByteBufAllocator allocator;
    private final ResponseTracker tracker;
    private final int maxWholePacket;

    private ByteBuf chunk = NOTHING;
    private int regionStart;
    private int position;

    /** Start of a packet whose rest has not arrived; null when nothing is held back. */
    private @Nullable ByteBuf carry;
    /** Size the carry must reach before it can be looked at again. */
    private int carryNeeded;
    /** Payload bytes still to come of the packet that is passed on piece by piece. */
    private int streaming;
    /** The packet that is passed on goes on under another header. */
    private boolean continues;
    /** What is being passed on; null between packets. */
    private @Nullable PacketKind streamed;

    private int lastSequence;
    private boolean released;

    private @Nullable PacketHandler handler;
    /**
     * Responses announced behind the current one: requests may be sent without waiting for each other. Null as long as
     * that has not happened.
     */
    private @Nullable ArrayDeque<Announced> next;

    private record Announced(CommandCode command, PacketHandler handler) {}

    /** @param maxWholePacket longest steering packet that is accepted, in bytes */
    public ResponseScanner(ByteBufAllocator allocator, ServerDialect dialect, int maxWholePacket) {
        this.allocator = allocator;
        this.tracker = new ResponseTracker(dialect);
        this.maxWholePacket = maxWholePacket;
    }

    /** The tracker of the response that is being read. */
    public ResponseTracker tracker() {
        return tracker;
    }

    /** Announces the response to {@code command}, behind all that were announced before. */
    public void expect(CommandCode command, PacketHandler taker) {
        if (handler == null) {
            tracker.begin(command);
            handler = taker;
            return;
        }
        ArrayDeque<Announced> behind = next;
        if (behind == null) {
            behind = new ArrayDeque<>(4);
            next = behind;
        }
        behind.add(new Announced(command, taker));
    }

    /** Whether no response is awaited. */
    public boolean isIdle() {
        return handler == null;
    }

    /** Whether the bytes handed out so far end between two packets. */
    public boolean atPacketBoundary() {
        return streamed == null;
    }

    /** Sequence number, lowered by the handler's shift, of the last packet that began and was not dropped. */
    public int lastSequence() {
        return lastSequence;
    }

    /** Gives back what is held. Whatever else comes is thrown away, also the rest of what is being dealt out now. */
    public void release() {
        released = true;
        if (carry != null) {
            carry.release();
            carry = null;
        }
    }

    /**
     * Deals out one received buffer.
     *
     * @param bytes owned by the scanner from now on
     * @throws MalformedPacketException when the bytes are no legal response; the connection is useless then
     */
    public void scan(ByteBuf bytes) {
        chunk = bytes;
        position = bytes.readerIndex();
        regionStart = position;
        try {
            while (!released && position < bytes.writerIndex()) {
                if (streaming > 0) {
                    passOn();
                } else if (carry != null) {
                    fillCarry(carry);
                } else {
                    startPacket();
                }
            }
            if (!released) {
                emitRegion();
            }
        } finally {
            chunk = NOTHING;
            bytes.release();
        }
    }

    private PacketHandler handler() {
        PacketHandler current = handler;
        if (current == null) {
            throw new MalformedPacketException("bytes from the server that nobody asked for");
        }
        return current;
    }

    private void emitRegion() {
        int length = position - regionStart;
        if (length == chunk.readableBytes() && length > 0) {
            // All of it goes on: nothing of it is looked at here any more.
            handler().onBytes(chunk.retain());
        } else if (length > 0) {
            handler().onBytes(chunk.retainedSlice(regionStart, length));
        }
        regionStart = position;
    }

    private void passOn() {
        int taken = Math.min(streaming, chunk.writerIndex() - position);
        streaming -= taken;
        position += taken;
        if (streaming == 0) {
            endOfPiece();
        }
    }

    /** All bytes under the current header were passed on. */
    private void endOfPiece() {
        if (continues) {
            return;
        }
        PacketKind kind = streamed;
        streamed = null;
        if (kind != null) {
            tracker.advance(kind, NOTHING);
            completeIfDone();
        }
    }

    private void completeIfDone() {
        if (tracker.isDone()) {
            emitRegion();
            PacketHandler done = handler();
            int status = tracker.status();
            Announced following = next == null ? null : next.poll();
            handler = following == null ? null : following.handler();
            if (following != null) {
                tracker.begin(following.command());
            } else {
                next = null;
            }
            done.onComplete(status);
        }
    }

    private void startPacket() {
        int available = chunk.writerIndex() - position;
        if (available < HEADER || !isPeekable(available, chunk.getUnsignedMediumLE(position))) {
            holdBack(available < HEADER ? HEADER : PEEK);
            return;
        }
        int length = chunk.getUnsignedMediumLE(position);
        int sequence = shiftSequence(chunk, position);
        if (continues) {
            startPiece(length);
            position += HEADER;
            finishEmptyPiece();
            return;
        }
        PacketKind kind = tracker.classify(firstByte(chunk, position, length), length);
        if (!kind.whole()) {
            streamed = kind;
            startPiece(length);
            position += HEADER;
            finishEmptyPiece();
            return;
        }
        int size = wholeSize(kind, length);
        if (size > available) {
            unshiftSequence(chunk, position, sequence);
            holdBack(size);
            return;
        }
        handleWholeInChunk(kind, sequence, size);
    }

    private void handleWholeInChunk(PacketKind kind, int sequence, int size) {
        Disposition disposition = handOver(chunk, position + HEADER, position + size, kind, sequence);
        if (disposition != Disposition.FORWARD) {
            noteDropped(disposition);
            emitRegion();
            if (disposition == Disposition.REPLACE) {
                handler().onBytes(handler().replacement());
            }
            regionStart = position + size;
        }
        position += size;
        completeIfDone();
    }

    /** The buffer itself stands for the payload while it is looked at: most packets are small and a slice costs more. */
    private Disposition handOver(ByteBuf buffer, int start, int end, PacketKind kind, int sequence) {
        int readerIndex = buffer.readerIndex();
        int writerIndex = buffer.writerIndex();
        buffer.setIndex(start, end);
        PacketKind precise = tracker.advance(kind, buffer);
        buffer.setIndex(start, end);
        Disposition disposition = handler().onPacket(precise, sequence, buffer);
        buffer.setIndex(readerIndex, writerIndex);
        return disposition;
    }

    /** What follows a packet that is not handed out takes its number. */
    private void noteDropped(Disposition disposition) {
        if (disposition == Disposition.DROP) {
            lastSequence = (lastSequence - 1) & 0xFF;
        }
    }

    private boolean isPeekable(int available, int length) {
        return continues || length == 0 || available >= PEEK;
    }

    private static int firstByte(ByteBuf buffer, int headerStart, int length) {
        return length == 0 ? -1 : buffer.getUnsignedByte(headerStart + HEADER);
    }

    private int wholeSize(PacketKind kind, int length) {
        if (length > maxWholePacket) {
            throw new MalformedPacketException(kind + " packet of " + length + " bytes");
        }
        return HEADER + length;
    }

    private void startPiece(int length) {
        streaming = length;
        continues = length == MysqlFrame.MAX_PAYLOAD;
    }

    private void finishEmptyPiece() {
        if (streaming == 0) {
            endOfPiece();
        }
    }

    private int shiftSequence(ByteBuf buffer, int headerStart) {
        int sequence = buffer.getUnsignedByte(headerStart + 3);
        int shift = handler().sequenceShift();
        if (shift != 0) {
            sequence = (sequence - shift) & 0xFF;
            buffer.setByte(headerStart + 3, sequence);
        }
        lastSequence = sequence;
        return sequence;
    }

    private void unshiftSequence(ByteBuf buffer, int headerStart, int shifted) {
        buffer.setByte(headerStart + 3, (shifted + handler().sequenceShift()) & 0xFF);
    }

    /** Keeps the rest of the chunk until {@code needed} bytes of the packet are here. */
    private void holdBack(int needed) {
        emitRegion();
        int rest = chunk.writerIndex() - position;
        carry = allocator.buffer(needed).writeBytes(chunk, position, rest);
        carryNeeded = needed;
        position += rest;
        regionStart = position;
    }

    private void fillCarry(ByteBuf held) {
        int taken = Math.min(carryNeeded - held.readableBytes(), chunk.writerIndex() - position);
        held.writeBytes(chunk, position, taken);
        position += taken;
        regionStart = position;
        if (held.readableBytes() < carryNeeded) {
            return;
        }
        int length = held.getUnsignedMediumLE(0);
        if (!isPeekable(held.readableBytes(), length)) {
            carryNeeded = PEEK;
            return;
        }
        startHeldPacket(held, length);
    }

    private void startHeldPacket(ByteBuf held, int length) {
        boolean piece = continues;
        PacketKind kind = piece ? PacketKind.ROW : tracker.classify(firstByte(held, 0, length), length);
        if (!piece && kind.whole() && held.readableBytes() < wholeSize(kind, length)) {
            carryNeeded = wholeSize(kind, length);
            return;
        }
        carry = null;
        int sequence = shiftSequence(held, 0);
        if (!piece && kind.whole()) {
            handleWholeInCarry(held, kind, sequence);
            return;
        }
        if (!piece) {
            streamed = kind;
        }
        startPiece(length);
        streaming -= held.readableBytes() - HEADER;
        handler().onBytes(held);
        finishEmptyPiece();
    }

    private void handleWholeInCarry(ByteBuf held, PacketKind kind, int sequence) {
        boolean forwarded = false;
        try {
            Disposition disposition = handOver(held, HEADER, held.readableBytes(), kind, sequence);
            if (disposition == Disposition.FORWARD) {
                forwarded = true;
                handler().onBytes(held);
            } else {
                noteDropped(disposition);
                if (disposition == Disposition.REPLACE) {
                    handler().onBytes(handler().replacement());
                }
            }
        } finally {
            if (!forwarded) {
                held.release();
            }
        }
        completeIfDone();
    }
}
