package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import java.util.ArrayList;
import java.util.List;

/** Rows that may matter: those of any of some boxes. Without boxes no row matters. */
public record Region(List<Box> boxes) {
    /** Boxes beyond which a condition is rather not used. */
    private static final int MAX_BOXES = 4096;

    /** All rows. */
    public static Region all(int count) {
        return new Region(List.of(Box.all(count)));
    }

    /** Whether no row can match. */
    public boolean isEmpty() {
        for (Box box : boxes) {
            if (!box.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Rows in both; a superset if that were too many boxes. */
    public Region and(Region other, List<ColumnType> types) {
        if ((long) boxes.size() * other.boxes.size() > MAX_BOXES) {
            return boxes.size() <= other.boxes.size() ? this : other;
        }
        List<Box> met = new ArrayList<>(boxes.size() * other.boxes.size());
        for (Box box : boxes) {
            for (Box another : other.boxes) {
                Box both = box.intersect(another, types);
                if (met.isEmpty() || !both.isEmpty()) {
                    met.add(both);
                }
            }
        }
        if (met.size() > 1 && met.getFirst().isEmpty()) {
            met.removeFirst();
        }
        return new Region(List.copyOf(met));
    }

    /** Rows in one of the two. */
    public Region or(Region other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        Region merged = merge(other);
        if (merged != null) {
            return merged;
        }
        List<Box> either = new ArrayList<>(boxes.size() + other.boxes.size());
        either.addAll(boxes);
        either.addAll(other.boxes);
        if (either.size() > MAX_BOXES) {
            return all(boxes.getFirst().domains().length);
        }
        return new Region(List.copyOf(either));
    }

    /** Equalities of one column make one box with several points. */
    private @org.jspecify.annotations.Nullable Region merge(Region other) {
        if (boxes.size() != 1 || other.boxes.size() != 1) {
            return null;
        }
        Box a = boxes.getFirst();
        Box b = other.boxes.getFirst();
        int column = a.onlyLimited();
        if (column < 0 || b.onlyLimited() != column) {
            return null;
        }
        if (a.domain(column) instanceof Domain.Points(List<Datum> x)
                && b.domain(column) instanceof Domain.Points(List<Datum> y)) {
            List<Datum> values = new ArrayList<>(x.size() + y.size());
            values.addAll(x);
            values.addAll(y);
            return new Region(List.of(a.with(column, new Domain.Points(List.copyOf(values)))));
        }
        return null;
    }
}
