package com.oceanbase.odp.benchmark.load;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.PrepareOk;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Logs a connection in, runs the workload's setup, prepares what is to be prepared, and gives way to the load. */
final class LoginHandler extends ByteToMessageDecoder {
    private static final int COM_STMT_PREPARE = 0x16;
    private static final int OK = 0x00;
    private static final int AUTH_SWITCH = 0xFE;
    private static final int UTF8MB4 = 45;
    private static final int MANY_STATEMENTS = 100;
    private static final long MAX_PACKET = 1 << 24;
    private static final long CAPABILITIES = Capabilities.LONG_PASSWORD
            | Capabilities.LONG_FLAG
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS;

    private enum Step {
        GREETING,
        VERDICT,
        SETUP,
        PREPARE
    }

    private final LoadSpec spec;
    private final List<String> cycle;
    private final LoadConnection connection;
    private final List<RequestTemplate> templates = new ArrayList<>();
    private Step step = Step.GREETING;
    private int setupDone;
    private int packetsLeft;

    LoginHandler(LoadSpec spec, List<String> cycle, LoadConnection connection) {
        this.spec = spec;
        this.cycle = cycle;
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < MysqlFrame.HEADER_LENGTH) {
            return;
        }
        int length = in.getUnsignedMediumLE(in.readerIndex());
        if (in.readableBytes() < MysqlFrame.HEADER_LENGTH + length) {
            return;
        }
        int sequence = in.getUnsignedByte(in.readerIndex() + 3);
        in.skipBytes(MysqlFrame.HEADER_LENGTH);
        ByteBuf packet = in.readSlice(length);
        int header = packet.getUnsignedByte(packet.readerIndex());
        if (header == ErrPacket.HEADER) {
            ErrPacket error = ErrPacket.decode(packet);
            connection.failed(step + ": " + error.errno() + " " + error.message());
            context.close();
            return;
        }
        switch (step) {
            case GREETING -> login(context, sequence + 1);
            case VERDICT -> verdict(context, header, sequence + 1);
            case SETUP -> nextSetup(context);
            case PREPARE -> prepared(context, packet);
        }
    }

    private void login(ChannelHandlerContext context, int sequence) {
        HandshakeResponse41 response = new HandshakeResponse41(
                CAPABILITIES,
                MAX_PACKET,
                UTF8MB4,
                spec.user(),
                new byte[0],
                "bench",
                "mysql_native_password",
                ConnectionAttributes.NONE,
                0);
        step = Step.VERDICT;
        context.writeAndFlush(MysqlFrame.encode(context.alloc(), sequence, response::encode));
    }

    private void verdict(ChannelHandlerContext context, int header, int sequence) {
        if (header == AUTH_SWITCH) {
            context.writeAndFlush(MysqlFrame.encode(context.alloc(), sequence, out -> {}));
        } else if (header == OK) {
            step = Step.SETUP;
            nextSetup(context);
        }
    }

    private void nextSetup(ChannelHandlerContext context) {
        List<String> setup = spec.workload().setup();
        if (setupDone < setup.size()) {
            context.writeAndFlush(RequestTemplate.framed(setup.get(setupDone++)));
            return;
        }
        while (templates.size() < cycle.size()) {
            String text = cycle.get(templates.size());
            if (text.startsWith("?")) {
                step = Step.PREPARE;
                byte[] sql = text.substring(1).getBytes(StandardCharsets.UTF_8);
                context.writeAndFlush(MysqlFrame.encode(
                        context.alloc(),
                        0,
                        out -> out.writeByte(COM_STMT_PREPARE).writeBytes(sql)));
                return;
            }
            templates.add(RequestTemplate.query(text));
        }
        context.pipeline().addLast(connection);
        context.pipeline().remove(this);
        connection.ready(context.channel(), templates);
    }

    /** The first packet of the answer tells how many follow. */
    private void prepared(ChannelHandlerContext context, ByteBuf packet) {
        if (packetsLeft == 0) {
            PrepareOk ok = PrepareOk.decode(packet);
            templates.add(RequestTemplate.execute(ok.statementId(), key()));
            packetsLeft = behind(ok.parameters()) + behind(ok.columns());
        } else {
            packetsLeft--;
        }
        if (packetsLeft == 0) {
            nextSetup(context);
        }
    }

    /**
     * The key of a prepared statement: any, or where there are many of them one of its own, lest each has to be prepared
     * on each server before the window.
     */
    private long key() {
        return cycle.size() < MANY_STATEMENTS ? Keys.ANY : Keys.FIRST + templates.size();
    }

    private static int behind(int definitions) {
        return definitions == 0 ? 0 : definitions + 1;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        connection.failed("closed while " + step);
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.failed(step + ": " + cause);
        context.close();
    }
}
