package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the state block of a login OK once for all sessions that find the same bytes: an OceanBase server sends some
 * 840 variables, 25 KB, with every login. One instance an event loop.
 */
public final class BaselineCache {
    private static final int CAPACITY = 32;

    private final CRC32C checksum = new CRC32C();
    private final Map<Block, VariableBaseline> known = new LinkedHashMap<>(CAPACITY * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Block, VariableBaseline> eldest) {
            return size() > CAPACITY;
        }
    };

    /**
     * Bytes with a hash over all of them. Processors sum and compare blocks of memory many times faster than
     * {@link ByteBuf} does its integers.
     */
    private record Block(ByteBuffer bytes, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Block block && hash == block.hash && bytes.equals(block.bytes);
        }
    }

    /** The baseline that {@code block}, the session-state block of an OK packet, describes. */
    public VariableBaseline of(ByteBuf block) {
        ByteBuffer bytes = block.nioBuffer();
        checksum.reset();
        checksum.update(bytes.mark());
        Block found = new Block(bytes.reset(), (int) checksum.getValue());
        VariableBaseline baseline = known.get(found);
        if (baseline == null) {
            ByteBuffer copy = ByteBuffer.wrap(ByteBufUtil.getBytes(block));
            baseline = VariableBaseline.of(SessionChanges.decode(block.duplicate()));
            known.put(new Block(copy, found.hash()), baseline);
        }
        return baseline;
    }
}
