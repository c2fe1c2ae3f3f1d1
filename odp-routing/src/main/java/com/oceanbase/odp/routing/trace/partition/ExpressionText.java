package com.oceanbase.odp.routing.trace.partition;

import com.oceanbase.odp.sql.TokenText;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes expressions for people: as in the statement, strings without quotes as the original has them, and not too long. */
final class ExpressionText {
    private static final int LIMIT = 256;
    private static final String MORE = "..";

    private final StringBuilder out = new StringBuilder();
    private final @Nullable LiteralSlots literals;

    private ExpressionText(@Nullable LiteralSlots literals) {
        this.literals = literals;
    }

    /** The text of an expression; literals that are not known are question marks. */
    static String of(Expression expression, @Nullable LiteralSlots literals) {
        ExpressionText text = new ExpressionText(literals);
        text.write(expression);
        return text.out.toString();
    }

    /** The symbol of an operator. */
    static String symbol(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> "=";
            case NULL_SAFE_EQUAL -> "<=>";
            case NOT_EQUAL -> "<>";
            case LESS -> "<";
            case LESS_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_EQUAL -> ">=";
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case INTEGER_DIVIDE -> " div ";
            case MODULO -> "%";
            case BIT_AND -> "&";
            case BIT_OR -> "|";
            case BIT_XOR -> "^";
            case SHIFT_LEFT -> "<<";
            case SHIFT_RIGHT -> ">>";
            case CONCAT -> "||";
            case XOR -> " xor ";
            case ASSIGN -> " := ";
            case OTHER -> " .. ";
        };
    }

    private void write(Expression expression) {
        if (out.length() > LIMIT) {
            if (!out.toString().endsWith(MORE)) {
                out.append(MORE);
            }
            return;
        }
        switch (expression) {
            case Expression.Literal literal -> literal(literal);
            case Expression.AdjacentStrings strings -> strings.parts().forEach(this::literal);
            case Expression.Introduced introduced -> write(introduced.literal());
            case Expression.Temporal temporal -> literal(temporal.text());
            case Expression.Constant constant -> out.append(word(constant.kind()));
            case Expression.Placeholder ignored -> out.append('?');
            case Expression.NamedPlaceholder named -> out.append(':').append(named.name());
            case Expression.UserVariable variable -> out.append('@').append(variable.name());
            case Expression.SystemVariable variable -> out.append("@@").append(variable.name());
            case Expression.Column column -> out.append(column.name());
            case Expression.Unary unary -> unary(unary);
            case Expression.Binary binary -> {
                write(binary.left());
                out.append(symbol(binary.operator()));
                write(binary.right());
            }
            case Expression.Row row -> list("(", row.elements(), ",", ")");
            case Expression.Call call -> list(call.name() + "(", call.arguments(), ",", ")");
            case Expression.Junction junction -> list("(", junction.terms(), junction.and() ? " and " : " or ", ")");
            default -> predicate(expression);
        }
    }

    private void predicate(Expression expression) {
        switch (expression) {
            case Expression.Between between -> {
                operand(between.operand(), between.negated(), " between ");
                write(between.low());
                out.append(" and ");
                write(between.high());
            }
            case Expression.In in -> {
                operand(in.operand(), in.negated(), " in ");
                list("(", in.elements(), ",", ")");
            }
            case Expression.Is is -> {
                write(is.operand());
                out.append(" is ").append(is.negated() ? "not " : "").append(word(is.what()));
            }
            case Expression.Like like -> {
                operand(like.operand(), like.negated(), " like ");
                write(like.pattern());
            }
            case Expression.Cast cast ->
                list("CAST(", List.of(cast.operand()), "", " as " + cast.type().name() + ")");
            case Expression.ConvertUsing convert -> write(convert.operand());
            case Expression.Collate collate -> write(collate.operand());
            case Expression.Unit unit -> out.append(unit.name());
            case Expression.Interval interval -> {
                out.append("INTERVAL ");
                write(interval.amount());
                out.append(' ').append(interval.unit());
            }
            case Expression.ScalarSelect select -> list("(select ", List.of(select.value()), "", ")");
            default -> out.append(MORE);
        }
    }

    private void operand(Expression operand, boolean negated, String operator) {
        write(operand);
        out.append(negated ? " not" : "").append(operator);
    }

    private void unary(Expression.Unary unary) {
        out.append(symbol(unary.operator()));
        write(unary.operand());
    }

    private static String symbol(UnaryOperator operator) {
        return switch (operator) {
            case MINUS -> "-";
            case PLUS -> "+";
            case NOT -> "not ";
            case BIT_NOT -> "~";
            case BINARY -> "binary ";
        };
    }

    private void list(String open, List<Expression> elements, String separator, String close) {
        out.append(open);
        String between = "";
        for (Expression element : elements) {
            out.append(between);
            between = separator;
            if (out.length() > LIMIT) {
                out.append(MORE);
                break;
            }
            write(element);
        }
        out.append(close);
    }

    private static String word(ConstantKind kind) {
        return kind.name();
    }

    private void literal(Expression.Literal literal) {
        LiteralSlots slots = literals;
        if (slots == null || literal.slot() >= slots.count()) {
            out.append('?');
            return;
        }
        int start = slots.start(literal.slot());
        int end = slots.end(literal.slot());
        int shown = Math.min(end, start + LIMIT);
        out.append(
                literal.kind() == LiteralKind.STRING
                        ? TokenText.unquoted(slots.text(), start, shown, slots.mode())
                        : TokenText.slice(slots.text(), start, shown, slots.mode()));
        if (shown < end) {
            out.append(MORE);
        }
    }
}
