package com.oceanbase.odp.benchmark.load;

/** Keys for the literals: random ones of existing rows, and new ones in sequence. Not thread safe. */
final class Keys {
    /** The first of {@link #ROWS} existing rows. */
    static final int FIRST = 10_000;

    /** No certain key. */
    static final long ANY = -1;

    /** Rows that exist. */
    static final int ROWS = 10_000;

    private static final int RANGE = 10;

    private long state = 0x9E3779B97F4A7C15L;
    private long last;
    private long next;

    Keys(long firstNew) {
        this.next = firstNew;
    }

    /** A random existing row; nine more exist behind it. */
    long existing() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        last = FIRST + (state >>> 1) % (ROWS - RANGE);
        return last;
    }

    /** What {@link #existing} returned last. */
    long last() {
        return last;
    }

    /** A key that no row has. */
    long fresh() {
        return next++;
    }
}
