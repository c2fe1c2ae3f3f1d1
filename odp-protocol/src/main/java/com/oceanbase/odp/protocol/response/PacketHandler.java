package com.oceanbase.odp.protocol.response;

import io.netty.buffer.ByteBuf;

/** Takes a response as {@link ResponseScanner} finds it. All calls come on the connection's event loop. */
public interface PacketHandler {
    /** What becomes of a whole packet. */
    enum Disposition {
        /** It goes on as it is, header included. */
        FORWARD,
        /** It ends here. */
        DROP,
        /** {@link #replacement()} goes on in its place. */
        REPLACE
    }

    /**
     * A complete packet that steers the protocol. The tracker has already moved over it.
     *
     * @param sequence its sequence number, already lowered by {@link #sequenceShift()}
     * @param payload its payload; valid during the call only; may be changed in place if the length stays
     */
    Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload);

    /** The framed packet that takes the place of the one just answered with {@link Disposition#REPLACE}. */
    default ByteBuf replacement() {
        throw new IllegalStateException("no replacement");
    }

    /**
     * Bytes that go on as they are: whole packets and pieces of packets in wire order.
     *
     * @param bytes owned by the handler from now on
     */
    void onBytes(ByteBuf bytes);

    /** How much lower the sequence numbers towards the client are, since packets before were dropped; 0 or more. */
    default int sequenceShift() {
        return 0;
    }

    /**
     * The response is complete: no further call follows for it.
     *
     * @param status server status flags of its last OK or EOF, {@link ResponseTracker#NO_STATUS} when there was none
     */
    void onComplete(int status);
}
