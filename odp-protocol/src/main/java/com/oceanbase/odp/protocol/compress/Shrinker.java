package com.oceanbase.odp.protocol.compress;

import io.netty.buffer.ByteBuf;

/** Compresses payloads, each independent of the others; owns native memory until closed. */
interface Shrinker extends AutoCloseable {

    /** Bytes of room that {@link #shrink} wants for a payload of this length. */
    int bound(int length);

    /**
     * Compresses the readable bytes of {@code in} to the end of {@code out}, which has room for {@link #bound}; no
     * index of {@code in} moves.
     *
     * @param out a direct buffer
     * @return false, with the writer index of {@code out} unmoved, if the result would not be shorter than the input
     */
    boolean shrink(ByteBuf in, ByteBuf out);

    @Override
    void close();
}
