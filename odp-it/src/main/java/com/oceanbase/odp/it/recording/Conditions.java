package com.oceanbase.odp.it.recording;

import java.util.ArrayList;
import java.util.List;

/** Conditions on the key columns of a table. */
final class Conditions {
    private final Dice dice;
    private final ValueForms forms;
    private final List<KeyColumn> keys;
    private final List<List<Value>> seeds;

    /** Conditions by values that rows of the table have, mostly. */
    Conditions(Dice dice, List<KeyColumn> keys, List<List<Value>> seeds) {
        this.dice = dice;
        this.forms = new ValueForms(dice);
        this.keys = keys;
        this.seeds = seeds;
    }

    /** Values of all keys. */
    List<Value> row() {
        if (!seeds.isEmpty() && dice.chance(80)) {
            return dice.any(seeds);
        }
        return keys.stream().map(key -> Values.of(key.type(), dice)).toList();
    }

    KeyColumn key(int index) {
        return keys.get(index);
    }

    int keys() {
        return keys.size();
    }

    int anyKey() {
        return dice.below(keys.size());
    }

    /** A value of one key. */
    String value(int key) {
        return row().get(key).sql();
    }

    /** Each key equals its value. */
    String equal(String prefix) {
        return equal(prefix, row());
    }

    String equal(String prefix, List<Value> row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            parts.add(prefix + keys.get(i).sql() + " = " + row.get(i).sql());
        }
        return String.join(" and ", parts);
    }

    /** Each key equals its value, written in some way. */
    String variant() {
        List<Value> row = row();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            parts.add(variant(i, row.get(i)));
        }
        return String.join(" and ", parts);
    }

    String variant(int index, Value value) {
        KeyColumn key = keys.get(index);
        String column = dice.anyOf(key.sql(), key.sql(), "`" + key.name() + "`");
        String text = forms.any(key, value);
        return switch (dice.below(12)) {
            case 0 -> text + " = " + column;
            case 1 -> column + " <=> " + text;
            case 2 -> column + " in (" + text + ")";
            default -> column + " = " + text;
        };
    }

    String form(int key, Value value) {
        return forms.any(keys.get(key), value);
    }

    /** Keys as a tuple, in some order. */
    String tupleIn(int rows) {
        List<Integer> order = dice.shuffled(
                java.util.stream.IntStream.range(0, keys.size()).boxed().toList());
        List<String> names = order.stream().map(index -> keys.get(index).sql()).toList();
        List<String> tuples = new ArrayList<>();
        for (int i = 0; i < Math.max(1, rows); i++) {
            List<Value> row = row();
            tuples.add("("
                    + String.join(
                            ",",
                            order.stream().map(index -> row.get(index).sql()).toList()) + ")");
        }
        String left = "(" + String.join(",", names) + ")";
        return rows == 0 ? left + "=" + tuples.getFirst() : left + " in (" + String.join(",", tuples) + ")";
    }
}
