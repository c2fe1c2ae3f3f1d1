package com.oceanbase.odp.routing.partition;

import java.util.BitSet;

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

    private final int leafCount;
    private final int single;
    private final BitSet leaves;
    private final Precision precision;
    private final int preferred;
    private final boolean empty;
    private final String reason;

    private PartitionSet(
            int leafCount, BitSet leaves, Precision precision, int preferred, boolean empty, String reason) {
        this.leafCount = leafCount;
        this.leaves = leaves;
        this.single = leaves.cardinality() == 1 ? leaves.nextSetBit(0) : -1;
        this.precision = precision;
        this.preferred = preferred;
        this.empty = empty;
        this.reason = reason;
    }

    /** One leaf. */
    static PartitionSet single(int leaf) {
        BitSet set = new BitSet();
        set.set(leaf);
        return new PartitionSet(leaf + 1, set, Precision.EXACT, leaf, false, "");
    }

    /** Consecutive leaves; {@code to} exclusive and above {@code from}. */
    static PartitionSet range(int leafCount, int from, int to) {
        BitSet set = new BitSet();
        set.set(from, to);
        return new PartitionSet(leafCount, set, Precision.EXACT, from, false, "");
    }

    /** All leaves, for a reason in plain words. */
    static PartitionSet all(int leafCount, String reason) {
        BitSet set = new BitSet();
        set.set(0, leafCount);
        return new PartitionSet(leafCount, set, Precision.UNKNOWN, 0, false, reason);
    }

    /** Some leaves, at least one. */
    static PartitionSet of(int leafCount, BitSet leaves, Precision precision, String reason) {
        return new PartitionSet(leafCount, (BitSet) leaves.clone(), precision, leaves.nextSetBit(0), false, reason);
    }

    /** The same set, of which one leaf is to be preferred. */
    PartitionSet preferring(int leaf) {
        return new PartitionSet(leafCount, leaves, precision, leaf, empty, reason);
    }

    /** The same set for a statement that no row matches. */
    PartitionSet forNoRow(String why) {
        return new PartitionSet(leafCount, leaves, precision, preferred, true, why);
    }

    /** The only leaf, -1 if there are several. */
    public int single() {
        return single;
    }

    /** Number of leaves in the set, at least 1. */
    public int size() {
        return single >= 0 ? 1 : leaves.cardinality();
    }

    /** Whether a leaf is in the set. */
    public boolean contains(int leaf) {
        return leaves.get(leaf);
    }

    /** The first leaf from an index on, -1 if there is none. */
    public int next(int from) {
        return leaves.nextSetBit(from);
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
        return empty;
    }

    /** Why it is not one leaf, or not exact, in plain words; empty if there is nothing to say. */
    public String reason() {
        return reason;
    }

    /** A copy of the leaves. */
    public BitSet leaves() {
        return (BitSet) leaves.clone();
    }

    @Override
    public String toString() {
        return precision + " " + leaves + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
