package com.oceanbase.odp.testkit.script;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All packets of one response, each with its kind.
 *
 * @param capabilities the capability bits of the session, which decide how OK packets read
 */
public record Response(List<Packet> packets, List<Kind> kinds, long capabilities) {

    public Response {
        packets = List.copyOf(packets);
        kinds = List.copyOf(kinds);
    }

    /** Whether any packet is an error. */
    public boolean isError() {
        return kinds.contains(Kind.ERR);
    }

    /** Whether the response begins with an OK packet. */
    public boolean isOk() {
        return !kinds.isEmpty() && kinds.getFirst() == Kind.OK;
    }

    /** The first error. */
    public ErrPacket error() {
        return ErrPacket.decode(Unpooled.wrappedBuffer(first(Kind.ERR).payload()));
    }

    /** The first OK packet of the response itself. */
    public OkPacket ok() {
        return OkPacket.decode(Unpooled.wrappedBuffer(first(Kind.OK).payload()), capabilities);
    }

    /** The OK packet which OceanBase adds for proxies, null if there is none. */
    public @Nullable OkPacket trailingOk() {
        int index = kinds.lastIndexOf(Kind.TRAILING_OK);
        return index < 0
                ? null
                : OkPacket.decode(Unpooled.wrappedBuffer(packets.get(index).payload()), capabilities);
    }

    /** The last OK packet of any kind: where OceanBase puts session state. */
    public OkPacket lastOk() {
        OkPacket trailing = trailingOk();
        return trailing == null ? ok() : trailing;
    }

    /** The rows of a text result set, SQL NULL as null. */
    public List<List<@Nullable String>> rows() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            if (kinds.get(i) == Kind.ROW) {
                rows.add(TextCells.of(packets.get(i).payload()));
            }
        }
        return rows;
    }

    /** The names of the columns, in order. */
    public List<String> columns() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            if (kinds.get(i) == Kind.COLUMN) {
                names.add(
                        String.valueOf(TextCells.of(packets.get(i).payload(), 6).get(4)));
            }
        }
        return names;
    }

    /** The single cell of the first row, null if there is no row. */
    public @Nullable String cell() {
        List<List<@Nullable String>> rows = rows();
        return rows.isEmpty() ? null : rows.getFirst().getFirst();
    }

    private Packet first(Kind kind) {
        int index = kinds.indexOf(kind);
        if (index < 0) {
            throw new IllegalStateException("no " + kind + " in the response " + this);
        }
        return packets.get(index);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < packets.size() && i < 12; i++) {
            byte[] payload = packets.get(i).payload();
            text.append(kinds.get(i)).append('[').append(payload.length).append("] ");
            if (kinds.get(i) == Kind.ERR) {
                text.append(new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8))
                        .append(' ');
            }
        }
        return text.append(packets.size()).append(" packets").toString();
    }
}
