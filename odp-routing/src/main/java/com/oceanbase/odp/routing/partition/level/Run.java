package com.oceanbase.odp.routing.partition.level;

/** Consecutive partitions or leaves in one number, so that finding them makes no object: the first in the upper half, the one behind the last in the lower. */
public final class Run {
    /** A value is not plain, or no partition is for it. */
    public static final long NONE = -1;

    /** They are not consecutive, or may not be: {@link PointLevel#select} finds them. */
    public static final long SCATTERED = -2;

    private Run() {}

    /** From the first to that before {@code end}; both from 0. */
    public static long of(int first, int end) {
        return (long) first << Integer.SIZE | end;
    }

    public static int first(long run) {
        return (int) (run >> Integer.SIZE);
    }

    public static int end(long run) {
        return (int) run;
    }
}
