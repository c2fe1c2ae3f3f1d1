package com.oceanbase.odp.benchmark.backend;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of hash partitions over the column {@code id}: {@code sbtest1} with eight, and any number of tables
 * {@code partN_K} with N partitions, of which K tells one from another. Everything about them follows from their names,
 * so that nothing is remembered however many there are.
 *
 * @param name its name
 * @param id its id
 * @param firstTablet tablet of the first partition; the others follow
 * @param partitions how many
 */
record CannedTable(String name, long id, long firstTablet, int partitions) {
    /** An OceanBase table has no more partitions. */
    static final int MOST_PARTITIONS = 8192;

    private static final CannedTable SMALL = new CannedTable("sbtest1", 500_030, 200_010, 8);
    private static final Pattern NAME = Pattern.compile("part(\\d{1,4})_(\\d{1,3})");
    private static final long FIRST_ID = 1_000_000_000L;
    private static final int MOST_TABLES = 1000;
    private static final int TABLETS_A_TABLE = 10_000;

    /** The table of a name, or null. */
    static @Nullable CannedTable named(String name) {
        if (name.equals(SMALL.name)) {
            return SMALL;
        }
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))) : null;
    }

    /** The table of an id, or null. */
    static @Nullable CannedTable of(long id) {
        if (id == SMALL.id) {
            return SMALL;
        }
        long rest = id - FIRST_ID;
        return rest < 0
                ? null
                : of((int) Math.min(MOST_PARTITIONS + 1, rest / MOST_TABLES), (int) (rest % MOST_TABLES));
    }

    private static @Nullable CannedTable of(int partitions, int number) {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            return null;
        }
        long id = FIRST_ID + (long) partitions * MOST_TABLES + number;
        return new CannedTable("part" + partitions + "_" + number, id, id * TABLETS_A_TABLE, partitions);
    }

    /** Tablet of a partition. */
    long tablet(int partition) {
        return firstTablet + partition;
    }

    /** Which of so many servers leads a tablet: neighbours are led by different ones. */
    int leader(long tablet, int servers) {
        return tablet < firstTablet ? 0 : (int) ((tablet - firstTablet) % servers);
    }
}
