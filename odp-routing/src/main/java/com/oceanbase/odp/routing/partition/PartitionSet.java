package com.oceanbase.odp.routing.partition;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of a table (see {@link PartitionedTable}) among which are all that a statement touches. Immutable.
 *
 * <p>{@link Precision#EXACT} means that each leaf of the set is one that the statement may touch by its own conditions; {@link Precision#SUPERSET}
 * that some conditions could not be used; {@link Precision#UNKNOWN} that none could, and the set is all leaves. A set of one leaf is always
 * right. When no row can match, {@link #empty} is true and any leaf is right; the set is not empty even then, so that there is one to choose.
 */
public final class PartitionSet {
    /** How much of the statement the set expresses. */
    public enum Precision {
        EXACT,
        SUPERSET,
        UNKNOWN
    }

    private final int single;

    /** A bit for each leaf, the first one lowest; null if there is one leaf: a table has such a set for each. */
    private final long @Nullable [] leaves;

    private final Precision precision;
    private final int preferred;
    private final Note note;
    private final String reason;

    /** What the reason is to be read with. */
    private enum Note {
        NOTHING,
        /** The number of leaves belongs to the reason, which is put together when it is asked for. */
        COUNT,
        /** No row can match. */
        NO_ROW
    }

    private PartitionSet(
            int single, long @Nullable [] leaves, Precision precision, int preferred, Note note, String reason) {
        this.single = single;
        this.leaves = leaves;
        this.precision = precision;
        this.preferred = preferred;
        this.note = note;
        this.reason = reason;
    }

    private static PartitionSet of(Precision precision, BitSet leaves, String reason) {
        int first = leaves.nextSetBit(0);
        return leaves.cardinality() == 1
                ? new PartitionSet(first, null, precision, first, Note.NOTHING, reason)
                : new PartitionSet(-1, leaves.toLongArray(), precision, first, Note.NOTHING, reason);
    }

    /** One leaf. */
    static PartitionSet single(int leaf) {
        return new PartitionSet(leaf, null, Precision.EXACT, leaf, Note.NOTHING, "");
    }

    /** Consecutive leaves; {@code to} exclusive and above {@code from}. */
    static PartitionSet range(int leafCount, int from, int to) {
        BitSet set = new BitSet();
        set.set(from, to);
        return of(Precision.EXACT, set, "");
    }

    /** All leaves, for a reason in plain words. */
    public static PartitionSet all(int leafCount, String reason) {
        BitSet set = new BitSet();
        set.set(0, leafCount);
        return of(Precision.UNKNOWN, set, reason);
    }

    /** Some leaves, at least one. */
    public static PartitionSet of(int leafCount, BitSet leaves, Precision precision, String reason) {
        return of(precision, leaves, reason);
    }

    /**
     * Several leaves, each of which the statement may touch.
     *
     * @param leaves a bit for each, the first one lowest; must not be changed any more
     * @param preferred one of them
     * @param cause why there are several, in plain words without their number
     */
    public static PartitionSet several(long[] leaves, int preferred, String cause) {
        return new PartitionSet(-1, leaves, Precision.EXACT, preferred, Note.COUNT, cause);
    }

    /** The same set of several leaves, each of which the statement may touch for this cause. */
    public PartitionSet because(String cause) {
        return new PartitionSet(single, leaves, Precision.EXACT, preferred, Note.COUNT, cause);
    }

    /** The same set, of which one leaf is to be preferred. */
    public PartitionSet preferring(int leaf) {
        return new PartitionSet(single, leaves, precision, leaf, note, reason);
    }

    /** The same set for a statement that no row matches. */
    public PartitionSet forNoRow(String why) {
        return new PartitionSet(single, leaves, precision, preferred, Note.NO_ROW, why);
    }

    /** The only leaf, -1 if there are several. */
    public int single() {
        return single;
    }

    /** Number of leaves in the set, at least 1. */
    public int size() {
        if (leaves == null) {
            return 1;
        }
        int size = 0;
        for (long word : leaves) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** Whether a leaf is in the set. */
    public boolean contains(int leaf) {
        if (leaves == null) {
            return leaf == single;
        }
        int word = leaf >> 6;
        return word < leaves.length && (leaves[word] >>> leaf & 1) != 0;
    }

    /** The first leaf from an index on, -1 if there is none. */
    public int next(int from) {
        if (leaves == null) {
            return from <= single ? single : -1;
        }
        int at = from >> 6;
        if (at >= leaves.length) {
            return -1;
        }
        long word = leaves[at] & -1L << from;
        while (word == 0) {
            if (++at == leaves.length) {
                return -1;
            }
            word = leaves[at];
        }
        return at * Long.SIZE + Long.numberOfTrailingZeros(word);
    }

    /** The leaf to go to when one must be chosen: that of the first row of an INSERT, else the first. */
    public int preferred() {
        return preferred;
    }

    /** How much of the statement the set expresses. */
    public Precision precision() {
        return precision;
    }

    /** No row can match: any leaf is right. */
    public boolean empty() {
        return note == Note.NO_ROW;
    }

    /** Why it is not one leaf, or not exact, in plain words; empty if there is nothing to say. */
    public String reason() {
        return note == Note.COUNT ? reason + ": " + size() + " partitions possible" : reason;
    }

    /** A copy of the leaves. */
    public BitSet leaves() {
        if (leaves != null) {
            return BitSet.valueOf(leaves);
        }
        BitSet copy = new BitSet();
        copy.set(single);
        return copy;
    }

    @Override
    public String toString() {
        return precision + " " + leaves() + (reason.isEmpty() ? "" : " (" + reason() + ")");
    }
}
