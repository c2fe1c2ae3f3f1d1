package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session of the kernel as the recording has it. */
final class KernelSession implements AutoCloseable {
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_CLOSE = 0x19;
    private static final int UNSIGNED = 0x80;
    private static final String MODES = "STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_AUTO_CREATE_USER";

    private final RawClient client;

    /** The kernel refused a statement. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1;

        private final int code;

        Refusal(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    KernelSession(int port) throws IOException {
        client = RawClient.open("127.0.0.1", port, RawClient.Login.of("root", ""));
        run("set time_zone='+08:00'");
        run("set sql_mode='" + MODES + "'");
    }

    /** Undoes what the setup of a statement changed. */
    void restore() throws IOException {
        run("set time_zone='+08:00'");
        run("set sql_mode='" + MODES + "'");
    }

    List<List<@Nullable String>> run(String sql) throws IOException {
        Response response = client.query(sql);
        refuse(response);
        return response.rows();
    }

    /** First column of the rows of a statement with or without parameters. */
    List<String> column(String sql, List<Parameter> parameters) throws IOException {
        if (!parameters.isEmpty()) {
            return execute(sql, parameters);
        }
        List<String> cells = new ArrayList<>();
        for (List<@Nullable String> row : run(sql)) {
            cells.add(String.valueOf(row.getFirst()));
        }
        return cells;
    }

    private List<String> execute(String sql, List<Parameter> parameters) throws IOException {
        Response prepared = client.command(RawClient.COM_STMT_PREPARE, sql);
        refuse(prepared);
        int id = Unpooled.wrappedBuffer(prepared.packets().getFirst().payload()).getIntLE(1);
        try {
            Response response = client.command(payload(id, parameters));
            refuse(response);
            return firstColumn(response);
        } finally {
            client.send(ByteBufUtil.getBytes(
                    Unpooled.buffer().writeByte(COM_STMT_CLOSE).writeIntLE(id)));
        }
    }

    private static byte[] payload(int id, List<Parameter> parameters) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(COM_STMT_EXECUTE).writeIntLE(id).writeByte(0).writeIntLE(1);
        byte[] nulls = new byte[(parameters.size() + 7) / 8];
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).isNull()) {
                nulls[i / 8] |= (byte) (1 << (i % 8));
            }
        }
        out.writeBytes(nulls).writeByte(1);
        parameters.forEach(parameter -> out.writeByte(parameter.code()).writeByte(parameter.unsigned() ? UNSIGNED : 0));
        parameters.forEach(parameter -> out.writeBytes(parameter.wire()));
        return ByteBufUtil.getBytes(out);
    }

    /** The first column is a string or an INT in all statements of the recording. */
    private static List<String> firstColumn(Response response) {
        List<String> cells = new ArrayList<>();
        int column = response.kinds().indexOf(Kind.COLUMN);
        if (column < 0) {
            return cells;
        }
        int type = type(response.packets().get(column).payload());
        int columns = (int)
                response.kinds().stream().filter(kind -> kind == Kind.COLUMN).count();
        for (int i = 0; i < response.packets().size(); i++) {
            if (response.kinds().get(i) == Kind.ROW) {
                ByteBuf row = Unpooled.wrappedBuffer(response.packets().get(i).payload());
                row.skipBytes(1 + (columns + 9) / 8);
                cells.add(
                        type == 3
                                ? Integer.toString(row.readIntLE())
                                : new String(Wire.readLenencBytes(row), StandardCharsets.UTF_8));
            }
        }
        return cells;
    }

    private static int type(byte[] payload) {
        ByteBuf definition = Unpooled.wrappedBuffer(payload);
        for (int i = 0; i < 6; i++) {
            Wire.skipLenenc(definition);
        }
        // Behind the length of the fixed part: character set 2, column length 4, type 1.
        return definition.getUnsignedByte(definition.readerIndex() + 7);
    }

    private static void refuse(Response response) throws Refusal {
        if (response.isError()) {
            throw new Refusal(response.error().errno(), response.error().message());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
