package com.oceanbase.odp.it.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random choices that a seed repeats. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    int below(int limit) {
        return random.nextInt(limit);
    }

    /** A number of {@code from} to {@code to}, both included. */
    long between(long from, long to) {
        return from == to ? from : random.nextLong(from, to + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @SafeVarargs
    final <T> T anyOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Some different members in random order. */
    <T> List<T> some(List<T> list, int count) {
        List<T> all = new ArrayList<>(list);
        Collections.shuffle(all, random);
        return List.copyOf(all.subList(0, Math.min(count, all.size())));
    }

    <T> List<T> shuffled(List<T> list) {
        return some(list, list.size());
    }
}
