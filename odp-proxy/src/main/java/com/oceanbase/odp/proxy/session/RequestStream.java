package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import io.netty.buffer.ByteBuf;

/**
 * The rest of a request that is too large to be kept, or the file of LOAD DATA LOCAL: passed on to the server as it
 * comes. Event loop confined; one instance a session.
 */
final class RequestStream {
    private final ClientSession session;
    private long length;

    RequestStream(ClientSession session) {
        this.session = session;
    }

    /** A new request: its beginning is here. */
    void begin(ClientRequest request) {
        length = request.payloadLength();
    }

    /** Whether more of the request, or of the file, is to come. */
    boolean isOpen() {
        return session.framer().isStreaming();
    }

    /** Passes on what has come. Returns false when the request is longer than the server accepts. */
    boolean forward(ServerLink target) {
        boolean file = target.scanner().tracker().awaitsFileContent();
        boolean forwarded = false;
        ByteBuf bytes;
        while ((bytes = session.framer().pollStream()) != null) {
            length += bytes.readableBytes();
            if (!file && length > session.maxAllowedPacket()) {
                bytes.release();
                return false;
            }
            target.sendBytes(bytes);
            forwarded = true;
        }
        if (forwarded) {
            target.flush();
        }
        if (file && !isOpen()) {
            target.scanner().tracker().fileContentSent();
        }
        return true;
    }

    /** Throws away what has come: nobody wants it any more. */
    void discard() {
        ByteBuf bytes;
        while ((bytes = session.framer().pollStream()) != null) {
            bytes.release();
        }
    }
}
