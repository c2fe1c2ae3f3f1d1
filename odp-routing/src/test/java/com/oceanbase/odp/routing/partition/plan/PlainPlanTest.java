package com.oceanbase.odp.routing.partition.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.condition.ConditionCompiler;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.access.WrittenRows;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** The short way to partitions ends where the long one does, for any table, condition, row and value. */
class PlainPlanTest {
    private static final String[] STRINGS = {"a", "Z", "7", " ", "_", "é", "中", "😀", "''", "\\'", "\\\\", "\""};

    private static final int[] WIDTHS = {-1, 0, 1, 2, 3, 9, 40, 300, 1022, 1023, 1024, 1025, 100_000};
    private static final long[] ENDS = {
        0, 0, 0, 100, -100, 127, 255, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** Statements of the last run that went the short way. */
    private int shortWays;

    @Property(tries = 20)
    void conditionsLeaveTheSamePartitions(@ForAll long seed) {
        Random random = new Random(seed);
        shortWays = 0;
        for (int i = 0; i < 1000; i++) {
            PartitionedTable table = AnyTable.of(random);
            Statement statement = new Statement(random, table);
            String sql = "SELECT * FROM t WHERE " + statement.conditions();
            compareConditions(table, statement, sql);
        }
        assertThat(shortWays).isGreaterThan(20);
    }

    @Property(tries = 20)
    void rowsHaveTheSamePartitions(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            PartitionedTable table = AnyTable.of(random);
            Statement statement = new Statement(random, table);
            compareRows(table, statement, statement.insert());
        }
    }

    private void compareConditions(PartitionedTable table, Statement statement, String sql) {
        QueryBlock block = statement.parse(sql);
        Condition condition = ConditionCompiler.compile(table, block.tables().getFirst(), block.condition());
        PlainPlan plain = PlainPlan.of(table, condition);
        PartitionSet direct =
                plain == null ? null : plain.evaluate(statement.slots, statement.parameters, SessionValues.MYSQL);
        if (direct == null) {
            return;
        }
        shortWays++;
        PartitionSet general = new PartitionPlan(table, condition, null, null, null)
                .evaluate(statement.slots, statement.parameters, SessionValues.MYSQL);
        String what = sql + " on " + table.first() + table.second() + table.partitions() + ": " + direct + general;
        if (general.empty() && direct.single() >= 0) {
            return;
        }
        assertSame(direct, general, what);
    }

    private static void assertSame(PartitionSet direct, PartitionSet general, String what) {
        assertThat(direct.leaves()).as(what).isEqualTo(general.leaves());
        assertThat(direct.precision()).as(what).isEqualTo(general.precision());
        assertThat(direct.preferred()).as(what).isEqualTo(general.preferred());
        assertThat(direct.empty()).as(what).isEqualTo(general.empty());
        assertThat(direct.size()).as(what).isEqualTo(general.size());
        // A range of one value is a range to the one and a value to the other.
        if (!direct.reason().startsWith(Explanation.RANGE)) {
            assertThat(direct.reason()).as(what).isEqualTo(general.reason());
        }
    }

    private static void compareRows(PartitionedTable table, Statement statement, String sql) {
        WrittenRows rows = statement.parse(sql).rows();
        assertThat(rows).as(sql).isNotNull();
        RowPlan direct = new RowPlan(table, rows, PlainLevels.of(table, true));
        RowPlan general = new RowPlan(table, rows, null);
        PartitionSet plain = direct.plain(statement.slots, statement.parameters, SessionValues.MYSQL);
        assertSame(
                plain == null
                        ? direct.evaluate(statement.slots, statement.parameters, SessionValues.MYSQL, null)
                        : plain,
                general.evaluate(statement.slots, statement.parameters, SessionValues.MYSQL, null),
                sql + " on " + table.columns() + table.first() + table.second() + table.partitions());
    }

    /** Makes texts with values that fit the columns, more or less. */
    private static final class Statement {
        private final Random random;
        private final PartitionedTable table;
        private final LiteralSlots slots = new LiteralSlots();
        private final ParameterValues parameters = new ParameterValues();
        private final List<byte[]> values = new ArrayList<>();
        private final List<Integer> types = new ArrayList<>();

        Statement(Random random, PartitionedTable table) {
            this.random = random;
            this.table = table;
        }

        QueryBlock parse(String sql) {
            byte[] text = sql.getBytes(StandardCharsets.UTF_8);
            StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
            parameters.reset(values.size());
            for (int i = 0; i < values.size(); i++) {
                byte[] value = values.get(i);
                SqlValue known = known(types.get(i), value);
                if (known != null && random.nextBoolean()) {
                    parameters.setValue(i, known);
                } else {
                    parameters.setBinary(i, types.get(i), false, value, 0, value.length);
                }
            }
            return access.blocks().getFirst();
        }

        /** What a user variable of this value is. */
        private @Nullable SqlValue known(int type, byte[] value) {
            if (type == 8) {
                long number =
                        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
                return new SqlValue.Int(number, random.nextInt(10) == 0);
            }
            Collation collation =
                    random.nextInt(4) == 0 ? Collation.byName("gbk_bin") : SessionValues.MYSQL.connectionCollation();
            TextOrigin origin = TextOrigin.values()[random.nextInt(3) == 0 ? random.nextInt(6) : 2];
            return type < 253 || collation == null ? null : new SqlValue.Text(value, collation, origin);
        }

        String conditions() {
            StringJoiner all = new StringJoiner(" AND ");
            if (random.nextInt(6) == 0) {
                StringJoiner rows = new StringJoiner(", ", "(a, b) IN (", ")");
                for (int i = random.nextInt(5); i >= 0; i--) {
                    rows.add("(" + value(0) + ", " + value(1) + ")");
                }
                return rows.toString();
            }
            for (int column = 0; column < 2; column++) {
                if (random.nextInt(5) > 0) {
                    all.add(condition(column));
                }
            }
            if (random.nextInt(8) == 0) {
                all.add("c > 5");
            }
            return all.length() == 0 ? condition(0) : all.toString();
        }

        private String condition(int column) {
            String name = column == 0 ? "a" : "b";
            return switch (random.nextInt(11)) {
                case 0, 1 -> name + " = " + value(column);
                case 2 -> name + " <=> " + value(column);
                case 3 -> name + " IN " + list(column);
                case 4 -> "(" + name + " = " + value(column) + " OR " + value(column) + " = " + name + ")";
                case 5 -> name + " BETWEEN " + value(column) + " AND " + value(column);
                case 6 -> name + (random.nextBoolean() ? " >= " : " > ") + value(column);
                case 7, 8 -> range(name, column);
                case 9 -> name + " IS NOT NULL AND " + range(name, column);
                default ->
                    name + (random.nextBoolean() ? " < " : " <= ") + value(column) + " AND " + name + " > "
                            + value(column);
            };
        }

        /** A range of few or many values, some of them at the ends of the type. */
        private String range(String name, int column) {
            ColumnType type = table.columns().get(column).type();
            if (random.nextInt(4) == 0) {
                return name + " BETWEEN " + value(column) + " AND " + value(column);
            }
            int width = WIDTHS[random.nextInt(WIDTHS.length)];
            String low = random.nextBoolean() ? " >= " : " > ";
            String high = random.nextBoolean() ? " <= " : " < ";
            if (!type.type().isInteger()) {
                LocalDateTime from = LocalDateTime.of(2025, 12, 31, 0, 0).plusDays(random.nextInt(100));
                LocalDateTime to = random.nextBoolean() ? from.plusDays(width) : from.plusSeconds(width);
                from = random.nextInt(20) == 0 ? from.withYear(1000).withDayOfYear(1) : from;
                to = random.nextInt(20) == 0 ? from.withYear(9999).withMonth(12).withDayOfMonth(31) : to;
                return name + low + quoted(from) + " AND " + name + high + quoted(to);
            }
            long from = ENDS[random.nextInt(ENDS.length)] + random.nextInt(-20, 21);
            return name + low + from + " AND " + name + high + (from + width);
        }

        private String quoted(LocalDateTime time) {
            return time.toLocalTime().toSecondOfDay() == 0 && random.nextInt(4) > 0
                    ? "'" + time.toLocalDate() + "'"
                    : "'" + time.toLocalDate() + " " + CLOCK.format(time) + "'";
        }

        private String list(int column) {
            StringJoiner list = new StringJoiner(", ", "(", ")");
            for (int i = random.nextInt(7); i >= 0; i--) {
                list.add(value(column));
            }
            return list.toString();
        }

        String insert() {
            boolean named = random.nextBoolean();
            StringJoiner rows = new StringJoiner(", ");
            for (int i = random.nextInt(5); i >= 0; i--) {
                rows.add(named ? "(" + value(1) + ", " + value(0) + ")" : "(" + value(0) + ", " + value(1) + ", 1)");
            }
            return (named ? "INSERT INTO t (B, a) VALUES " : "REPLACE INTO t VALUES ") + rows;
        }

        private String value(int column) {
            ColumnType type = table.columns().get(column).type();
            int kind = random.nextInt(30);
            if (kind == 0) {
                return "NULL";
            }
            if (kind == 1) {
                return "DEFAULT(c)";
            }
            return switch (type.type().kind()) {
                case TEXT -> string();
                case EXACT -> decimal();
                default -> type.type().isInteger() ? integer() : time();
            };
        }

        private String integer() {
            long number = random.nextInt(12) == 0 ? random.nextLong() : random.nextInt(300) - 100;
            return switch (random.nextInt(12)) {
                case 0 -> "'" + number + "'";
                case 1 -> number + ".5";
                case 2 -> "'" + number + " '";
                case 3 ->
                    parameter(
                            8,
                            ByteBuffer.allocate(8)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .putLong(number));
                case 4 -> parameter(1, ByteBuffer.allocate(1).put((byte) number));
                case 5 -> parameter(253, bytes(String.valueOf(number)));
                case 6 -> "0x" + Long.toHexString(number & 0xFF | 0x10);
                default -> String.valueOf(number);
            };
        }

        private String decimal() {
            String digits =
                    "%s%d.%d".formatted(random.nextBoolean() ? "-" : "", random.nextInt(20000), random.nextInt(2000));
            return switch (random.nextInt(6)) {
                case 0 -> "'" + digits + "'";
                case 1 -> String.valueOf(random.nextLong());
                case 2 -> String.valueOf(random.nextInt(100));
                case 3 -> digits + "e0";
                default -> digits;
            };
        }

        private String string() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(random.nextBoolean() ? 3 : 12); i > 0; i--) {
                text.append(STRINGS[random.nextInt(STRINGS.length)]);
            }
            return switch (random.nextInt(4)) {
                case 0 -> parameter(254, bytes(text.toString()));
                case 1 -> String.valueOf(random.nextInt(50));
                default -> "'" + text + "'";
            };
        }

        private String time() {
            String time = AnyTable.time(random);
            String date = time.substring(0, 10);
            return switch (random.nextInt(14)) {
                case 0 -> "'" + date.replace("-0", "-") + "'";
                case 1 -> "'" + time + ".5'";
                case 2 -> "'" + time + ".123456'";
                case 3 -> date.replace("-", "");
                case 4 -> "DATE '" + date + "'";
                case 5 -> "TIMESTAMP '" + time + "'";
                case 6 -> "'2026-02-30'";
                case 7 -> parameter(10, civil(date, 4));
                case 8 -> parameter(12, civil(date, random.nextBoolean() ? 7 : 11));
                case 9 -> parameter(253, bytes(time));
                case 10 -> "'" + time.replace(' ', 'T') + "'";
                case 11, 12 -> "'" + date + "'";
                default -> "'" + time + "'";
            };
        }

        private ByteBuffer civil(String date, int length) {
            ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putShort(Short.parseShort(date.substring(0, 4)));
            bytes.put(Byte.parseByte(date.substring(5, 7))).put(Byte.parseByte(date.substring(8)));
            if (length > 4) {
                bytes.put((byte) random.nextInt(25))
                        .put((byte) random.nextInt(60))
                        .put((byte) random.nextInt(60));
            }
            return length > 7 ? bytes.putInt(random.nextInt(1_000_000)) : bytes;
        }

        private static ByteBuffer bytes(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        private String parameter(int type, ByteBuffer bytes) {
            values.add(bytes.array());
            types.add(type);
            return "?";
        }
    }
}
