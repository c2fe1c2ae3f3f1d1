package com.oceanbase.odp.sql.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The common table expressions that may be named where the text is being read. */
final class CommonTables {
    private final Map<String, Deque<Query>> byName = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** What {@link #release} goes back to. */
    int mark() {
        return names.size();
    }

    void add(String name, Query query) {
        String key = name.toLowerCase(Locale.ROOT);
        byName.computeIfAbsent(key, unused -> new ArrayDeque<>(1)).push(query);
        names.add(key);
    }

    /** Forgets what was added since the mark. */
    void release(int mark) {
        while (names.size() > mark) {
            Deque<Query> queries = byName.get(names.removeLast());
            if (queries != null) {
                queries.pop();
            }
        }
    }

    /** The innermost one of this name. */
    @Nullable
    Query find(String name) {
        if (names.isEmpty()) {
            return null;
        }
        Deque<Query> queries = byName.get(name.toLowerCase(Locale.ROOT));
        return queries == null ? null : queries.peek();
    }
}
