package com.oceanbase.odp.protocol.compress;

/**
 * The sequence number of compressed packets on one connection, shared by its {@link CompressedPacketDecoder} and
 * {@link CompressedPacketEncoder}.
 *
 * <p>Every packet read sets the number to write next to its successor. A server therefore continues where the client
 * stopped, and the client's new command, numbered from 0 again, starts the count anew; a client calls
 * {@link #reset()} before each command. A server must not read ahead into the next command while it still answers the
 * previous one. Belongs to the event loop of the connection.
 */
public final class CompressionSequence {

    private static final int MASK = 0xFF;

    private int next;

    /** The next packet written gets number 0. */
    public void reset() {
        next = 0;
    }

    /** A packet with this number was read. */
    void read(int sequence) {
        next = sequence + 1 & MASK;
    }

    /** The number for a packet to be written. */
    int write() {
        int sequence = next;
        next = next + 1 & MASK;
        return sequence;
    }
}
