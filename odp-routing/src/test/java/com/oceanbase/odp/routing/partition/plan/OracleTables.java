package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tables of Oracle mode, all called T. */
final class OracleTables {
    static final ColumnType NUMBER = ColumnType.of(ObjectType.NUMBER);
    static final ColumnType VARCHAR = ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_BIN, 64);
    static final ColumnType CHAR = ColumnType.of(ObjectType.CHAR, Collation.UTF8MB4_BIN, 8);

    /** Tablet of the first partition. */
    static final long TABLET = 200_001;

    private OracleTables() {}

    static TableColumn column(String name, ColumnType type, int rowidIndex) {
        return new TableColumn(name, type, -1, TableColumn.Nulls.UNKNOWN, false, null, null, rowidIndex);
    }

    /** By hash of all columns. */
    static PartitionedTable hash(int count, TableColumn... columns) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(new Partition("P" + i, i, TABLET + i, List.of(), List.of(), false, List.of()));
        }
        return table(PartitionFunction.HASH, List.of(columns), partitions);
    }

    /** By range of the only column; the last partition has no bound if the list ends with MAXVALUE. */
    static PartitionedTable range(TableColumn column, Datum... bounds) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            partitions.add(new Partition("P" + i, i, TABLET + i, List.of(bounds[i]), List.of(), false, List.of()));
        }
        return table(PartitionFunction.RANGE, List.of(column), partitions);
    }

    /** By list of the only column; an empty list is DEFAULT. */
    static PartitionedTable list(TableColumn column, List<List<Datum>> lists) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < lists.size(); i++) {
            List<List<Datum>> rows = lists.get(i).stream().map(List::of).toList();
            partitions.add(new Partition("P" + i, i, TABLET + i, List.of(), rows, rows.isEmpty(), List.of()));
        }
        return table(PartitionFunction.LIST, List.of(column), partitions);
    }

    private static PartitionedTable table(
            PartitionFunction function, List<TableColumn> columns, List<Partition> partitions) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            indexes.add(i);
        }
        List<ColumnType> types = columns.stream().map(TableColumn::type).toList();
        PartitionLevel level = new PartitionLevel(function, indexes, null, function.isHashed() ? List.of() : types);
        return new PartitionedTable(
                new PartitionedTable.Identity("DB", "T", 1, 1, true), columns, level, null, partitions);
    }

    static PartitionSet evaluate(PartitionedTable table, String sql) {
        return evaluate(table, sql, ParameterValues.NONE);
    }

    static PartitionSet evaluate(PartitionedTable table, String sql, ParameterValues values) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.ORACLE, slots);
        return PartitionCalculator.compile(table, access)
                .getFirst()
                .evaluate(new EvaluationContext(slots, values, SessionValues.ORACLE));
    }
}
