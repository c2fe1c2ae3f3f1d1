package com.oceanbase.odp.benchmark.backend;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.protocol.packet.HandshakeV10;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection to the canned server. Event loop confined. */
final class CannedHandler extends ChannelInboundHandlerAdapter {
    private static final Pattern USER_VARIABLE = Pattern.compile("SET @(\\w+) = (\\d+)");
    private static final String VERSION = "5.7.25";
    private static final byte[] SCRAMBLE = "cannedcannedcanned42".getBytes(StandardCharsets.US_ASCII);
    private static final int UTF8MB4_BIN = 46;
    private static final int MEGABYTES_OF_LARGE = 100;
    private static final long CAPABILITIES = Capabilities.LONG_PASSWORD
            | Capabilities.FOUND_ROWS
            | Capabilities.LONG_FLAG
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.MULTI_RESULTS
            | Capabilities.PS_MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.CONNECT_ATTRS
            | Capabilities.SESSION_TRACK;

    // command codes (MySQL: enum_server_command)
    private static final int COM_QUIT = 0x01;
    private static final int COM_QUERY = 0x03;
    private static final int COM_PREPARE = 0x16;
    private static final int COM_EXECUTE = 0x17;
    private static final int COM_LONG_DATA = 0x18;
    private static final int COM_CLOSE = 0x19;
    private static final int COM_SET_OPTION = 0x1B;

    private static int connections;

    private final CannedAnswers answers;
    private final InnerAnswers inner;
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;
    private boolean loggedIn;
    private boolean proxy;
    private boolean inTransaction;
    private @Nullable LongResult result;
    private boolean[] queries = new boolean[8];
    private int statements;

    CannedHandler(CannedAnswers answers, InnerAnswers inner) {
        this.answers = answers;
        this.inner = inner;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        HandshakeV10 greeting = new HandshakeV10(
                HandshakeV10.VERSION,
                VERSION,
                ++connections,
                SCRAMBLE,
                CAPABILITIES,
                UTF8MB4_BIN,
                ServerStatus.AUTOCOMMIT,
                "mysql_native_password");
        context.writeAndFlush(MysqlFrame.encode(context.alloc(), 0, greeting::encode));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf in = pending.isReadable()
                ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), pending, bytes)
                : bytes;
        pending = Unpooled.EMPTY_BUFFER;
        while (in.readableBytes() >= MysqlFrame.HEADER_LENGTH) {
            int length = in.getUnsignedMediumLE(in.readerIndex());
            if (in.readableBytes() < MysqlFrame.HEADER_LENGTH + length) {
                break;
            }
            int start = in.readerIndex() + MysqlFrame.HEADER_LENGTH;
            in.skipBytes(MysqlFrame.HEADER_LENGTH + length);
            if (loggedIn) {
                command(context, in, start, length);
            } else {
                login(context, in.slice(start, length), in.getUnsignedByte(start - 1) + 1);
            }
        }
        if (in.isReadable()) {
            pending = in;
        } else {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    private void login(ChannelHandlerContext context, ByteBuf packet, int sequence) {
        HandshakeResponse41 response = HandshakeResponse41.decode(packet);
        boolean tellsVariables = Capabilities.has(response.capabilities(), Capabilities.SESSION_TRACK);
        proxy = "__ob_proxy".equals(response.attributes().text("__mysql_client_type")) && tellsVariables;
        loggedIn = true;
        if (proxy) {
            context.write(InnerAnswers.loginOk(sequence, response.attributes().text("__proxy_capability_flag")));
        } else {
            ByteBuf ok = context.alloc().buffer().writeBytes(answers.ok(0));
            context.write(ok.setByte(3, sequence));
        }
    }

    private void command(ChannelHandlerContext context, ByteBuf in, int start, int length) {
        int variant = CannedAnswers.variant(proxy, inTransaction);
        switch (in.getByte(start)) {
            case COM_QUERY -> query(context, in, start + 1, length - 1);
            case COM_EXECUTE -> {
                int id = (int) in.getUnsignedIntLE(start + 1);
                boolean query = id >= 1 && id <= statements && queries[id - 1];
                write(context, query ? answers.binaryPoint(variant) : answers.oneRowChanged(variant));
            }
            case COM_PREPARE -> prepare(context, in, start + 1, length - 1);
            case COM_CLOSE, COM_LONG_DATA -> {
                // No answer.
            }
            case COM_SET_OPTION -> write(context, answers.eof(variant));
            case COM_QUIT -> context.close();
            default -> write(context, answers.ok(variant));
        }
    }

    private void query(ChannelHandlerContext context, ByteBuf in, int start, int length) {
        CannedStatement statement = CannedStatement.of(in, start, length);
        int variant = CannedAnswers.variant(proxy, inTransaction);
        switch (statement) {
            case POINT_SELECT, POINT_SELECT_PART, EXECUTE ->
                write(context, answers.text(CannedStatement.POINT_SELECT, variant));
            case RANGE_10, ROWS_1000 -> write(context, answers.text(statement, variant));
            case INSERT, UPDATE, DELETE -> write(context, answers.oneRowChanged(variant));
            case BEGIN, START -> endStatement(context, true);
            case COMMIT, ROLLBACK -> endStatement(context, false);
            case LARGE_1MB -> writeLong(context, variant, answers.megabytes(variant, 1));
            case LARGE_100MB -> writeLong(context, variant, answers.megabytes(variant, MEGABYTES_OF_LARGE));
            case ROWS -> writeLong(context, variant, answers.rows(variant, statement.number(in, start, length)));
            case SET -> set(context, in.toString(start, length, StandardCharsets.UTF_8), variant);
            case USE, PREPARE, DEALLOCATE -> write(context, answers.ok(variant));
            case OTHER -> write(context, inner.answer(in.toString(start, length, StandardCharsets.UTF_8), variant));
        }
    }

    /** Proxies are told user variables, as OBServers do. */
    private void set(ChannelHandlerContext context, String sql, int variant) {
        Matcher variable = USER_VARIABLE.matcher(sql);
        write(
                context,
                proxy && variable.matches()
                        ? InnerAnswers.userVariable(variable.group(1), variable.group(2))
                        : answers.ok(variant));
    }

    private void endStatement(ChannelHandlerContext context, boolean open) {
        inTransaction = open;
        write(context, answers.ok(CannedAnswers.variant(proxy, inTransaction)));
    }

    private void prepare(ChannelHandlerContext context, ByteBuf in, int start, int length) {
        String text = in.toString(start, length, StandardCharsets.UTF_8);
        boolean query = text.regionMatches(true, 0, "SELECT", 0, 6);
        if (statements == queries.length) {
            queries = Arrays.copyOf(queries, statements * 2);
        }
        queries[statements++] = query;
        int parameters = (int) text.chars().filter(c -> c == '?').count();
        write(
                context,
                CannedAnswers.prepared(CannedAnswers.variant(proxy, inTransaction), statements, parameters, query));
    }

    private void writeLong(ChannelHandlerContext context, int variant, LongResult rows) {
        write(context, answers.largeHead(variant));
        result = rows;
        pump(context);
    }

    /** Writes as long as the other side takes it. */
    private void pump(ChannelHandlerContext context) {
        LongResult rows = result;
        while (rows != null && context.channel().isWritable()) {
            ByteBuf piece = rows.next();
            if (piece == null) {
                rows = null;
                result = null;
                context.flush();
            } else {
                write(context, piece);
            }
        }
        if (rows != null) {
            context.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pump(context);
    }

    private static void write(ChannelHandlerContext context, ByteBuf answer) {
        context.write(answer, context.voidPromise());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pending.release();
        pending = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.err.println("canned backend: " + cause);
        }
        context.close();
    }
}
