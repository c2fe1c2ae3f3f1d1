package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.it.recording.Level.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes levels of partitioning over given columns. */
final class Levels {
    private static final Comparator<Value> ORDER = (a, b) -> a.quoted()
            ? a.text().toLowerCase(Locale.ROOT).compareTo(b.text().toLowerCase(Locale.ROOT))
            : new BigDecimal(a.text()).compareTo(new BigDecimal(b.text()));

    private final Dice dice;

    Levels(Dice dice) {
        this.dice = dice;
    }

    /** The kinds that accept a column of the type. */
    static List<Kind> kindsOf(KeyType type) {
        return switch (type.family()) {
            case INTEGER, YEAR -> List.of(Kind.values());
            case BIT -> List.of(Kind.HASH, Kind.KEY);
            case ENUM, SET -> List.of(Kind.KEY);
            case TEXT, BYTES -> List.of(Kind.KEY, Kind.RANGE_COLUMNS, Kind.LIST_COLUMNS);
            case REAL -> List.of(Kind.KEY, Kind.RANGE_COLUMNS);
            case DECIMAL -> List.of(Kind.KEY, Kind.RANGE_COLUMNS, Kind.HASH);
            case TIMESTAMP -> List.of(Kind.KEY, Kind.RANGE_COLUMNS, Kind.HASH, Kind.RANGE);
            case DATE, DATETIME, TIME -> List.of(Kind.values());
        };
    }

    Level of(Kind kind, List<KeyColumn> columns, int count) {
        List<String> names = columns.stream().map(KeyColumn::sql).toList();
        KeyColumn first = columns.getFirst();
        return switch (kind) {
            case KEY -> new Level(kind, "key(" + String.join(",", names) + ")", blanks(count));
            case HASH -> new Level(kind, "hash(" + expression(columns).on(first.sql()) + ")", blanks(count));
            case RANGE -> {
                PartitionExpression expression = expression(columns);
                String clause = "range(" + expression.on(first.sql()) + ")";
                yield new Level(kind, clause, ranges(expression.ascending(first.type(), count, dice)));
            }
            case LIST -> {
                PartitionExpression expression = expression(columns);
                String clause = "list(" + expression.on(first.sql()) + ")";
                yield new Level(kind, clause, lists(expression.ascending(first.type(), count * 3, dice), count));
            }
            case RANGE_COLUMNS ->
                new Level(kind, "range columns(" + String.join(",", names) + ")", tupleRanges(columns, count));
            case LIST_COLUMNS ->
                new Level(kind, "list columns(" + String.join(",", names) + ")", tupleLists(columns, count));
        };
    }

    /** Other bounds of the same level, for partitions that are described one by one. */
    Level again(Level level, List<KeyColumn> columns) {
        int count = (int) dice.between(1, 4);
        return switch (level.kind()) {
            case HASH, KEY -> new Level(level.kind(), level.clause(), blanks(count));
            case RANGE, LIST ->
                new Level(
                        level.kind(),
                        level.clause(),
                        level.bounds().subList(0, 1 + dice.below(level.bounds().size())));
            case RANGE_COLUMNS -> new Level(level.kind(), level.clause(), tupleRanges(columns, count));
            case LIST_COLUMNS -> new Level(level.kind(), level.clause(), tupleLists(columns, count));
        };
    }

    private PartitionExpression expression(List<KeyColumn> columns) {
        if (columns.size() == 2) {
            String text = dice.anyOf("{}+B", "{}*10+B", "mod({},7)+B", "{}-B")
                    .replace("B", columns.get(1).sql());
            return new PartitionExpression(text, PartitionExpression.Results.NUMBERS);
        }
        return PartitionExpression.any(columns.getFirst().type(), dice);
    }

    private static List<String> blanks(int count) {
        return java.util.Collections.nCopies(count, "");
    }

    private List<String> ranges(List<String> ascending) {
        List<String> bounds = new ArrayList<>();
        for (String bound : ascending) {
            bounds.add("values less than (" + bound + ")");
        }
        if (dice.chance(80)) {
            bounds.set(bounds.size() - 1, dice.anyOf("values less than maxvalue", "values less than (maxvalue)"));
        }
        return bounds;
    }

    private List<String> lists(List<String> constants, int count) {
        List<String> mixed = new ArrayList<>(dice.shuffled(constants));
        if (dice.chance(30)) {
            mixed.set(dice.below(mixed.size()), "null");
        }
        List<String> bounds = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < count; i++) {
            int size = Math.min((int) dice.between(1, 3), mixed.size() - next - (count - i - 1));
            bounds.add("values in (" + String.join(",", mixed.subList(next, next + Math.max(1, size))) + ")");
            next += Math.max(1, size);
        }
        if (dice.chance(80)) {
            bounds.set(bounds.size() - 1, "values in (default)");
        }
        return bounds;
    }

    private List<String> tupleRanges(List<KeyColumn> columns, int count) {
        List<String> bounds = new ArrayList<>();
        List<Value> firsts = new ArrayList<>(Values.several(columns.getFirst().type(), count, dice));
        firsts.sort(ORDER);
        for (Value first : firsts) {
            List<String> tuple = new ArrayList<>(List.of(first.sql()));
            for (KeyColumn column : columns.subList(1, columns.size())) {
                tuple.add(
                        dice.chance(12)
                                ? "maxvalue"
                                : Values.of(column.type(), dice).sql());
            }
            bounds.add("values less than (" + String.join(",", tuple) + ")");
        }
        if (columns.size() > 1 && dice.chance(50) && bounds.size() > 1) {
            split(columns, firsts, bounds);
        }
        if (dice.chance(80)) {
            String most = String.join(",", java.util.Collections.nCopies(columns.size(), "maxvalue"));
            bounds.set(bounds.size() - 1, "values less than (" + most + ")");
        }
        return bounds;
    }

    /** Lets two partitions have the same first value. */
    private void split(List<KeyColumn> columns, List<Value> firsts, List<String> bounds) {
        List<Value> seconds = new ArrayList<>(Values.several(columns.get(1).type(), 2, dice));
        if (seconds.size() < 2) {
            return;
        }
        seconds.sort(ORDER);
        for (int i = 0; i < 2; i++) {
            List<String> tuple = new ArrayList<>(
                    List.of(firsts.getFirst().sql(), seconds.get(i).sql()));
            for (KeyColumn column : columns.subList(2, columns.size())) {
                tuple.add(Values.of(column.type(), dice).sql());
            }
            String bound = "values less than (" + String.join(",", tuple) + ")";
            if (i == 0) {
                bounds.set(0, bound);
            } else {
                bounds.add(1, bound);
            }
        }
    }

    private List<String> tupleLists(List<KeyColumn> columns, int count) {
        List<List<Value>> values = new ArrayList<>();
        columns.forEach(column -> values.add(Values.several(column.type(), count * 3, dice)));
        List<String> bounds = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < count; i++) {
            List<String> tuples = new ArrayList<>();
            for (int k = (int) dice.between(1, 3); k > 0; k--, next++) {
                List<String> tuple = new ArrayList<>();
                for (int c = 0; c < columns.size(); c++) {
                    List<Value> pool = values.get(c);
                    tuple.add(
                            c == 0 && next < pool.size()
                                    ? pool.get(next).sql()
                                    : c == 0 ? "" : dice.any(pool).sql());
                }
                if (!tuple.getFirst().isEmpty()) {
                    tuples.add(columns.size() == 1 ? tuple.getFirst() : "(" + String.join(",", tuple) + ")");
                }
            }
            if (!tuples.isEmpty()) {
                if (columns.size() == 1 && i == 0 && dice.chance(20)) {
                    tuples.add("null");
                }
                bounds.add("values in (" + String.join(",", tuples) + ")");
            }
        }
        if (bounds.size() > 1 && dice.chance(80)) {
            bounds.set(bounds.size() - 1, "values in (default)");
        }
        return bounds;
    }
}
