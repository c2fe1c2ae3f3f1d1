package com.oceanbase.odp.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.ResultSetWriter;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class AnswerCounterTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private static ByteBuf answers() {
        ResultSetWriter rows = new ResultSetWriter(0).column("c").status(ServerStatus.AUTOCOMMIT);
        rows.row("a").row("").row("x".repeat(300));
        return Unpooled.wrappedBuffer(
                rows.encode(ALLOCATOR, 1),
                ResultSetWriter.ok(ALLOCATOR, 1, 0xFFFF, 1, ServerStatus.AUTOCOMMIT),
                ResultSetWriter.err(ALLOCATOR, 1, new ErrPacket(1064, "42000", "syntax")));
    }

    @Test
    void findsTheEndsOfAnswersHoweverTheyAreCut() {
        ByteBuf whole = answers();
        int size = whole.readableBytes();
        whole.release();
        for (int cut = 1; cut < size; cut++) {
            ByteBuf all = answers();
            AnswerCounter counter = new AnswerCounter();
            int found = 0;
            for (ByteBuf part : new ByteBuf[] {all.readSlice(cut), all}) {
                while (part.isReadable()) {
                    if (counter.feed(part)) {
                        found++;
                        assertThat(counter.takeFailed()).isEqualTo(found == 3);
                    }
                }
            }
            all.release();
            assertThat(found).as("cut at %d", cut).isEqualTo(3);
        }
    }

    @Test
    void anEmptyRowIsNoEnd() {
        ByteBuf in = answers();
        AnswerCounter counter = new AnswerCounter();
        assertThat(counter.feed(in)).isTrue();
        assertThat(counter.feed(in)).isTrue();
        assertThat(counter.feed(in)).isTrue();
        assertThat(counter.error()).contains("syntax");
        assertThat(in.isReadable()).isFalse();
        in.release();
    }
}
