package com.oceanbase.odp.routing.trace.partition;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.value.Collation;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Describes how a table is partitioned in the words of the original (src/share/part/ob_part_desc*.cpp). */
final class TableText {
    private static final int MOST_PARTITIONS = 16;
    private static final int MOST_VALUES = 8;

    private TableText() {}

    /** The description of all levels. */
    static String of(PartitionedTable table) {
        PartitionLevel second = table.second();
        String text = "partition by " + level(table, table.first(), table.partitions());
        return second == null
                ? text
                : text + " subpartition by "
                        + level(table, second, table.partitions().getFirst().subPartitions());
    }

    /** Names of a level's keys, or its expression. */
    static String expression(PartitionedTable table, PartitionLevel level) {
        return level.expression() != null
                ? level.expression().text()
                : list(
                        level.columns(),
                        Integer.MAX_VALUE,
                        ",",
                        column -> table.columns().get(column).name());
    }

    private static String level(PartitionedTable table, PartitionLevel level, List<Partition> partitions) {
        return switch (level.function()) {
            case HASH -> hashed("hash", table, level, partitions);
            case KEY -> hashed("key", table, level, partitions);
            case RANGE, RANGE_COLUMNS ->
                "range (" + list(partitions, MOST_PARTITIONS, ", ", part -> range(level, part)) + ")";
            case LIST, LIST_COLUMNS ->
                "list (" + list(partitions, MOST_PARTITIONS, ", ", part -> listed(level, part)) + ")";
            case UNSUPPORTED -> "unknown function partitions " + partitions.size();
        };
    }

    private static String hashed(
            String function, PartitionedTable table, PartitionLevel level, List<Partition> partitions) {
        String inner = level.expression() != null
                ? level.expression().text()
                : list(
                        level.columns(),
                        MOST_VALUES,
                        ", ",
                        column -> type(table.columns().get(column).type()));
        return function + "(" + inner + ") partitions " + partitions.size();
    }

    private static String type(ColumnType type) {
        return type.type().name().replace('_', ' ') + "<" + type.collation().name() + ">";
    }

    private static String range(PartitionLevel level, Partition partition) {
        List<String> bound = new ArrayList<>();
        for (int i = 0; i < partition.bound().size(); i++) {
            bound.add(datum(partition.bound().get(i), typeAt(level, i)));
        }
        return "P" + partition.id() + "[" + String.join(", ", bound) + "]";
    }

    private static String listed(PartitionLevel level, Partition partition) {
        String values = partition.isDefault()
                ? "(DEFAULT)"
                : list(partition.values(), MOST_VALUES, ", ", row -> row(level, row));
        return "P" + partition.id() + "[" + values + "]";
    }

    private static String row(PartitionLevel level, List<Datum> row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(datum(row.get(i), typeAt(level, i)));
        }
        return "(" + String.join(", ", values) + ")";
    }

    private static ColumnType typeAt(PartitionLevel level, int index) {
        return index < level.boundType().size() ? level.boundType().get(index) : ColumnType.BIGINT;
    }

    private static String datum(Datum value, ColumnType type) {
        String name = type.type().name().replace('_', ' ') + ":";
        return switch (value) {
            case Datum.Null ignored -> "NULL";
            case Datum.Max ignored -> "EXT:maxvalue";
            case Datum.Whole whole ->
                name
                        + (type.type().isUnsignedWhole()
                                ? Long.toUnsignedString(whole.value())
                                : Long.toString(whole.value()));
            case Datum.Real real -> name + real.value();
            case Datum.Exact exact -> name + exact.value().toPlainString();
            case Datum.Text text ->
                name + new String(text.bytes(), charset(type.collation())) + "<"
                        + type.collation().name() + ">";
            case Datum.Zoned zoned -> name + zoned.micros();
        };
    }

    private static Charset charset(Collation collation) {
        return collation.javaCharset();
    }

    private static <T> String list(List<T> elements, int most, String separator, Function<T, String> text) {
        List<String> texts = new ArrayList<>();
        for (T element : elements.subList(0, Math.min(most, elements.size()))) {
            texts.add(text.apply(element));
        }
        if (elements.size() > most) {
            texts.add("and " + (elements.size() - most) + " more");
        }
        return String.join(separator, texts);
    }
}
