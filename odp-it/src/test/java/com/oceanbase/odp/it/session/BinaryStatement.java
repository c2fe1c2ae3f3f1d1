package com.oceanbase.odp.it.session;

import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of the binary protocol whose parameters are all sent as strings. Layouts: MySQL protocol. */
public final class BinaryStatement {
    public static final int NO_CURSOR = 0;
    public static final int READ_ONLY_CURSOR = 1;

    private static final int COM_STMT_PREPARE = 0x16;
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_SEND_LONG_DATA = 0x18;
    private static final int COM_STMT_CLOSE = 0x19;
    private static final int COM_STMT_RESET = 0x1A;
    private static final int COM_STMT_FETCH = 0x1C;
    private static final int TYPE_VAR_STRING = 0xFD;
    private static final int TYPE_LONGLONG = 8;
    private static final int TYPE_LONG = 3;

    private final RawClient client;
    private final int id;
    private final int parameters;
    private boolean bound;
    private int columnType;

    private BinaryStatement(RawClient client, int id, int parameters) {
        this.client = client;
        this.id = id;
        this.parameters = parameters;
    }

    /** Prepares the statement, which must succeed. */
    public static BinaryStatement prepare(RawClient client, String sql) throws IOException {
        return of(client, client.command(COM_STMT_PREPARE, sql));
    }

    /** The statement that this answer to COM_STMT_PREPARE, no error, describes. */
    public static BinaryStatement of(RawClient client, Response response) {
        if (response.isError()) {
            throw new IllegalStateException(response.toString());
        }
        ByteBuf answer = Unpooled.wrappedBuffer(response.packets().getFirst().payload());
        return new BinaryStatement(client, answer.getIntLE(1), answer.getUnsignedShortLE(7));
    }

    /** Number of placeholders. */
    public int parameters() {
        return parameters;
    }

    public int id() {
        return id;
    }

    /** Executes with string values; types are sent with the first execution only. */
    public Response execute(String... values) throws IOException {
        return execute(NO_CURSOR, values);
    }

    /** Executes, a null value being NULL, a value {@code "\0"} one that was sent as long data. */
    public Response execute(int cursor, @Nullable String... values) throws IOException {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(COM_STMT_EXECUTE).writeIntLE(id).writeByte(cursor).writeIntLE(1);
        if (parameters > 0) {
            byte[] nulls = new byte[(parameters + 7) / 8];
            for (int i = 0; i < parameters; i++) {
                if (values[i] == null) {
                    nulls[i / 8] |= (byte) (1 << (i % 8));
                }
            }
            out.writeBytes(nulls).writeByte(bound ? 0 : 1);
            if (!bound) {
                for (int i = 0; i < parameters; i++) {
                    out.writeByte(TYPE_VAR_STRING).writeByte(0);
                }
            }
            bound = true;
            for (String value : values) {
                if (value != null && !value.equals("\0")) {
                    Wire.writeLenencBytes(out, value.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return noteType(client.command(bytes(out)));
    }

    /** Executes and returns the first column of the rows. */
    public List<String> rows(String... values) throws IOException {
        Response response = execute(values);
        if (response.isError()) {
            throw new IllegalStateException(response.toString());
        }
        return firstColumn(response);
    }

    public void longData(int parameter, String data) throws IOException {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(COM_STMT_SEND_LONG_DATA).writeIntLE(id).writeShortLE(parameter);
        out.writeBytes(data.getBytes(StandardCharsets.UTF_8));
        client.send(bytes(out));
    }

    public Response fetch(int count) throws IOException {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(COM_STMT_FETCH).writeIntLE(id).writeIntLE(count);
        return client.command(bytes(out));
    }

    public Response reset() throws IOException {
        return client.command(bytes(Unpooled.buffer().writeByte(COM_STMT_RESET).writeIntLE(id)));
    }

    public void close() throws IOException {
        client.send(bytes(Unpooled.buffer().writeByte(COM_STMT_CLOSE).writeIntLE(id)));
    }

    private Response noteType(Response response) {
        int column = response.kinds().indexOf(Kind.COLUMN);
        if (column >= 0) {
            ByteBuf definition =
                    Unpooled.wrappedBuffer(response.packets().get(column).payload());
            for (int i = 0; i < 6; i++) {
                Wire.skipLenenc(definition);
            }
            // Behind the length of the fixed part: character set 2, column length 4, type 1.
            columnType = definition.getUnsignedByte(definition.readerIndex() + 7);
        }
        return response;
    }

    /** First column of the rows of an execution or fetch. */
    public List<String> firstColumn(Response response) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < response.packets().size(); i++) {
            if (response.kinds().get(i) == Kind.ROW) {
                values.add(firstValue(
                        Unpooled.wrappedBuffer(response.packets().get(i).payload())));
            }
        }
        return values;
    }

    /** Of a row of up to six columns. */
    private String firstValue(ByteBuf row) {
        row.skipBytes(1);
        boolean isNull = (row.readUnsignedByte() & 4) != 0;
        if (isNull) {
            return "NULL";
        }
        return switch (columnType) {
            case TYPE_LONGLONG -> Long.toString(row.readLongLE());
            case TYPE_LONG -> Integer.toString(row.readIntLE());
            default -> new String(Wire.readLenencBytes(row), StandardCharsets.UTF_8);
        };
    }

    private static byte[] bytes(ByteBuf out) {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
