package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.ob20.Ob20Flags;
import com.oceanbase.odp.protocol.ob20.Ob20Header;
import com.oceanbase.odp.protocol.ob20.PayloadChecksum;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Puts the MySQL bytes of one request or response after the other into frames. Not thread safe. */
final class Ob20Framing {

    private static final int MAX_CUT = 1 << 20;

    private final PayloadChecksum checksum = new PayloadChecksum();
    private int connectionId;
    private int requestId;
    private int sequence;
    private int flags;
    private byte[] extraInfo = new byte[0];

    /** The frames that follow belong to this request and are numbered from here. */
    void begin(int connection, int request, int firstSequence) {
        connectionId = connection;
        requestId = request;
        sequence = firstSequence;
        flags = 0;
        extraInfo = new byte[0];
    }

    /** The frames that follow carry these flags, the first one this extra info. */
    void tell(int newFlags, byte[] newExtraInfo) {
        flags = newFlags & ~(Ob20Flags.LAST_PACKET | Ob20Flags.EXTRA_INFO);
        extraInfo = newExtraInfo;
    }

    int requestId() {
        return requestId;
    }

    /** The number of the next frame. */
    void sequence(int next) {
        sequence = next & 0xFF;
    }

    /** Frames the bytes. */
    byte[] frame(byte[] mysql, boolean last) {
        ByteBuf out = Unpooled.buffer(mysql.length + 100);
        int from = 0;
        do {
            int length = Math.min(MAX_CUT, mysql.length - from);
            boolean end = from + length == mysql.length;
            append(out, mysql, from, length, last && end ? Ob20Flags.LAST_PACKET : 0);
            from += length;
        } while (from < mysql.length);
        return ByteBufUtil.getBytes(out);
    }

    private void append(ByteBuf out, byte[] mysql, int from, int length, int lastFlag) {
        int extraLength = extraInfo.length == 0 ? 0 : Integer.BYTES + extraInfo.length;
        int all = flags | lastFlag | (extraLength == 0 ? 0 : Ob20Flags.EXTRA_INFO);
        new Ob20Header(connectionId, requestId, sequence, extraLength + length, all).write(out);
        sequence = sequence + 1 & 0xFF;
        int start = out.writerIndex();
        if (extraLength > 0) {
            out.writeIntLE(extraInfo.length).writeBytes(extraInfo);
            extraInfo = new byte[0];
        }
        out.writeBytes(mysql, from, length);
        checksum.reset();
        checksum.update(out, start, extraLength + length);
        out.writeIntLE(checksum.value());
    }
}
