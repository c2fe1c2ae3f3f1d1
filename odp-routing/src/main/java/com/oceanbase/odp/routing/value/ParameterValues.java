package com.oceanbase.odp.routing.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of the placeholders of one execution. Reusable: {@link #reset} and set again for each execution, without allocation once it is
 * large enough. One thread at a time; the arrays that were given must not change until the next reset.
 */
public final class ParameterValues {
    /** No parameters. */
    public static final ParameterValues NONE = new ParameterValues();

    private enum State {
        UNKNOWN,
        NULL,
        BINARY,
        VALUE
    }

    private static final byte[] EMPTY = {};

    private State[] states = {};
    private int[] types = {};
    private boolean[] unsigned = {};
    private byte[][] buffers = {};
    private int[] offsets = {};
    private int[] lengths = {};
    private SqlValue[] values = {};
    private int count;
    private Map<String, Integer> names = Map.of();

    /** Makes all {@code newCount} values unknown and forgets names. */
    public void reset(int newCount) {
        if (newCount > states.length) {
            int size = Math.max(16, newCount);
            states = new State[size];
            types = new int[size];
            unsigned = new boolean[size];
            buffers = new byte[size][];
            offsets = new int[size];
            lengths = new int[size];
            values = new SqlValue[size];
        }
        Arrays.fill(states, 0, Math.max(count, newCount), State.UNKNOWN);
        Arrays.fill(buffers, 0, Math.max(count, newCount), EMPTY);
        Arrays.fill(values, 0, Math.max(count, newCount), SqlValue.NULL);
        count = newCount;
        names = Map.of();
    }

    /** Number of placeholders. */
    public int count() {
        return count;
    }

    public void setNull(int index) {
        states[index] = State.NULL;
    }

    /** The value was sent apart (long data) or is not known for another reason. */
    public void setUnknown(int index) {
        states[index] = State.UNKNOWN;
    }

    /**
     * A value as COM_STMT_EXECUTE carries it.
     *
     * @param type MYSQL_TYPE code of the wire, without the unsigned flag
     * @param offset of the value in {@code buffer}: behind the length of types that have one
     * @param length number of bytes, also for types of fixed length
     */
    public void setBinary(int index, int type, boolean isUnsigned, byte[] buffer, int offset, int length) {
        states[index] = State.BINARY;
        types[index] = type;
        unsigned[index] = isUnsigned;
        buffers[index] = buffer;
        offsets[index] = offset;
        lengths[index] = length;
    }

    /** A value that is known already: a user variable of {@code EXECUTE .. USING}. */
    public void setValue(int index, SqlValue value) {
        states[index] = State.VALUE;
        values[index] = value;
        if (value instanceof SqlValue.Text(byte[] bytes, Collation _, TextOrigin _)) {
            buffers[index] = bytes;
            offsets[index] = 0;
            lengths[index] = bytes.length;
        }
    }

    /** Gives a parameter of Oracle mode its name, without the colon. */
    public void setName(int index, String name) {
        if (names.isEmpty()) {
            names = new HashMap<>();
        }
        names.put(name, index);
    }

    /** The index of a named parameter, null if there is none. */
    public @Nullable Integer indexOf(String name) {
        return names.get(name);
    }

    /** The value of parameter {@code index}, decoded; strings are in the session's connection character set. */
    public SqlValue value(int index, SessionValues session) {
        if (index < 0 || index >= count) {
            return Reasons.PARAMETER;
        }
        return switch (states[index]) {
            case UNKNOWN -> Reasons.PARAMETER;
            case NULL -> SqlValue.NULL;
            case VALUE -> values[index];
            case BINARY ->
                BinaryParameters.decode(
                        types[index], unsigned[index], buffers[index], offsets[index], lengths[index], session);
        };
    }

    /** Whether the value is an integer that fits into a signed long. */
    public boolean isPlainLong(int index) {
        if (!isState(index, State.BINARY)) {
            return isState(index, State.VALUE)
                    && values[index] instanceof SqlValue.Int number
                    && (number.bits() >= 0 || !number.unsigned());
        }
        return BinaryParameters.isInteger(types[index], lengths[index])
                && (!unsigned[index] || lengths[index] < 8 || buffers[index][offsets[index] + 7] >= 0);
    }

    /** The integer for which {@link #isPlainLong} holds. */
    public long plainLong(int index) {
        return states[index] == State.VALUE && values[index] instanceof SqlValue.Int number
                ? number.bits()
                : BinaryParameters.integer(unsigned[index], buffers[index], offsets[index], lengths[index]);
    }

    /** Whether the value is a string of the binary protocol, or one that is known already and like a literal; its bytes are those of {@link #buffer}. */
    public boolean isPlainText(int index) {
        if (!isState(index, State.BINARY)) {
            return isState(index, State.VALUE)
                    && values[index] instanceof SqlValue.Text text
                    && text.origin() == TextOrigin.LITERAL;
        }
        return BinaryParameters.isText(types[index])
                && offsets[index] >= 0
                && lengths[index] >= 0
                && offsets[index] + lengths[index] <= buffers[index].length;
    }

    /** The collation of a string that is known already; null for one of the binary protocol, which has that of the session. */
    public @Nullable Collation collation(int index) {
        return isState(index, State.VALUE) && values[index] instanceof SqlValue.Text text ? text.collation() : null;
    }

    /** A date or a date and time of the binary protocol as {@link CivilTime}; {@link CivilTime#NONE} for other values. */
    public long plainTime(int index) {
        return isState(index, State.BINARY)
                ? BinaryParameters.civil(types[index], buffers[index], offsets[index], lengths[index])
                : CivilTime.NONE;
    }

    private boolean isState(int index, State state) {
        return index >= 0 && index < count && states[index] == state;
    }

    /** The array with the string for which {@link #isPlainText} holds. */
    public byte[] buffer(int index) {
        return buffers[index];
    }

    /** Index of the first byte of that string. */
    public int start(int index) {
        return offsets[index];
    }

    /** Index behind the last byte of that string. */
    public int end(int index) {
        return offsets[index] + lengths[index];
    }
}
