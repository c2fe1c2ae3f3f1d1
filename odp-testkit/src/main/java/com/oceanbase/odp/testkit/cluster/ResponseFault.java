package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to one response.
 *
 * @param cutAfter close the connection after so many bytes, -1 for no cut
 * @param corruptAt flip all bits of the byte at this offset, -1 for none
 * @param error answer with this error instead of executing, null to execute
 */
record ResponseFault(int cutAfter, int corruptAt, @Nullable ErrPacket error) {

    static final ResponseFault NONE = new ResponseFault(-1, -1, null);
}
