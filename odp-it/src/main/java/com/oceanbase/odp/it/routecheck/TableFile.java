package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.TableDefinition;
import com.oceanbase.odp.routing.partition.convert.Assignment;
import com.oceanbase.odp.routing.partition.dictionary.Bounded;
import com.oceanbase.odp.routing.partition.dictionary.ObjectReader;
import com.oceanbase.odp.routing.partition.dictionary.ObjectReader.TypedDatum;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads recorded table designs. */
final class TableFile {
    /** The bits of {@code partition_key_position} that count the keys of the first level; KEY() takes the primary key in this order. */
    private static final int KEY_PLACE = 0xFF;

    private final JsonNode table;
    private final DdlColumns ddl;
    private final List<TableColumn> columns = new ArrayList<>();
    private final List<Integer> primaryKey = new ArrayList<>();

    private TableFile(JsonNode table) {
        this.table = table;
        this.ddl = new DdlColumns(table.path("ddl").asString(""));
    }

    /**
     * Tables by name in lower case.
     *
     * @throws IOException if the file cannot be read at all; lines that cannot be used are told to the problems
     */
    static Map<String, PartitionedTable> read(Path file, Problems problems) throws IOException {
        Map<String, PartitionedTable> tables = new HashMap<>();
        JsonLines.read(file, problems, line -> {
            String name = JsonLines.text(line, "name");
            tables.put(name.toLowerCase(Locale.ROOT), new TableFile(line).build());
        });
        return tables;
    }

    private PartitionedTable build() {
        JsonNode schema = table.path("schema");
        JsonNode head = schema.path("table");
        readColumns(schema.path("column"));
        if (columns.isEmpty()) {
            throw new JsonLines.BadLine(
                    "no columns in \"schema\" of table " + table.path("name").asString(""));
        }
        PartitionedTable.Identity identity = new PartitionedTable.Identity(
                table.path("db").asString(""),
                table.path("name").asString(""),
                head.path("table_id").asLong(0),
                head.path("schema_version").asLong(0),
                false);
        int level = head.path("part_level").asInt(0);
        if (level == 0) {
            Partition only =
                    new Partition("p0", 0, head.path("tablet_id").asLong(0), List.of(), List.of(), false, List.of());
            return new PartitionedTable(
                    identity,
                    columns,
                    new PartitionLevel(PartitionFunction.UNSUPPORTED, List.of(), null, List.of()),
                    null,
                    List.of(only));
        }
        PartitionFunction first =
                PartitionFunction.ofV4(head.path("part_func_type").asInt(-1));
        PartitionFunction second = level == 2
                ? PartitionFunction.ofV4(head.path("sub_part_func_type").asInt(-1))
                : PartitionFunction.UNSUPPORTED;
        Map<Long, List<JsonNode>> children = new HashMap<>();
        for (JsonNode row : schema.path("sub_part")) {
            children.computeIfAbsent(row.path("part_id").asLong(), _ -> new ArrayList<>())
                    .add(row);
        }
        Bounds bounds = new Bounds(first);
        Bounds subBounds = new Bounds(second);
        List<Partition> partitions = new ArrayList<>();
        for (JsonNode row : schema.path("part")) {
            List<Partition> subs = new ArrayList<>();
            for (JsonNode sub : children.getOrDefault(row.path("part_id").asLong(), List.of())) {
                subs.add(subBounds.partition(sub, "sub_part_name", "sub_part_id", List.of()));
            }
            partitions.add(bounds.partition(row, "part_name", "part_id", subs));
        }
        if (partitions.isEmpty()) {
            throw new JsonLines.BadLine("no partitions in \"schema\" of table " + identity.name());
        }
        PartitionLevel firstLevel = level(first, head, "part_func_expr", bounds);
        PartitionLevel secondLevel = level == 2 ? level(second, head, "sub_part_func_expr", subBounds) : null;
        return new PartitionedTable(identity, columns, firstLevel, secondLevel, partitions);
    }

    private PartitionLevel level(PartitionFunction function, JsonNode head, String field, Bounds bounds) {
        String text = head.path(field).asString("");
        return TableDefinition.level(function, columns, text, primaryKey, bounds.types, false);
    }

    private void readColumns(JsonNode rows) {
        Map<Integer, JsonNode> byPrevious = new HashMap<>();
        for (JsonNode row : rows) {
            if (row.path("is_hidden").asInt(0) == 0) {
                byPrevious.put(row.path("prev_column_id").asInt(0), row);
            }
        }
        Map<Integer, Integer> keys = new HashMap<>();
        JsonNode row = byPrevious.get(0);
        while (row != null) {
            int place = row.path("partition_key_position").asInt(0) & KEY_PLACE;
            if (place > 0 && row.path("rowkey_position").asInt(0) > 0) {
                keys.put(columns.size(), place);
            }
            columns.add(column(row, columns.size()));
            row = byPrevious.get(row.path("column_id").asInt());
        }
        keys.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .forEach(entry -> primaryKey.add(entry.getKey()));
    }

    private TableColumn column(JsonNode row, int position) {
        ObjectType type = ObjectType.of(row.path("data_type").asInt(-1), false);
        String name = row.path("column_name").asString("");
        ColumnType columnType = new ColumnType(
                type,
                ColumnType.collation(row.path("collation_type").asInt(63)),
                row.path("data_length").asInt(-1) == 0
                        ? -1
                        : row.path("data_length").asInt(-1),
                row.path("data_precision").asInt(-1),
                row.path("data_scale").asInt(-1),
                ddl.membersOf(name));
        StoredExpression generated = TableDefinition.generated(ddl.generatedAs(name), false);
        return new TableColumn(
                name,
                columnType,
                position,
                row.path("nullable").asInt(1) != 0 ? TableColumn.Nulls.ALLOWED : TableColumn.Nulls.FORBIDDEN,
                row.path("autoincrement").asInt(0) != 0,
                defaultValue(name, columnType, row.path("nullable").asInt(1) != 0),
                generated,
                -1);
    }

    private @Nullable Datum defaultValue(String name, ColumnType type, boolean nullable) {
        String text = ddl.defaultOf(name);
        if (text == null) {
            return nullable ? Datum.Null.INSTANCE : null;
        }
        StoredExpression expression = StoredExpression.parse(text, false);
        SqlValue value = Evaluator.evaluate(
                expression.expression(),
                new EvaluationContext(expression.slots(), ParameterValues.NONE, RecordedSession.VALUES));
        return Assignment.assign(type, value, RecordedSession.VALUES);
    }

    /** Reads the bounds of one level. */
    private static final class Bounds {
        private final PartitionFunction function;
        private List<ColumnType> types = List.of();

        Bounds(PartitionFunction function) {
            this.function = function;
        }

        Partition partition(JsonNode row, String nameField, String idField, List<Partition> subs) {
            String name = row.path(nameField).asString("");
            long id = row.path(idField).asLong(0);
            long tablet = row.path("tablet_id").asLong(0);
            String bound = row.path("b_high_bound_val").asString("");
            String list = row.path("b_list_val").asString("");
            if (function.isRange() && !bound.isEmpty()) {
                List<TypedDatum> values = reader(bound).bound();
                types = Bounded.types(types, values);
                return Bounded.range(name, id, tablet, values, subs);
            }
            if (function.isList() && !list.isEmpty()) {
                List<List<TypedDatum>> rows = reader(list).countedRows();
                for (List<TypedDatum> values : rows) {
                    types = Bounded.types(types, values);
                }
                return Bounded.list(name, id, tablet, rows, subs);
            }
            return new Partition(name, id, tablet, List.of(), List.of(), false, subs);
        }

        private static ObjectReader reader(String hex) {
            try {
                return new ObjectReader(HexFormat.of().parseHex(hex), false);
            } catch (IllegalArgumentException e) {
                throw new JsonLines.BadLine("a bound is no hexadecimal digits: " + e.getMessage());
            }
        }
    }
}
