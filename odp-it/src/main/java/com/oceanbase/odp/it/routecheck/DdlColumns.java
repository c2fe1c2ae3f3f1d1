package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a CREATE TABLE text says about defaults, generated columns and members of ENUM and SET. A proxy reads the first two from the dictionary
 * ({@code part_key_default_value}, {@code part_key_extra}); recorded tables have them in their DDL only.
 */
final class DdlColumns {
    private static final Pattern NAME = Pattern.compile("^\\s*(?:`((?:[^`]|``)*)`|([^\\s`(]+))\\s");
    private static final Pattern DEFAULT = Pattern.compile(
            "\\bdefault\\s+('(?:[^'\\\\]|''|\\\\.)*'|\"[^\"]*\"|\\([^)]*\\)|[^\\s,]+(?:\\([^)]*\\))?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GENERATED = Pattern.compile("\\bas\\s*\\(", Pattern.CASE_INSENSITIVE);

    private static final Pattern MEMBERS = Pattern.compile("^\\s*(?:enum|set)\\s*\\(", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> defaults = new HashMap<>();
    private final Map<String, List<String>> members = new HashMap<>();
    private final Map<String, String> generated = new HashMap<>();

    DdlColumns(String ddl) {
        int open = ddl.indexOf('(');
        if (open < 0) {
            return;
        }
        for (String part : split(ddl.substring(open + 1, closing(ddl, open)))) {
            Matcher name = NAME.matcher(part);
            if (name.find()) {
                String column = name.group(1) != null ? name.group(1).replace("``", "`") : name.group(2);
                read(column.toLowerCase(Locale.ROOT), part.substring(name.end()));
            }
        }
    }

    private void read(String column, String rest) {
        Matcher type = MEMBERS.matcher(rest);
        if (type.find()) {
            members.put(column, members(rest.substring(type.end(), closing(rest, type.end() - 1))));
        }
        Matcher as = GENERATED.matcher(rest);
        if (as.find()) {
            generated.put(column, rest.substring(as.end(), closing(rest, as.end() - 1)));
            return;
        }
        Matcher value = DEFAULT.matcher(rest);
        if (value.find()) {
            defaults.put(column, value.group(1));
        }
    }

    private static List<String> members(String list) {
        List<String> names = new ArrayList<>();
        for (String quoted : split(list)) {
            String literal = quoted.strip();
            StoredExpression expression = StoredExpression.parse(literal, false);
            SqlValue value = Evaluator.evaluate(
                    expression.expression(),
                    new EvaluationContext(expression.slots(), ParameterValues.NONE, RecordedSession.VALUES));
            names.add(value instanceof SqlValue.Text text ? Texts.decode(text).stripTrailing() : literal);
        }
        return names;
    }

    /** Members of an ENUM or SET, empty for other types. */
    List<String> membersOf(String column) {
        return members.getOrDefault(column.toLowerCase(Locale.ROOT), List.of());
    }

    /** Text of the default of a column, null if it has none. */
    @Nullable
    String defaultOf(String column) {
        return defaults.get(column.toLowerCase(Locale.ROOT));
    }

    /** Expression of a generated column, empty if it is none. */
    String generatedAs(String column) {
        return generated.getOrDefault(column.toLowerCase(Locale.ROOT), "");
    }

    /** Parts between commas outside of parentheses and quotes. */
    private static List<String> split(String body) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                i = endOfQuoted(body, i);
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(body.substring(start, i) + " ");
                start = i + 1;
            }
        }
        parts.add(body.substring(start) + " ");
        return parts;
    }

    /** Index of the parenthesis that closes the one at {@code open}, or the end. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                i = endOfQuoted(text, i);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    private static int endOfQuoted(String text, int start) {
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote != '`') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        return text.length();
    }
}
