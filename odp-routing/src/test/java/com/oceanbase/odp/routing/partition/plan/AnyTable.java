package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.convert.TemporalForm;
import com.oceanbase.odp.routing.partition.hash.DatumOrder;
import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.CivilTime;
import com.oceanbase.odp.routing.value.Collation;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Tables {@code t (a, b, c)} divided in any way that can be looked up directly: one or two levels of any function over any types. */
final class AnyTable {
    private static final ObjectType[] INTEGERS = {
        ObjectType.TINYINT,
        ObjectType.SMALLINT_UNSIGNED,
        ObjectType.MEDIUMINT,
        ObjectType.INT,
        ObjectType.INT_UNSIGNED,
        ObjectType.BIGINT,
        ObjectType.BIGINT_UNSIGNED
    };
    private static final ObjectType[] TIMES = {
        ObjectType.DATE, ObjectType.MYSQL_DATE, ObjectType.DATETIME, ObjectType.MYSQL_DATETIME, ObjectType.TIMESTAMP
    };
    private static final String[] STRINGS = {"", "a", "A", "Z", "7", "_", "'", "é"};
    private static final Collation BINARY = Collation.BINARY;
    private static final String[] COLLATIONS = {
        "utf8mb4_general_ci", "utf8mb4_bin", "binary", "latin1_swedish_ci", "gbk_chinese_ci", "utf16_general_ci"
    };

    private final Random random;
    private final List<ColumnType> types = new ArrayList<>();

    private AnyTable(Random random) {
        this.random = random;
    }

    static PartitionedTable of(Random random) {
        return new AnyTable(random).make();
    }

    private PartitionedTable make() {
        PartitionFunction[] functions = PartitionFunction.values();
        PartitionFunction outer = functions[random.nextInt(6)];
        PartitionFunction inner = random.nextBoolean() ? functions[random.nextInt(6)] : null;
        types.add(type(outer));
        types.add(type(inner == null ? PartitionFunction.KEY : inner));
        types.add(ColumnType.of(ObjectType.INT));
        boolean same = inner != null && isPossible(inner, types.getFirst()) && random.nextInt(4) == 0;
        int second = same ? 0 : 1;
        String outerExpression = expression(outer, 0);
        String innerExpression = inner == null ? "" : expression(inner, second);
        List<Integer> key = outer == PartitionFunction.KEY && random.nextInt(3) == 0 ? List.of(0, 1) : List.of(0);
        PartitionLevel first = level(outer, key, outerExpression);
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 9);
        List<Partition> partitions = new ArrayList<>();
        List<Partition> template =
                inner == null ? List.of() : partitions(inner, innerExpression, types.get(second), 3, "s", List.of());
        for (Partition partition : partitions(outer, outerExpression, types.getFirst(), count, "p", template)) {
            List<Partition> own = inner == null || random.nextBoolean()
                    ? template
                    : partitions(inner, innerExpression, types.get(second), 1 + random.nextInt(40), "o", List.of());
            partitions.add(new Partition(
                    partition.name(), 0, 0, partition.bound(), partition.values(), partition.isDefault(), own));
        }
        List<TableColumn> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean counts = i == 0 && types.getFirst().type().isInteger() && random.nextInt(4) == 0;
            columns.add(new TableColumn(String.valueOf((char) ('a' + i)), types.get(i), i, counts, null, null));
        }
        return new PartitionedTable(
                new PartitionedTable.Identity("test", "t", 1, 1, false),
                columns,
                first,
                inner == null ? null : level(inner, List.of(second), innerExpression),
                partitions);
    }

    private PartitionLevel level(PartitionFunction function, List<Integer> columns, String expression) {
        ColumnType type = expression.isEmpty() ? types.get(columns.getFirst()) : ColumnType.BIGINT;
        return new PartitionLevel(
                function,
                columns,
                expression.isEmpty() ? null : StoredExpression.parse(expression, false),
                function.isHashed() ? List.of() : List.of(type));
    }

    /** What of a column the table is divided by; empty for itself. */
    private String expression(PartitionFunction function, int column) {
        ObjectType times = types.get(column).type();
        String name = column == 0 ? "a" : "b";
        if (!function.mayHaveExpression() || !times.isDate() && !times.isDateTime()) {
            return "";
        }
        if (function != PartitionFunction.HASH && random.nextInt(3) == 0) {
            return "";
        }
        return times == ObjectType.TIMESTAMP
                ? "unix_timestamp(" + name + ")"
                : random.nextBoolean() ? "to_days(" + name + ")" : "YEAR(`" + name + "`)";
    }

    private static boolean isPossible(PartitionFunction function, ColumnType type) {
        return switch (function) {
            case KEY -> true;
            case RANGE_COLUMNS, LIST_COLUMNS -> type.type().kind() != ObjectType.Kind.EXACT;
            default ->
                type.type().isInteger() || type.type().isDate() || type.type().isDateTime();
        };
    }

    private ColumnType type(PartitionFunction function) {
        boolean columns = function == PartitionFunction.RANGE_COLUMNS || function == PartitionFunction.LIST_COLUMNS;
        int kind = columns && random.nextInt(3) == 0 ? 3 : random.nextInt(function == PartitionFunction.KEY ? 4 : 2);
        return switch (kind) {
            case 0 -> ColumnType.of(INTEGERS[random.nextInt(INTEGERS.length)]);
            case 1 ->
                new ColumnType(
                        TIMES[random.nextInt(TIMES.length)],
                        Collation.BINARY,
                        -1,
                        -1,
                        random.nextBoolean() ? 0 : 6,
                        List.of());
            case 2 ->
                new ColumnType(
                        ObjectType.DECIMAL_INT,
                        Collation.BINARY,
                        -1,
                        4 + random.nextInt(14),
                        random.nextInt(4),
                        List.of());
            default -> {
                Collation collation = Collation.byName(COLLATIONS[random.nextInt(COLLATIONS.length)]);
                if (collation == null) {
                    throw new IllegalStateException("no such collation");
                }
                yield ColumnType.of(
                        random.nextBoolean() ? ObjectType.VARCHAR : ObjectType.CHAR, collation, 3 + random.nextInt(30));
            }
        };
    }

    private List<Partition> partitions(
            PartitionFunction function,
            String expression,
            ColumnType type,
            int count,
            String prefix,
            List<Partition> template) {
        boolean text = type.type().kind() == ObjectType.Kind.TEXT && !function.isHashed();
        ColumnType order = text && DatumOrder.supports(type) ? type : ColumnType.of(ObjectType.VARCHAR, BINARY, -1);
        TreeSet<Datum> values = new TreeSet<>((a, b) -> DatumOrder.compare(text ? order : ColumnType.BIGINT, a, b));
        for (long i = 0; values.size() < count; i++) {
            values.add(text ? text(type) : new Datum.Whole(number(function, expression, type, i)));
        }
        List<Datum> sorted = List.copyOf(values);
        List<Partition> partitions = new ArrayList<>();
        boolean open = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            Datum datum = sorted.get(i);
            List<Datum> bound = function.isRange() ? List.of(last && open ? Datum.Max.INSTANCE : datum) : List.of();
            boolean otherwise = function.isList() && last && open;
            List<List<Datum>> rows = function.isList() && !otherwise ? rows(datum, i) : List.of();
            partitions.add(new Partition(prefix + i, i, 1000 + i, bound, rows, otherwise, template));
        }
        return partitions;
    }

    private long number(PartitionFunction function, String expression, ColumnType type, long index) {
        return function.isHashed() ? index : index / 100 + (expression.isEmpty() ? value(type) : value(expression));
    }

    private Datum text(ColumnType type) {
        String text = STRINGS[random.nextInt(STRINGS.length)] + STRINGS[random.nextInt(STRINGS.length)];
        String more = random.nextInt(3) == 0 ? String.valueOf(random.nextInt(500)) : "";
        return new Datum.Text((text + more).getBytes(type.collation().javaCharset()));
    }

    private List<List<Datum>> rows(Datum value, int index) {
        return index == 0 && random.nextBoolean()
                ? List.of(List.of(value), List.of(Datum.Null.INSTANCE))
                : List.of(List.of(value));
    }

    /** A stored value, of few so that conditions meet it. */
    private long value(ColumnType type) {
        if (type.type().isInteger()) {
            return type.type().isUnsignedWhole() ? random.nextInt(120) : random.nextInt(160) - 80;
        }
        byte[] text = time(random).getBytes(StandardCharsets.US_ASCII);
        long time = CivilTime.parse(text, 0, type.type().isDate() ? 10 : text.length);
        return TemporalForm.plain(type.type(), time, ZoneOffset.UTC);
    }

    private long value(String expression) {
        long day = 20_454 + random.nextInt(-10, 100);
        return switch (expression.charAt(0)) {
            case 't' -> day + CivilDays.EPOCH_DAY_NUMBER;
            case 'u' -> 86_400 * day;
            default -> 2026 + random.nextInt(-2, 3);
        };
    }

    /** A time of a few days. */
    static String time(Random random) {
        return "2026-0%d-%02d %02d:00:00".formatted(1 + random.nextInt(3), 1 + random.nextInt(28), random.nextInt(24));
    }
}
