package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.cluster.ExplainPlan.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an INSERT … VALUES as the kernel's plan shows them. The plan of this kernel does not name their
 * partitions, but a query for the same key values does.
 *
 * @param columns names of the columns for which values are shown
 * @param rows the values, as SQL
 */
record InsertedRows(List<String> columns, List<List<String>> rows) {

    private static final int MAX_ROWS = 1000;
    private static final Pattern VALUE_COLUMN = Pattern.compile("\\[__values\\.([^\\]]+)\\]");
    private static final String CONVERSION = "column_conv(";

    /** Finds the rows in the operators of an insert's plan, null if there are none or too many. */
    static @Nullable InsertedRows of(List<Operator> operators) {
        for (Operator operator : operators) {
            int at = operator.details().indexOf("values({");
            if (!operator.operator().endsWith("EXPRESSION") || at < 0) {
                continue;
            }
            List<String> columns = new ArrayList<>();
            Matcher matcher = VALUE_COLUMN.matcher(operator.details().substring(0, at));
            while (matcher.find()) {
                columns.add(matcher.group(1));
            }
            List<List<String>> rows = new ArrayList<>();
            String inner = balanced(operator.details(), at + "values".length());
            for (String row : split(inner)) {
                String stripped = row.strip();
                rows.add(split(stripped.substring(1, stripped.length() - 1)).stream()
                        .map(InsertedRows::plain)
                        .toList());
            }
            boolean usable = rows.size() <= MAX_ROWS && rows.stream().allMatch(row -> row.size() == columns.size());
            return usable ? new InsertedRows(columns, rows) : null;
        }
        return null;
    }

    /** A query for the keys of all rows, null if the plan does not show a value of each key column. */
    @Nullable
    String keyQuery(String qualifiedTable, List<String> keys) {
        StringBuilder where = new StringBuilder();
        for (List<String> row : rows) {
            where.append(where.isEmpty() ? "(" : " or (");
            for (int i = 0; i < keys.size(); i++) {
                int column = indexOf(keys.get(i));
                if (column < 0) {
                    return null;
                }
                String value = row.get(column);
                String test = value.equalsIgnoreCase("NULL") ? " is null" : " = " + value;
                where.append(i == 0 ? "`" : " and `")
                        .append(keys.get(i))
                        .append('`')
                        .append(test);
            }
            where.append(')');
        }
        return "select 1 from " + qualifiedTable + " where " + where;
    }

    private int indexOf(String key) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    /** The value inside the plan's conversion to the column's type. */
    private static String plain(String value) {
        String stripped = value.strip();
        if (!stripped.startsWith(CONVERSION) || !stripped.endsWith(")")) {
            return stripped;
        }
        List<String> arguments = split(stripped.substring(CONVERSION.length(), stripped.length() - 1));
        return plain(arguments.getLast());
    }

    /** What stands inside the bracket at an index. */
    private static String balanced(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at = next(text, at)) {
            char c = text.charAt(at);
            if (c == '(' || c == '{') {
                depth++;
            } else if (c == ')' || c == '}') {
                depth--;
                if (depth == 0) {
                    return text.substring(open + 1, at);
                }
            }
        }
        return text.substring(open + 1);
    }

    /** Splits at commas outside of brackets and quotes. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            char c = text.charAt(at);
            if (c == '(' || c == '{' || c == '[') {
                depth++;
            } else if (c == ')' || c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The next index outside of a quoted string. */
    private static int next(String text, int at) {
        if (text.charAt(at) != '\'') {
            return at + 1;
        }
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '\'') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }
}
