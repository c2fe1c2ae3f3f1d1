package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decodes the state block of a login OK once for all sessions that find the same bytes: an OceanBase server sends some
 * 840 variables with every login. One instance an event loop.
 */
public final class BaselineCache {
    private static final int CAPACITY = 32;

    private final Map<ByteBuf, VariableBaseline> known = new LinkedHashMap<>(CAPACITY * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuf, VariableBaseline> eldest) {
            return size() > CAPACITY;
        }
    };

    /** The baseline that {@code block}, the session-state block of an OK packet, describes. */
    public VariableBaseline of(ByteBuf block) {
        VariableBaseline baseline = known.get(block);
        if (baseline == null) {
            byte[] copy = ByteBufUtil.getBytes(block);
            baseline = VariableBaseline.of(SessionChanges.decode(block.duplicate()));
            known.put(Unpooled.wrappedBuffer(copy), baseline);
        }
        return baseline;
    }
}
