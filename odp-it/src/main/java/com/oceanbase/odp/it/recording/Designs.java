package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.it.recording.Level.Kind;
import java.util.ArrayList;
import java.util.List;

/** Random table designs. */
final class Designs {
    private static final List<Integer> COUNTS = List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16);

    private final Dice dice;
    private final Levels levels;
    private final String name;
    private final boolean classic;

    private Designs(long seed, int number, boolean classic) {
        this.dice = new Dice(seed * 1_000_003 + number);
        this.levels = new Levels(dice);
        this.classic = classic;
        this.name = (classic ? "cd_" : "") + "v" + Long.toUnsignedString(seed) + "_" + number;
    }

    /** The design of this number; the same for the same seed. Some are refused by the kernel. */
    static Design of(long seed, int number, boolean classic) {
        return new Designs(seed, number, classic).any();
    }

    private Design any() {
        int choice = dice.below(100);
        if (choice < 2) {
            return design(List.of(column(dice.anyOf("id", "k"), Family.values())), "", List.of());
        }
        if (choice < 32) {
            return single();
        }
        if (choice < 44) {
            return severalKeys();
        }
        if (choice < 54) {
            return generated();
        }
        if (choice < 64) {
            return altered();
        }
        if (choice < 74) {
            return Scenarios.any(dice, name, classic);
        }
        return twoLevels();
    }

    private KeyColumn column(String columnName, Family... families) {
        KeyType type = dice.any(KeyType.of(dice.any(List.of(families))));
        return new KeyColumn(columnName, type, dice.chance(12) ? "not null" : "");
    }

    private Design single() {
        KeyColumn column = column(dice.anyOf("k", "id", "d", "K1", "key", "my col", "c"), Family.values());
        Kind kind = dice.any(Levels.kindsOf(column.type()));
        int count = kind.isCounted() ? dice.chance(4) ? 97 : dice.any(COUNTS) : (int) dice.between(2, 6);
        return design(List.of(column), oneLevel(levels.of(kind, List.of(column), count)), List.of());
    }

    private Design severalKeys() {
        int count = (int) dice.between(2, 4);
        Kind kind = dice.anyOf(Kind.KEY, Kind.KEY, Kind.RANGE_COLUMNS, Kind.LIST_COLUMNS, Kind.HASH);
        List<KeyColumn> columns = new ArrayList<>();
        for (int i = 0; i < (kind == Kind.HASH ? 2 : count); i++) {
            String columnName = dice.chance(80) ? "c" + i : dice.anyOf("用户", "Region", "ts") + i;
            columns.add(
                    switch (kind) {
                        case KEY -> column(columnName, Family.values());
                        case HASH -> column(columnName, Family.INTEGER);
                        default ->
                            column(
                                    columnName,
                                    Family.INTEGER,
                                    Family.INTEGER,
                                    Family.TEXT,
                                    Family.DATE,
                                    Family.DATETIME,
                                    Family.BYTES,
                                    Family.TIME,
                                    Family.YEAR);
                    });
        }
        List<KeyColumn> order = kind == Kind.KEY ? dice.shuffled(columns) : columns;
        Level level = levels.of(kind, order, kind.isCounted() ? dice.any(COUNTS) : (int) dice.between(2, 5));
        return design(columns, oneLevel(level), List.of());
    }

    private Design twoLevels() {
        KeyColumn first = column("a", Family.values());
        KeyColumn second = dice.chance(5) ? first : column("b", Family.values());
        Kind firstKind = dice.any(Levels.kindsOf(first.type()));
        Kind secondKind = dice.any(Levels.kindsOf(second.type()));
        Level outer = levels.of(firstKind, List.of(first), (int) dice.between(2, firstKind.isCounted() ? 7 : 4));
        Level inner = levels.of(secondKind, List.of(second), (int) dice.between(2, secondKind.isCounted() ? 8 : 4));
        List<KeyColumn> columns = first == second ? List.of(first) : List.of(first, second);
        if (dice.chance(45)) {
            return design(columns, listed(outer, inner, second), List.of());
        }
        return design(columns, template(outer, inner), List.of());
    }

    private Design generated() {
        GeneratedColumn made = GeneratedColumn.any(dice);
        KeyColumn key = new KeyColumn(dice.anyOf("g", "g", "gen_col"), made.type());
        List<Kind> kinds = Levels.kindsOf(made.type()).stream()
                .filter(kind -> made.type().family() == Family.INTEGER || kind != Kind.HASH)
                .toList();
        Kind kind = dice.any(kinds);
        String definition = key.sql() + " " + made.type().ddl() + dice.anyOf(" generated always as (", " as (")
                + made.expression() + ")" + dice.anyOf(" virtual", " stored", "");
        List<KeyColumn> bases = made.bases();
        int count = kind.isCounted() ? dice.any(COUNTS) : (int) dice.between(2, 5);
        Level level = levels.of(kind, List.of(key), count);
        List<String> columns = new ArrayList<>();
        bases.forEach(base -> columns.add(base.definition()));
        columns.add(definition);
        if (dice.chance(20)) {
            KeyColumn second = column("b", Family.INTEGER, Family.DATETIME, Family.TEXT);
            columns.add(second.definition());
            List<KeyColumn> all = new ArrayList<>(bases);
            all.add(second);
            Kind outer = dice.any(Levels.kindsOf(second.type()));
            String text = template(levels.of(outer, List.of(second), 3), level);
            return design(all, columns, text, List.of(), key.name(), "");
        }
        return design(bases, columns, oneLevel(level), List.of(), key.name(), "");
    }

    /** Tables of which partitions were dropped and to which others were added. */
    private Design altered() {
        KeyColumn column = column("id", Family.INTEGER, Family.DATE, Family.DATETIME, Family.TEXT);
        boolean list = dice.chance(30);
        Level level = levels.of(list ? Kind.LIST_COLUMNS : Kind.RANGE_COLUMNS, List.of(column), 6);
        List<String> bounds = new ArrayList<>(level.bounds());
        bounds.removeIf(bound -> bound.contains("maxvalue") || bound.contains("default"));
        int kept = Math.max(2, bounds.size() - 2);
        if (bounds.size() < 4) {
            return single();
        }
        Level whole = new Level(level.kind(), level.clause(), bounds.subList(0, kept));
        List<String> alter = new ArrayList<>(List.of("alter table " + name + " drop partition p" + dice.below(kept)));
        boolean inner = dice.chance(30);
        KeyColumn second = column("b", Family.INTEGER, Family.TEXT);
        StringBuilder added = new StringBuilder();
        for (int i = kept; i < bounds.size(); i++) {
            added.append(i == kept ? "" : ", ").append("partition p").append(i).append(' ');
            added.append(bounds.get(i));
        }
        alter.add("alter table " + name + " add partition (" + added + ")");
        if (!inner) {
            return design(List.of(column), oneLevel(whole), alter);
        }
        Level sub = levels.of(Kind.KEY, List.of(second), 3);
        return design(List.of(column, second), template(whole, sub), alter);
    }

    private Design design(List<KeyColumn> keys, String clause, List<String> alter) {
        List<String> columns = new ArrayList<>();
        keys.forEach(key -> columns.add(key.definition()));
        boolean primary = dice.chance(25) && !clause.contains("key()");
        String key = primary
                ? ", primary key("
                        + String.join(",", keys.stream().map(KeyColumn::sql).toList()) + ")"
                : "";
        boolean whole = primary && clause.startsWith("partition by key(") && !clause.contains("subpartition");
        String text = whole && dice.chance(20) ? clause.replaceFirst("key\\([^)]*\\)", "key()") : clause;
        return design(keys, columns, text, alter, null, key);
    }

    private Design design(
            List<KeyColumn> keys,
            List<String> columns,
            String clause,
            List<String> alter,
            @org.jspecify.annotations.Nullable String generated,
            String primaryKey) {
        List<String> all = new ArrayList<>(columns);
        all.add(dice.below(all.size() + 1), "rid int");
        all.add(dice.below(all.size() + 1), "note varchar(64)");
        String ddl = "create table " + name + "(" + String.join(", ", all) + primaryKey + ")"
                + (clause.isEmpty() ? "" : " " + clause);
        return new Design(name, classic, ddl, alter, keys, generated);
    }

    static String oneLevel(Level level) {
        String head = "partition by " + level.clause();
        return level.kind().isCounted()
                ? head + " partitions " + level.bounds().size()
                : head + " (" + parts(level, "p", "partition") + ")";
    }

    static String template(Level outer, Level inner) {
        String subs = inner.kind().isCounted()
                ? " subpartitions " + inner.bounds().size()
                : " subpartition template (" + parts(inner, "sp", "subpartition") + ")";
        String parts = outer.kind().isCounted()
                ? " partitions " + outer.bounds().size()
                : " (" + parts(outer, "p", "partition") + ")";
        return "partition by " + outer.clause() + " subpartition by " + inner.clause() + subs + parts;
    }

    private String listed(Level outer, Level inner, KeyColumn column) {
        StringBuilder text =
                new StringBuilder("partition by " + outer.clause() + " subpartition by " + inner.clause() + " (");
        for (int i = 0; i < outer.bounds().size(); i++) {
            Level subs = i == 0 ? inner : levels.again(inner, List.of(column));
            text.append(i == 0 ? "" : ", ").append("partition p").append(i).append(' ');
            text.append(outer.bounds().get(i)).append(" (");
            text.append(parts(subs, "p" + i + "_s", "subpartition")).append(")");
        }
        return text.append(")").toString();
    }

    private static String parts(Level level, String prefix, String word) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < level.bounds().size(); i++) {
            parts.add((word + " " + prefix + i + " " + level.bounds().get(i)).strip());
        }
        return String.join(", ", parts);
    }
}
