package com.oceanbase.odp.routing.partition;

/** How a level of a table is divided. */
public enum PartitionFunction {
    HASH,
    KEY,
    RANGE,
    RANGE_COLUMNS,
    LIST,
    LIST_COLUMNS,
    /** Interval partitions and others of which no partition can be calculated. */
    UNSUPPORTED;

    /** Function of {@code part_type} or {@code sub_part_type} of a cluster of version 4. */
    public static PartitionFunction ofV4(int number) {
        return switch (number) {
            case 0 -> HASH;
            case 1, 2 -> KEY;
            case 3 -> RANGE;
            case 4 -> RANGE_COLUMNS;
            case 5 -> LIST;
            case 6 -> LIST_COLUMNS;
            default -> UNSUPPORTED;
        };
    }

    /** Function of {@code part_type} or {@code sub_part_type} of a cluster older than version 4. */
    public static PartitionFunction ofV3(int number) {
        return switch (number) {
            case 0, 8 -> HASH;
            case 2, 6, 9, 10 -> KEY;
            case 3 -> RANGE;
            case 4 -> RANGE_COLUMNS;
            case 5 -> LIST;
            case 7 -> LIST_COLUMNS;
            default -> UNSUPPORTED;
        };
    }

    /** Whether partitions are numbered by a hash value. */
    public boolean isHashed() {
        return this == HASH || this == KEY;
    }

    /** Whether partitions have upper bounds. */
    public boolean isRange() {
        return this == RANGE || this == RANGE_COLUMNS;
    }

    /** Whether partitions list their values. */
    public boolean isList() {
        return this == LIST || this == LIST_COLUMNS;
    }

    /** Whether the level may be divided by an expression rather than by columns as they are. */
    public boolean mayHaveExpression() {
        return this == HASH || this == RANGE || this == LIST;
    }
}
