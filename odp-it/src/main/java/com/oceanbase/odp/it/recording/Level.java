package com.oceanbase.odp.it.recording;

import java.util.List;

/**
 * One level of partitioning.
 *
 * @param clause such as {@code hash(year(d))}
 * @param bounds what each partition holds, empty texts for HASH and KEY
 */
record Level(Kind kind, String clause, List<String> bounds) {
    Level {
        bounds = List.copyOf(bounds);
    }

    /** Ways to partition. */
    enum Kind {
        HASH,
        KEY,
        RANGE,
        LIST,
        RANGE_COLUMNS,
        LIST_COLUMNS;

        /** Whether partitions are counted instead of described. */
        boolean isCounted() {
            return this == HASH || this == KEY;
        }
    }
}
