package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.ob20.Crc16;
import com.oceanbase.odp.protocol.ob20.Ob20Decoder;
import com.oceanbase.odp.protocol.ob20.Ob20Encoder;
import com.oceanbase.odp.protocol.ob20.Ob20Exchange;
import com.oceanbase.odp.protocol.ob20.Ob20Flags;
import com.oceanbase.odp.protocol.ob20.Ob20Header;
import com.oceanbase.odp.protocol.ob20.PayloadChecksum;
import com.oceanbase.odp.protocol.packet.ResultSetWriter;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * OceanBase 2.0 framing with its checksums: a response that arrives in chunks of 64 KB is taken apart, a request is
 * framed. What comes before and behind in the pipeline does nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class Ob20Benchmark {
    private static final int CONNECTION = 0xC0000001;
    private static final int ROW = 120;
    /** Payload of a frame, as an OBServer cuts its responses. */
    private static final int FRAME = 10_000;

    private static final int CHUNK = 1 << 16;

    /** Rows of the result, or bytes of the request, in units of 120 bytes. */
    @Param({"1", "10", "1000"})
    int rows;

    private final Ob20Exchange exchange = new Ob20Exchange(CONNECTION);
    private final EmbeddedChannel inbound =
            new EmbeddedChannel(new Ob20Decoder(exchange, (flags, info) -> {}), new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    ((ByteBuf) message).release();
                }
            });
    private final EmbeddedChannel outbound = new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                    ((ByteBuf) message).release();
                }
            },
            new Ob20Encoder(exchange));
    private final PayloadChecksum checksum = new PayloadChecksum();
    private ByteBuf plain = PooledByteBufAllocator.DEFAULT.directBuffer();
    private ByteBuf wire = PooledByteBufAllocator.DEFAULT.directBuffer();
    private ByteBuf request = PooledByteBufAllocator.DEFAULT.directBuffer();

    /** Encodes what is read. */
    @Setup
    public void encode() {
        ResultSetWriter writer = new ResultSetWriter(0).column("c").status(ServerStatus.AUTOCOMMIT);
        for (int i = 0; i < rows; i++) {
            writer.row("c".repeat(ROW));
        }
        plain = writer.encode(PooledByteBufAllocator.DEFAULT, 1);
        exchange.beginRequest();
        int sequence = 0;
        for (int from = 0; from < plain.readableBytes(); from += FRAME) {
            int length = Math.min(FRAME, plain.readableBytes() - from);
            int flags = from + length == plain.readableBytes() ? Ob20Flags.LAST_PACKET : 0;
            new Ob20Header(CONNECTION, 1, ++sequence & 0xFF, length, flags).write(wire);
            checksum.reset();
            checksum.update(plain, from, length);
            wire.writeBytes(plain, from, length).writeIntLE(checksum.value());
        }
        request = MysqlFrame.encode(
                PooledByteBufAllocator.DEFAULT, 0, out -> out.writeByte(3).writeZero(rows * ROW));
    }

    /** The frames of one response: header and payload checked, MySQL bytes passed on uncopied. */
    @Benchmark
    public void reframeResponse() {
        int size = wire.readableBytes();
        for (int from = 0; from < size; from += CHUNK) {
            inbound.pipeline().fireChannelRead(wire.retainedSlice(from, Math.min(CHUNK, size - from)));
        }
    }

    /** The frame of one request. */
    @Benchmark
    public void frameRequest() {
        exchange.beginRequest();
        outbound.pipeline().write(request.retainedDuplicate(), outbound.voidPromise());
    }

    /** The share of the header's checksum. */
    @Benchmark
    public int headerChecksum() {
        return Crc16.of(wire, 0, 29);
    }

    /** The share of the payload's checksum, over the whole response at once. */
    @Benchmark
    public int payloadChecksum() {
        checksum.reset();
        checksum.update(plain, 0, plain.readableBytes());
        return checksum.value();
    }
}
