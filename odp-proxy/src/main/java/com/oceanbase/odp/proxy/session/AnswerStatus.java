package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.ServerStatus;

/** Status flags of the answers that the proxy makes itself, as an OBServer would set them. */
public final class AnswerStatus {
    private AnswerStatus() {}

    /** Flags of the EOF of rows. */
    public static int ofRows(ClientSession session) {
        return (session.state().isAutocommit() ? ServerStatus.AUTOCOMMIT : 0)
                | (session.transaction().isOpenForClient() ? ServerStatus.IN_TRANS : 0);
    }

    /** Flags of an OK: drivers read in them how to quote strings. */
    public static int ofOk(ClientSession session) {
        return ofRows(session)
                | (session.state().hasBackslashEscapes() ? 0 : ServerStatus.NO_BACKSLASH_ESCAPES)
                | (session.isPassThrough() ? 0 : ServerStatus.NO_INDEX_USED);
    }
}
