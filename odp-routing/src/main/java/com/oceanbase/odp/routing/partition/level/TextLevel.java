package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Partitions of RANGE COLUMNS and LIST COLUMNS of a string: their bounds or values in order. */
final class TextLevel extends PointLevel {
    private final KeyPart part;
    private final byte[][] texts;

    /** Partition of each of the texts: of a bound, the one that begins there. */
    private final int[] indexes;

    /** Of what is below all bounds, or in no list. */
    private final int otherwise;

    private final boolean ranges;

    private record Entry(byte[] text, int index) {}

    private TextLevel(KeyPart part, List<Entry> entries, int otherwise, boolean ranges, int count) {
        super(count);
        this.part = part;
        this.texts = entries.stream().map(Entry::text).toArray(byte[][]::new);
        this.indexes = entries.stream().mapToInt(Entry::index).toArray();
        this.otherwise = otherwise;
        this.ranges = ranges;
    }

    /** By upper bounds; null if one is no string. */
    static @Nullable TextLevel ofBounds(KeyPart part, List<Partition> partitions) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            Datum bound = partitions.get(i).bound().isEmpty()
                    ? Datum.Null.INSTANCE
                    : partitions.get(i).bound().getFirst();
            switch (bound) {
                case Datum.Text(byte[] text) -> entries.add(new Entry(text, i + 1 == partitions.size() ? -1 : i + 1));
                case Datum.Max _ -> {
                    return new TextLevel(part, entries, 0, true, partitions.size());
                }
                default -> {
                    return null;
                }
            }
        }
        return new TextLevel(part, entries, 0, true, partitions.size());
    }

    /** By lists; null if a value is no string. */
    static @Nullable TextLevel ofLists(KeyPart part, List<Partition> partitions) {
        List<Entry> entries = new ArrayList<>();
        int otherwise = -1;
        for (int i = 0; i < partitions.size(); i++) {
            otherwise = partitions.get(i).isDefault() ? i : otherwise;
            for (List<Datum> row : partitions.get(i).values()) {
                switch (row.getFirst()) {
                    case Datum.Text(byte[] text) -> entries.add(new Entry(text, i));
                    case Datum.Null _ -> {
                        // A plain value is not NULL.
                    }
                    default -> {
                        return null;
                    }
                }
            }
        }
        entries.sort((a, b) -> part.compare(a.text(), b.text()));
        return new TextLevel(part, entries, otherwise, false, partitions.size());
    }

    @Override
    public int index(Expression[] key, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        Expression value = key[0];
        byte[] content = null;
        if (!part.isPlain(value, literals, parameters, session)) {
            content = part.content(value, literals, session);
            if (content == null) {
                return -1;
            }
        }
        int low = 0;
        int high = texts.length;
        while (low < high) {
            int middle = low + high >>> 1;
            int order = content == null
                    ? part.compare(value, literals, parameters, texts[middle])
                    : part.compare(content, texts[middle]);
            if (order == 0) {
                return indexes[middle];
            }
            low = order > 0 ? middle + 1 : low;
            high = order < 0 ? middle : high;
        }
        return ranges && low > 0 ? indexes[low - 1] : otherwise;
    }
}
