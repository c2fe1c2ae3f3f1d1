package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.Collation;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Definitions of the tables in {@link SampleTexts}. */
final class SampleTables {
    private static final int HASHED = 8;
    private static final int MONTHS = 12;

    private SampleTables() {}

    private static final ColumnType INT = ColumnType.of(ObjectType.INT);
    private static final ColumnType DATE = ColumnType.of(ObjectType.DATE);
    private static final ColumnType TEXT = ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_GENERAL_CI, 64);

    /**
     * Table {@code users} by KEY of a string, {@code counters} of an integer, {@code tenants} of two; {@code facts} by months, {@code logs} by
     * months and HASH, {@code events} by months of TO_DAYS, {@code regional} by a list of strings and HASH; every other one by HASH of its integer
     * {@code id}.
     */
    static PartitionedTable of(String name) {
        PartitionLevel hash = level(PartitionFunction.HASH, List.of(), 1);
        return switch (name) {
            case "users" -> table(name, columns("name", TEXT), level(PartitionFunction.KEY, List.of(), 0), hashed());
            case "counters" -> table(name, columns("id", INT), level(PartitionFunction.KEY, List.of(), 0), hashed());
            case "tenants" ->
                table(name, columns("tenant", INT), level(PartitionFunction.KEY, List.of(), 0, 1), hashed());
            case "facts" ->
                table(name, columns("day", DATE), level(PartitionFunction.RANGE_COLUMNS, List.of(DATE), 0), months(0));
            case "logs" ->
                new PartitionedTable(
                        identity(name),
                        columns("day", DATE),
                        level(PartitionFunction.RANGE_COLUMNS, List.of(DATE), 0),
                        hash,
                        divided(months(0)));
            case "events" ->
                table(
                        name,
                        columns("at", ColumnType.of(ObjectType.DATETIME)),
                        new PartitionLevel(
                                PartitionFunction.RANGE,
                                List.of(0),
                                StoredExpression.parse("to_days(`at`)", false),
                                List.of(ColumnType.BIGINT)),
                        months(CivilDays.EPOCH_DAY_NUMBER));
            case "regional" ->
                new PartitionedTable(
                        identity(name),
                        columns("region", TEXT),
                        level(PartitionFunction.LIST_COLUMNS, List.of(TEXT), 0),
                        hash,
                        divided(regions()));
            default ->
                table(name, List.of(column(0, "id", INT)), level(PartitionFunction.HASH, List.of(), 0), hashed());
        };
    }

    private static PartitionedTable.Identity identity(String name) {
        return new PartitionedTable.Identity("bench", name, 1, 1, false);
    }

    /** A column and the integer {@code id}, or {@code number} where that is the column. */
    private static List<TableColumn> columns(String name, ColumnType type) {
        return List.of(column(0, name, type), column(1, name.equals("id") ? "number" : "id", INT));
    }

    private static TableColumn column(int position, String name, ColumnType type) {
        return new TableColumn(name, type, position, false, null, null);
    }

    private static PartitionLevel level(PartitionFunction function, List<ColumnType> bounds, Integer... columns) {
        return new PartitionLevel(function, List.of(columns), null, bounds);
    }

    private static PartitionedTable table(
            String name, List<TableColumn> columns, PartitionLevel level, List<Partition> partitions) {
        return new PartitionedTable(identity(name), columns, level, null, partitions);
    }

    private static List<Partition> divided(List<Partition> partitions) {
        return partitions.stream()
                .map(partition -> new Partition(
                        partition.name(),
                        partition.id(),
                        partition.physicalId(),
                        partition.bound(),
                        partition.values(),
                        partition.isDefault(),
                        hashed()))
                .toList();
    }

    private static List<Partition> regions() {
        List<Partition> partitions = new ArrayList<>();
        for (String region : List.of("north", "east", "south", "west")) {
            Datum value = new Datum.Text(region.getBytes(StandardCharsets.UTF_8));
            partitions.add(new Partition(
                    region, partitions.size(), 200_001, List.of(), List.of(List.of(value)), false, List.of()));
        }
        return partitions;
    }

    private static List<Partition> hashed() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < HASHED; i++) {
            partitions.add(partition(i, List.of()));
        }
        return partitions;
    }

    /** @param shift what is added to the day of the bounds */
    private static List<Partition> months(int shift) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < MONTHS; i++) {
            long end = YearMonth.of(2026, 1).plusMonths(i + 1L).atDay(1).toEpochDay();
            partitions.add(partition(i, List.of(new Datum.Whole(end + shift))));
        }
        return partitions;
    }

    private static Partition partition(int index, List<Datum> bound) {
        return new Partition("p" + index, index, 200_001 + index, bound, List.of(), false, List.of());
    }
}
