package com.oceanbase.odp.routing.trace;

/** Writes positions of partitions as the server's EXPLAIN does: {@code (p0, p2)}, {@code (p1sp0)}. */
public final class PartitionNames {
    private static final int MOST = 16;

    private final StringBuilder text = new StringBuilder("(");
    private int written;
    private int all;

    /** Adds a partition of the first level. */
    public PartitionNames add(int first) {
        if (room()) {
            text.append('p').append(first);
        }
        return this;
    }

    /** Adds a partition of the second level. */
    public PartitionNames add(int first, int second) {
        if (room()) {
            text.append('p').append(first).append("sp").append(second);
        }
        return this;
    }

    private boolean room() {
        all++;
        if (written == MOST) {
            return false;
        }
        if (written > 0) {
            text.append(", ");
        }
        written++;
        return true;
    }

    /** The text; empty when nothing was added. Says how many found no room. */
    public String text() {
        if (written == 0) {
            return "";
        }
        return all == written ? text + ")" : text + " and " + (all - written) + " more)";
    }
}
