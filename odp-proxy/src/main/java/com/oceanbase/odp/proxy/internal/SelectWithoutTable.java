package com.oceanbase.odp.proxy.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A SELECT of nothing but variables, parameterless functions of the session and literals. */
record SelectWithoutTable(List<Item> items) {
    private static final Pattern WHOLE = Pattern.compile(
            "select\\s*(.*?)(?:\\s+from\\s+dual)?(?:\\s+limit\\s+\\d+)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern ITEM = Pattern.compile(
            "(?:@@(?:(?:session|global|local)\\s*\\.\\s*)?`?(\\w+)`?"
                    + "|(database|schema|user|session_user|current_user|version|connection_id)\\s*\\(\\s*\\)"
                    + "|(\\d+)|'([^'\\\\]*)')"
                    + "(?:\\s+(?:as\\s+)?[`\"']?(\\w+)[`\"']?)?",
            Pattern.CASE_INSENSITIVE);

    /**
     * One of the things selected.
     *
     * @param variable name of a system variable in lower case, else null
     * @param function name of a function in lower case, else null
     * @param literal value of a literal, else null
     * @param title title of the column
     */
    record Item(
            @Nullable String variable,
            @Nullable String function,
            @Nullable String literal,
            String title) {}

    /** The query in this text, which has no comments; null when it is anything else. */
    static @Nullable SelectWithoutTable parse(String statement) {
        Matcher whole = WHOLE.matcher(statement);
        if (!whole.matches()) {
            return null;
        }
        List<Item> items = new ArrayList<>();
        for (String text : whole.group(1).split(",", -1)) {
            String expression = text.strip();
            Matcher matcher = ITEM.matcher(expression);
            if (!matcher.matches()) {
                return null;
            }
            items.add(item(matcher, expression));
        }
        return new SelectWithoutTable(List.copyOf(items));
    }

    private static Item item(Matcher matcher, String expression) {
        String alias = matcher.group(5);
        String literal = matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
        return new Item(lower(matcher.group(1)), lower(matcher.group(2)), literal, alias == null ? expression : alias);
    }

    private static @Nullable String lower(@Nullable String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }
}
