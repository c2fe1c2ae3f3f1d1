package com.oceanbase.odp.protocol.compress;

import com.oceanbase.odp.common.error.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/** Inflates the payloads of one connection one after the other; owns native memory until closed. */
interface Expander extends AutoCloseable {

    /** Prepares for the next payload. */
    void begin();

    /**
     * Inflates from {@code in} to {@code out} until the input is used up, the output is full or the stream has ended.
     *
     * @param in moves its reader index by what was taken
     * @param inputLimit at most so many bytes are taken
     * @param out a direct buffer; filled up to its capacity at most
     * @throws MalformedPacketException if the stream is damaged
     */
    void expand(ByteBuf in, int inputLimit, ByteBuf out);

    /** Whether the end of the stream was seen. */
    boolean finished();

    @Override
    void close();
}
