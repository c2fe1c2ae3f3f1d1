package com.oceanbase.odp.protocol.ob20;

import com.oceanbase.odp.common.error.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of requests and frames on one connection to a server, shared by its {@link Ob20Encoder} and
 * {@link Ob20Decoder}. Belongs to the event loop of the connection.
 *
 * <p>Several requests may be on their way; the server answers them in order. Each has an id of its own, its frames are
 * numbered from 0, and those of its response, or of a file that the server asks for in between, go on counting.
 */
public final class Ob20Exchange {

    private static final int SEQUENCE_MASK = 0xFF;

    private final int connectionId;
    private int requestId;
    private int requestFlags;
    private int nextFlags;
    private byte @Nullable [] extraInfo;
    private int nextSequence;
    private boolean requestComplete = true;
    private int answeredId;
    private int lastAnswerSequence;
    private boolean inResponse;

    /** @param connectionId the server's number of the session, from its handshake */
    public Ob20Exchange(long connectionId) {
        this.connectionId = (int) connectionId;
    }

    /** The next request carries these of {@link Ob20Flags}. */
    public void nextFlags(int flags) {
        nextFlags = flags;
    }

    /** The next request carries this extra info, in the new form. */
    public void nextExtraInfo(byte[] info) {
        extraInfo = info;
    }

    /** What is written next is a new request. */
    public void beginRequest() {
        requestId = requestId + 1 & Ob20Header.REQUEST_ID_MASK;
        requestFlags = nextFlags;
        nextFlags = 0;
        nextSequence = 0;
    }

    /** Id of the request that was begun last. */
    public int requestId() {
        return requestId;
    }

    /** The extra info for the frame that is being written, once; null for none. */
    byte @Nullable [] takeExtraInfo() {
        byte[] info = extraInfo;
        extraInfo = null;
        return info;
    }

    /** The header of the next frame of the request. */
    Ob20Header nextHeader(int payloadLength, int frameFlags) {
        int sequence = nextSequence;
        nextSequence = sequence + 1 & SEQUENCE_MASK;
        return new Ob20Header(connectionId, requestId, sequence, payloadLength, requestFlags | frameFlags);
    }

    /** Whether all that was written ends between two MySQL packets. */
    void requestComplete(boolean complete) {
        requestComplete = complete;
    }

    /**
     * A response frame begins.
     *
     * @throws MalformedPacketException when it is no answer to any request, or not the next frame of its response
     */
    void onResponse(Ob20Header header) {
        if (header.connectionId() != connectionId) {
            throw new MalformedPacketException(String.format(
                    "OB 2.0 frame for connection %08x on connection %08x", header.connectionId(), connectionId));
        }
        int id = header.requestId();
        int behindSent = requestId - id & Ob20Header.REQUEST_ID_MASK;
        int open = requestId - answeredId & Ob20Header.REQUEST_ID_MASK;
        if (behindSent > open) {
            throw new MalformedPacketException("OB 2.0 response to request " + id + ", the last one is " + requestId);
        }
        boolean goesOn = inResponse && id == answeredId;
        // The other number: behind the frames of a file that was sent in between.
        if (goesOn
                && header.sequence() != (lastAnswerSequence + 1 & SEQUENCE_MASK)
                && header.sequence() != nextSequence) {
            throw new MalformedPacketException(
                    "OB 2.0 response frame " + header.sequence() + " behind frame " + lastAnswerSequence);
        }
        answeredId = id;
        lastAnswerSequence = header.sequence();
        inResponse = !header.has(Ob20Flags.LAST_PACKET);
        if (behindSent == 0 && requestComplete) {
            nextSequence = header.sequence() + 1 & SEQUENCE_MASK;
        }
    }
}
