package com.oceanbase.odp.protocol.packet;

import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an OK packet tells about the state of its session (MySQL: session state information).
 *
 * <p>OceanBase tells user variables too, in the same kind of entry as system variables: the pair {@code __NULL},
 * {@code __NULL} is the border, what comes behind it are user variables (obproxy: ObMySQLPacket::get_separator_kv).
 *
 * @param schema the new default schema, null if unchanged
 * @param stateChanged whether the entry "state has changed" says 1
 * @param others entries of other types, as they came
 */
public record SessionChanges(
        List<Variable> systemVariables,
        List<Variable> userVariables,
        @Nullable String schema,
        boolean stateChanged,
        List<RawTrack> others) {

    /** No change. */
    public static final SessionChanges NONE = new SessionChanges(List.of(), List.of(), null, false, List.of());

    /** Entry types (MySQL: enum_session_state_type). */
    static final int TYPE_SYSTEM_VARIABLES = 0;

    static final int TYPE_SCHEMA = 1;
    static final int TYPE_STATE_CHANGE = 2;

    private static final String BORDER = "__NULL";
    private static final Variable BORDER_PAIR = new Variable(BORDER, BORDER);

    /** A variable and its value as text, both lossless as {@link LosslessText} explains. */
    public record Variable(String name, String value) {

        int encodedSize() {
            return lenencSize(name) + lenencSize(value);
        }

        void encode(ByteBuf out) {
            Wire.writeLenencText(out, name);
            Wire.writeLenencText(out, value);
        }
    }

    /** An entry of a type which has no field of its own here. */
    public record RawTrack(int type, byte[] data) {}

    public SessionChanges {
        systemVariables = List.copyOf(systemVariables);
        userVariables = List.copyOf(userVariables);
        others = List.copyOf(others);
    }

    public boolean isEmpty() {
        return systemVariables.isEmpty()
                && userVariables.isEmpty()
                && schema == null
                && !stateChanged
                && others.isEmpty();
    }

    /** Reads the entries of a state block, without the length in front of the block; the reader index moves. */
    public static SessionChanges decode(ByteBuf block) {
        return block.isReadable() ? new Decoder().decode(block) : NONE;
    }

    /**
     * Writes the entries, without a length in front of the block.
     *
     * <p>Without user variables every system variable gets an entry of its own, as MySQL's drivers expect; with them
     * there is one entry in the manner of OceanBase.
     */
    public void encode(ByteBuf out) {
        if (userVariables.isEmpty()) {
            for (Variable variable : systemVariables) {
                writeEntryHead(out, TYPE_SYSTEM_VARIABLES, variable.encodedSize());
                variable.encode(out);
            }
        } else {
            writeEntryHead(out, TYPE_SYSTEM_VARIABLES, borderedSize());
            systemVariables.forEach(variable -> variable.encode(out));
            BORDER_PAIR.encode(out);
            userVariables.forEach(variable -> variable.encode(out));
        }
        if (schema != null) {
            writeEntryHead(out, TYPE_SCHEMA, lenencSize(schema));
            Wire.writeLenencText(out, schema);
        }
        if (stateChanged) {
            writeEntryHead(out, TYPE_STATE_CHANGE, 2);
            out.writeByte(1).writeByte('1');
        }
        for (RawTrack other : others) {
            writeEntryHead(out, other.type, other.data.length);
            out.writeBytes(other.data);
        }
    }

    /** How many bytes {@link #encode} writes. */
    public int encodedSize() {
        int size = 0;
        if (userVariables.isEmpty()) {
            for (Variable variable : systemVariables) {
                size += entrySize(variable.encodedSize());
            }
        } else {
            size += entrySize(borderedSize());
        }
        if (schema != null) {
            size += entrySize(lenencSize(schema));
        }
        if (stateChanged) {
            size += entrySize(2);
        }
        for (RawTrack other : others) {
            size += entrySize(other.data.length);
        }
        return size;
    }

    private int borderedSize() {
        int size = BORDER_PAIR.encodedSize();
        for (Variable variable : systemVariables) {
            size += variable.encodedSize();
        }
        for (Variable variable : userVariables) {
            size += variable.encodedSize();
        }
        return size;
    }

    private static void writeEntryHead(ByteBuf out, int type, int length) {
        out.writeByte(type);
        Wire.writeLenencInt(out, length);
    }

    private static int entrySize(int length) {
        return 1 + Wire.lenencIntSize(length) + length;
    }

    private static int lenencSize(String text) {
        int size = LosslessText.size(text);
        return Wire.lenencIntSize(size) + size;
    }

    /** One pass over a block. */
    private static final class Decoder {

        private final List<Variable> system = new ArrayList<>();
        private final List<Variable> user = new ArrayList<>();
        private final List<RawTrack> others = new ArrayList<>();
        private @Nullable String schema;
        private boolean stateChanged;
        private boolean behindBorder;

        SessionChanges decode(ByteBuf block) {
            while (block.isReadable()) {
                int type = Wire.readInt1(block);
                ByteBuf entry = Wire.readLenencSlice(block);
                switch (type) {
                    case TYPE_SYSTEM_VARIABLES -> readVariables(entry);
                    case TYPE_SCHEMA -> schema = Wire.readLenencText(entry);
                    case TYPE_STATE_CHANGE -> {
                        byte[] value = Wire.readLenencBytes(entry);
                        stateChanged = value.length == 1 && value[0] == '1';
                    }
                    default -> others.add(new RawTrack(type, Wire.readRestBytes(entry)));
                }
            }
            return new SessionChanges(system, user, schema, stateChanged, others);
        }

        private void readVariables(ByteBuf entry) {
            while (entry.isReadable()) {
                String name = Wire.readLenencText(entry);
                String value = Wire.readLenencText(entry);
                if (name.equals(BORDER) && value.equals(BORDER)) {
                    behindBorder = true;
                } else {
                    (behindBorder ? user : system).add(new Variable(name, value));
                }
            }
        }
    }
}
