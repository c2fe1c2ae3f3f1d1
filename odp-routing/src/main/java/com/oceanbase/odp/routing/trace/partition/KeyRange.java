package com.oceanbase.odp.routing.trace.partition;

import com.oceanbase.odp.routing.trace.ResolveExpr;
import com.oceanbase.odp.routing.trace.partition.KeyConditions.KeyCondition;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes what conditions leave of the range of a level's keys, as {@code [3 ; 3]} or {@code (5 ; MAX)}. */
final class KeyRange {
    private static final int MOST = 8;

    /** There are conditions that have no simple range. */
    private static final String UNKNOWN = "(MIN ; MAX)";

    private @Nullable String low;
    private @Nullable String high;
    private boolean lowIncluded;
    private boolean highIncluded;
    private final List<String> points = new ArrayList<>();

    private KeyRange() {}

    /**
     * The range of a level.
     *
     * @param columns keys of the level
     * @param values text of a value
     */
    static String of(List<Integer> columns, List<KeyCondition> conditions, Function<Expression, String> values) {
        if (columns.isEmpty()) {
            return "";
        }
        List<KeyRange> ranges = new ArrayList<>(columns.size());
        for (int column : columns) {
            KeyRange range = new KeyRange();
            for (KeyCondition condition : conditions) {
                if (condition.column() == column) {
                    range.narrow(condition, values);
                }
            }
            ranges.add(range);
        }
        String text = ranges.size() == 1 ? ranges.getFirst().text() : joined(ranges);
        boolean others = conditions.stream().anyMatch(condition -> condition.column() < 0);
        return others && text.equals(ResolveExpr.EVERYTHING) ? UNKNOWN : text;
    }

    private void narrow(KeyCondition condition, Function<Expression, String> values) {
        BinaryOperator operator = condition.operator();
        List<Expression> given = condition.values();
        if (condition.whole() instanceof Expression.Between) {
            from(values.apply(given.get(0)), true);
            to(values.apply(given.get(1)), true);
        } else if (operator == null) {
            for (Expression value : given.subList(0, Math.min(MOST, given.size()))) {
                points.add(values.apply(value));
            }
            if (given.isEmpty()) {
                points.add("NULL");
            }
        } else {
            String value = values.apply(given.getFirst());
            switch (operator) {
                case GREATER -> from(value, false);
                case GREATER_EQUAL -> from(value, true);
                case LESS -> to(value, false);
                case LESS_EQUAL -> to(value, true);
                default -> {
                    if (points.size() < MOST) {
                        points.add(value);
                    }
                }
            }
        }
    }

    private void from(String value, boolean included) {
        low = value;
        lowIncluded = included;
    }

    private void to(String value, boolean included) {
        high = value;
        highIncluded = included;
    }

    private boolean isPoint() {
        return points.size() == 1;
    }

    private boolean isEverything() {
        return points.isEmpty() && low == null && high == null;
    }

    private String lowText() {
        return isPoint() ? points.getFirst() : low == null ? "MIN" : low;
    }

    private String highText() {
        return isPoint() ? points.getFirst() : high == null ? "MAX" : high;
    }

    private String text() {
        if (isEverything()) {
            return ResolveExpr.EVERYTHING;
        }
        if (points.isEmpty()) {
            return (lowIncluded ? "[" : "(") + lowText() + " ; " + highText() + (highIncluded ? "]" : ")");
        }
        List<String> texts = new ArrayList<>();
        for (String point : points) {
            texts.add("[" + point + " ; " + point + "]");
        }
        return String.join(", ", texts);
    }

    private static String joined(List<KeyRange> ranges) {
        boolean everything = true;
        boolean points = true;
        List<String> low = new ArrayList<>();
        List<String> high = new ArrayList<>();
        for (KeyRange range : ranges) {
            everything &= range.isEverything();
            points &= range.isPoint();
            low.add(range.lowText());
            high.add(range.highText());
        }
        if (everything) {
            return ResolveExpr.EVERYTHING;
        }
        String bounds = String.join(",", low) + " ; " + String.join(",", high);
        return points ? "[" + bounds + "]" : "(" + bounds + ")";
    }
}
