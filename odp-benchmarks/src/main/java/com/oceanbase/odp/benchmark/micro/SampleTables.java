package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.value.Collation;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Definitions of the tables in {@link SampleTexts}. */
final class SampleTables {
    private static final int HASHED = 8;
    private static final int MONTHS = 12;

    private SampleTables() {}

    /** Table {@code users} by KEY of a string, {@code facts} by months, every other one by HASH of its integer {@code id}. */
    static PartitionedTable of(String name) {
        return switch (name) {
            case "users" ->
                table(
                        name,
                        new TableColumn(
                                "name",
                                ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_GENERAL_CI, 64),
                                0,
                                false,
                                null,
                                null),
                        new PartitionLevel(PartitionFunction.KEY, List.of(0), null, List.of()),
                        hashed());
            case "facts" -> {
                ColumnType day = ColumnType.of(ObjectType.DATE);
                yield table(
                        name,
                        new TableColumn("day", day, 0, false, null, null),
                        new PartitionLevel(PartitionFunction.RANGE_COLUMNS, List.of(0), null, List.of(day)),
                        months());
            }
            default ->
                table(
                        name,
                        new TableColumn("id", ColumnType.of(ObjectType.INT), 0, false, null, null),
                        new PartitionLevel(PartitionFunction.HASH, List.of(0), null, List.of()),
                        hashed());
        };
    }

    private static PartitionedTable table(
            String name, TableColumn column, PartitionLevel level, List<Partition> partitions) {
        return new PartitionedTable(
                new PartitionedTable.Identity("bench", name, 1, 1, false), List.of(column), level, null, partitions);
    }

    private static List<Partition> hashed() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < HASHED; i++) {
            partitions.add(partition(i, List.of()));
        }
        return partitions;
    }

    private static List<Partition> months() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < MONTHS; i++) {
            long end = YearMonth.of(2026, 1).plusMonths(i + 1L).atDay(1).toEpochDay();
            partitions.add(partition(i, List.of(new Datum.Whole(end))));
        }
        return partitions;
    }

    private static Partition partition(int index, List<Datum> bound) {
        return new Partition("p" + index, index, 200_001 + index, bound, List.of(), false, List.of());
    }
}
