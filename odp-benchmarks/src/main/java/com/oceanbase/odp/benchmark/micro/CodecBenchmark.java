package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.ResultSetWriter;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.response.PacketHandler;
import com.oceanbase.odp.protocol.response.PacketKind;
import com.oceanbase.odp.protocol.response.ResponseScanner;
import com.oceanbase.odp.protocol.response.ServerDialect;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.frontend.RequestFramer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.infra.Blackhole;

/** Finding the borders of requests and responses in received bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final int MAX_STEERING = 1 << 22;

    /** Rows of the result, of 120 bytes each. */
    @Param({"1", "10", "1000"})
    int rows;

    private final ResponseScanner scanner =
            new ResponseScanner(PooledByteBufAllocator.DEFAULT, new ServerDialect(false, false, false), MAX_STEERING);
    private final RequestFramer framer = new RequestFramer(1 << 20, 1 << 16);
    private final Sink sink = new Sink();
    private ByteBuf response = PooledByteBufAllocator.DEFAULT.directBuffer();
    private ByteBuf request = PooledByteBufAllocator.DEFAULT.directBuffer();

    /** Lets everything pass. */
    private static final class Sink implements PacketHandler {
        private int bytes;

        @Override
        public Disposition onPacket(PacketKind kind, int sequence, ByteBuf payload) {
            return Disposition.FORWARD;
        }

        @Override
        public void onBytes(ByteBuf piece) {
            bytes += piece.readableBytes();
            piece.release();
        }

        @Override
        public void onComplete(int status) {
            bytes++;
        }
    }

    /** Encodes what is read. */
    @Setup
    public void encode() {
        ResultSetWriter writer = new ResultSetWriter(0).column("c").status(ServerStatus.AUTOCOMMIT);
        for (int i = 0; i < rows; i++) {
            writer.row("c".repeat(120));
        }
        response = writer.encode(PooledByteBufAllocator.DEFAULT, 1);
        byte[] sql = "SELECT c FROM sbtest1 WHERE id=12345".getBytes(StandardCharsets.US_ASCII);
        request = MysqlFrame.encode(
                PooledByteBufAllocator.DEFAULT, 0, out -> out.writeByte(0x03).writeBytes(sql));
    }

    /** A response that came in one piece. */
    @Benchmark
    public int scanResponse() {
        scanner.expect(CommandCode.COM_QUERY, sink);
        scanner.scan(response.retainedDuplicate());
        return sink.bytes;
    }

    /** A request that came in one piece. */
    @Benchmark
    public void frameRequest(Blackhole blackhole) {
        framer.feed(PooledByteBufAllocator.DEFAULT, request.retainedDuplicate());
        ClientRequest framed = framer.poll();
        if (framed != null) {
            blackhole.consume(framed.command());
            framed.release();
        }
    }
}
