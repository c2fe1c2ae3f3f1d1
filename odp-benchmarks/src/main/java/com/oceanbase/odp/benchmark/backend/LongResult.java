package com.oceanbase.odp.benchmark.backend;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A result that is written piece by piece: the same rows over and over, some more of them, the end. */
final class LongResult {
    private final ByteBuf block;
    private final ByteBuf rest;
    private final ByteBuf tail;
    private int blocks;
    private boolean hasRest;
    private boolean hasTail = true;

    /**
     * @param block rows that use all sequence numbers equally often, so that they may follow themselves
     * @param blocks how many times
     * @param rest further rows, may be empty
     * @param tail what follows the last row
     */
    LongResult(ByteBuf block, int blocks, ByteBuf rest, ByteBuf tail) {
        this.block = block;
        this.blocks = blocks;
        this.rest = rest;
        this.hasRest = rest.isReadable();
        this.tail = tail;
    }

    /** The next piece, null behind the last one. */
    @Nullable
    ByteBuf next() {
        if (blocks > 0) {
            blocks--;
            return block.duplicate();
        }
        if (hasRest) {
            hasRest = false;
            return rest;
        }
        if (hasTail) {
            hasTail = false;
            return tail;
        }
        return null;
    }
}
