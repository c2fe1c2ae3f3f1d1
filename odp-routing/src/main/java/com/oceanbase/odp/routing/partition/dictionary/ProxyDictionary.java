package com.oceanbase.odp.routing.partition.dictionary;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ExpressionColumns;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.TableDefinition;
import com.oceanbase.odp.routing.partition.dictionary.ObjectReader.TypedDatum;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table of the rows of {@code __all_virtual_proxy_partition_info} (ordered by {@code part_key_idx}),
 * {@code __all_virtual_proxy_partition} and {@code __all_virtual_proxy_sub_partition}, the latter two in the order in which the server
 * sends them: it is the order of its partition index. Rows of {@code __all_virtual_column} complete them where they are needed.
 */
public final class ProxyDictionary {
    /** Bits or-ed into the partition ids of tables with two levels before version 4. */
    private static final long TWO_LEVEL_MASK = 1L << 28 | 1L << 60;

    /** Length of a column whose definition is not known; longer than any partition key. */
    private static final int MAX_LENGTH = 1 << 18;

    private static final int PART_ID_SHIFT = 32;
    private static final int PART_SPACE_SHIFT = 28;

    private final PartitionedTable.Identity identity;
    private final boolean v4;
    private final List<DictionaryRow> info;
    private final List<DictionaryRow> described;
    private final List<TableColumn> columns = new ArrayList<>();

    private ProxyDictionary(
            PartitionedTable.Identity identity, boolean v4, List<DictionaryRow> info, List<DictionaryRow> described) {
        this.identity = identity;
        this.v4 = v4;
        this.info = info;
        this.described = described;
    }

    /**
     * Reads a definition.
     *
     * @param v4 the cluster is of version 4 or newer
     * @param info rows with level, functions and key columns; at least one
     * @param partitions rows of the first level
     * @param subPartitions rows of the second level, empty if there is none; before version 4 those with {@code part_id} -1 are the template
     * @param columns rows of {@code __all_virtual_column} where {@link #needsColumns} says that they are of use, else empty
     * @throws IllegalArgumentException if the rows do not make a table; the message says why
     */
    public static PartitionedTable read(
            PartitionedTable.Identity identity,
            boolean v4,
            List<DictionaryRow> info,
            List<DictionaryRow> partitions,
            List<DictionaryRow> subPartitions,
            List<DictionaryRow> columns) {
        if (info.isEmpty()) {
            throw new IllegalArgumentException("table " + identity.name() + " has no partition definition");
        }
        return new ProxyDictionary(identity, v4, info, columns).table(partitions, subPartitions);
    }

    /**
     * Whether the rows about partition keys leave something out that those about columns tell: the members of ENUM and SET,
     * and the types of columns that a generated key is made of.
     */
    public static boolean needsColumns(List<DictionaryRow> info, boolean oracleMode) {
        return info.stream()
                .anyMatch(row -> hasMembers(typeOf(row, oracleMode))
                        || !row.text("part_key_extra").isBlank());
    }

    private static ObjectType typeOf(DictionaryRow row, boolean oracleMode) {
        return ObjectType.of((int) row.number("part_key_type", -1), oracleMode);
    }

    private static boolean hasMembers(ObjectType type) {
        return type == ObjectType.ENUM || type == ObjectType.SET;
    }

    private PartitionedTable table(List<DictionaryRow> partitionRows, List<DictionaryRow> subPartitionRows) {
        DictionaryRow head = info.getFirst();
        for (DictionaryRow row : info) {
            if (indexOf(row.text("part_key_name")) < 0) {
                columns.add(column(row));
            }
        }
        addSources();
        PartitionFunction first = function(head.number("part_type", -1));
        boolean twoLevels = head.number("part_level", 1) == 2;
        PartitionFunction second =
                twoLevels ? function(head.number("sub_part_type", -1)) : PartitionFunction.UNSUPPORTED;
        Map<Long, List<DictionaryRow>> children = new HashMap<>();
        for (DictionaryRow row : subPartitionRows) {
            children.computeIfAbsent(row.number("part_id", -1), _ -> new ArrayList<>())
                    .add(row);
        }
        List<Partition> partitions = new ArrayList<>();
        Bounds bounds = new Bounds();
        Bounds subBounds = new Bounds();
        for (int i = 0; i < partitionRows.size(); i++) {
            DictionaryRow row = partitionRows.get(i);
            List<Partition> subs = twoLevels ? subPartitions(row, children, second, subBounds) : List.of();
            partitions.add(partition(row, i, first, bounds, subs, head));
        }
        PartitionLevel firstLevel = level(first, head.text("part_expr"), 1, bounds.types);
        PartitionLevel secondLevel = twoLevels ? level(second, head.text("sub_part_expr"), 2, subBounds.types) : null;
        return new PartitionedTable(identity, columns, firstLevel, secondLevel, partitions);
    }

    /** Adds the columns that generated keys are made of, as far as their types are known. */
    private void addSources() {
        for (TableColumn key : List.copyOf(columns)) {
            StoredExpression expression = key.generated();
            List<Expression.Column> sources = new ArrayList<>();
            if (expression == null || !ExpressionColumns.collect(expression.expression(), sources)) {
                continue;
            }
            for (Expression.Column source : sources) {
                ColumnType type = indexOf(source.name()) < 0 ? sourceType(source.name(), key) : null;
                if (type != null) {
                    columns.add(new TableColumn(source.name(), type, -1, false, null, null));
                }
            }
        }
    }

    /**
     * The type of a column that a key is made of. Where the server has not told it, what a string is made of is taken for a
     * VARCHAR with the collation of the key; of other types nothing can be said.
     */
    private @Nullable ColumnType sourceType(String name, TableColumn key) {
        DictionaryRow row = description(name);
        if (row != null) {
            return new ColumnType(
                    ObjectType.of((int) row.number("data_type", -1), identity.oracleMode()),
                    ColumnType.collation((int) row.number("collation_type", Collation.BINARY.id())),
                    (int) row.number("data_length", -1),
                    (int) row.number("data_precision", -1),
                    (int) row.number("data_scale", -1),
                    members(row));
        }
        return key.type().type().kind() == ObjectType.Kind.TEXT
                ? new ColumnType(ObjectType.VARCHAR, key.type().collation(), MAX_LENGTH, -1, -1, List.of())
                : null;
    }

    private @Nullable DictionaryRow description(String name) {
        return described.stream()
                .filter(row -> row.text("column_name").equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** Members of ENUM and SET; none if they are not known. */
    private static List<String> members(@Nullable DictionaryRow row) {
        byte[] bytes = row == null ? null : row.bytes("extended_type_info");
        if (bytes == null || bytes.length == 0) {
            return List.of();
        }
        try {
            return new ObjectReader(bytes, false).members();
        } catch (IllegalArgumentException _) {
            // A form of another version: the members are simply not known.
            return List.of();
        }
    }

    private PartitionFunction function(long number) {
        return v4 ? PartitionFunction.ofV4((int) number) : PartitionFunction.ofV3((int) number);
    }

    private PartitionLevel level(PartitionFunction function, String text, int number, List<ColumnType> boundTypes) {
        List<Integer> keys = new ArrayList<>();
        for (DictionaryRow row : info) {
            if (row.number("part_key_level", 1) == number) {
                keys.add(indexOf(row.text("part_key_name")));
            }
        }
        return TableDefinition.level(function, columns, text, keys, boundTypes, identity.oracleMode());
    }

    private int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private TableColumn column(DictionaryRow row) {
        ObjectType type = typeOf(row, identity.oracleMode());
        int collation = (int) row.number(v4 ? "part_key_collation_type" : "spare1", 0);
        long[] accuracy = accuracy(row);
        ColumnType columnType = new ColumnType(
                type,
                ColumnType.collation(collation == 0 ? 45 : collation),
                (int) accuracy[0],
                (int) accuracy[1],
                (int) accuracy[2],
                hasMembers(type) ? members(description(row.text("part_key_name"))) : List.of());
        return new TableColumn(
                row.text("part_key_name"),
                columnType,
                (int) row.number("part_key_idx", -1),
                TableColumn.Nulls.UNKNOWN,
                false,
                defaultValue(row, columnType),
                TableDefinition.generated(row.text("part_key_extra"), identity.oracleMode()),
                (int) row.number(v4 ? "part_key_rowkey_idx" : "spare2", -1));
    }

    /** Length, precision and scale. */
    private long[] accuracy(DictionaryRow row) {
        if (v4) {
            return new long[] {
                row.number("part_key_length", -1),
                row.number("part_key_precision", -1),
                row.number("part_key_scale", -1)
            };
        }
        String[] parts = row.text("spare5").split(",", -1);
        long[] accuracy = {-1, -1, -1};
        for (int i = 0; i < 3 && parts.length == 3; i++) {
            String part = parts[i].strip();
            accuracy[i] = part.matches("-?[0-9]{1,9}") ? Long.parseLong(part) : -1;
        }
        return accuracy;
    }

    /** In Oracle mode the server sends the text of the default, which is not evaluated. */
    private @Nullable Datum defaultValue(DictionaryRow row, ColumnType type) {
        byte[] bytes = row.bytes("part_key_default_value");
        if (bytes == null || bytes.length == 0 || identity.oracleMode()) {
            return null;
        }
        try {
            TypedDatum object = new ObjectReader(bytes, false).object();
            boolean fits = object.value() instanceof Datum.Null || object.type().type() == type.type();
            return fits ? object.value() : null;
        } catch (IllegalArgumentException _) {
            // An expression, or a form of another version: the value is simply not known.
            return null;
        }
    }

    private List<Partition> subPartitions(
            DictionaryRow parent, Map<Long, List<DictionaryRow>> children, PartitionFunction function, Bounds bounds) {
        long parentId = parent.number("part_id", -1);
        List<DictionaryRow> rows = children.get(parentId);
        boolean template = rows == null && !v4;
        if (template) {
            rows = children.get(-1L);
        }
        if (rows == null) {
            throw new IllegalArgumentException("partition " + parent.text("part_name") + " has no sub-partition");
        }
        List<Partition> found = new ArrayList<>();
        for (DictionaryRow row : rows) {
            long id = row.number("sub_part_id", -1);
            String own = row.text("part_name");
            String name = template ? (parent.text("part_name") + "S" + own).toUpperCase(Locale.ROOT) : own;
            long physical = v4 ? row.number("tablet_id", 0) : parentId << PART_ID_SHIFT | id | TWO_LEVEL_MASK;
            found.add(bounds.partition(name, id, physical, row, function, List.of()));
        }
        return found;
    }

    private Partition partition(
            DictionaryRow row,
            int index,
            PartitionFunction function,
            Bounds bounds,
            List<Partition> subs,
            DictionaryRow head) {
        long id = row.number("part_id", -1);
        long physical = 0;
        if (subs.isEmpty()) {
            if (v4) {
                physical = row.number("tablet_id", 0);
            } else {
                physical = function.isHashed() ? index | head.number("part_space", 0) << PART_SPACE_SHIFT : id;
            }
        }
        return bounds.partition(row.text("part_name"), id, physical, row, function, subs);
    }

    /** Reads the bounds of one level and remembers their types. */
    private final class Bounds {
        private List<ColumnType> types = List.of();

        Partition partition(
                String name,
                long id,
                long physicalId,
                DictionaryRow row,
                PartitionFunction function,
                List<Partition> subs) {
            byte[] bytes = row.bytes("high_bound_val_bin");
            if (function.isHashed() || function == PartitionFunction.UNSUPPORTED || bytes == null) {
                return new Partition(name, id, physicalId, List.of(), List.of(), false, subs);
            }
            ObjectReader reader = new ObjectReader(bytes, identity.oracleMode());
            return function.isRange()
                    ? Bounded.range(name, id, physicalId, remembered(reader.bound()), subs)
                    : Bounded.list(
                            name,
                            id,
                            physicalId,
                            reader.rows().stream().map(this::remembered).toList(),
                            subs);
        }

        private List<TypedDatum> remembered(List<TypedDatum> row) {
            types = Bounded.types(types, row);
            return row;
        }
    }
}
