package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ColumnValues;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.function.SqlFunction;
import com.oceanbase.odp.routing.value.function.SqlFunctions;
import com.oceanbase.odp.routing.value.operation.Arithmetic;
import com.oceanbase.odp.routing.value.operation.Casts;
import com.oceanbase.odp.routing.value.operation.Truth;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Computes constant expressions as the server does. Stateless, never throws, never blocks; what is not certain is {@link SqlValue.Unknown}.
 */
public final class Evaluator {
    private Evaluator() {}

    /** The value of an expression. */
    public static SqlValue evaluate(Expression expression, EvaluationContext context) {
        SessionValues session = context.session();
        LiteralSlots slots = context.literals();
        return switch (expression) {
            case Expression.Literal literal -> Literals.decode(literal, slots, session);
            case Expression.Placeholder(int index) -> context.parameters().value(index, session);
            case Expression.Constant(ConstantKind kind) -> constant(kind);
            case Expression.Unary unary -> unary(unary, context);
            case Expression.AdjacentStrings(List<Expression.Literal> parts) -> Literals.adjacent(parts, slots, session);
            case Expression.Introduced(String charset, Expression literal) ->
                Literals.introduced(charset, literal, slots, session);
            case Expression.Temporal temporal -> Literals.temporal(temporal.kind(), temporal.text(), slots, session);
            case Expression.NamedPlaceholder(String name) -> {
                Integer index = context.parameters().indexOf(name);
                yield index == null ? Reasons.PARAMETER : context.parameters().value(index, session);
            }
            case Expression.UserVariable(String name) -> {
                SqlValue value = session.userVariables().value(name.toLowerCase(Locale.ROOT));
                yield value == null ? Reasons.USER_VARIABLE : value;
            }
            case Expression.SystemVariable variable -> {
                SqlValue value = session.systemVariables().value(variable.name());
                yield value == null || "global".equals(variable.scope()) ? Reasons.SYSTEM_VARIABLE : value;
            }
            case Expression.Column column -> {
                ColumnValues columns = context.columns();
                yield columns == null ? Reasons.COLUMN : columns.value(column);
            }
            case Expression.Cast cast -> Casts.cast(evaluate(cast.operand(), context), cast.type(), session);
            case Expression.Call(String name, List<Expression> arguments) -> call(name, arguments, context);
            case Expression.ConvertUsing(Expression operand, String charset) ->
                convertUsing(evaluate(operand, context), charset, session);
            case Expression.Collate(Expression operand, String collation) ->
                collate(evaluate(operand, context), collation, session);
            case Expression.Case choice -> Conditions.choose(choice, context);
            case Expression.ScalarSelect(Expression value) -> evaluate(value, context);
            case Expression.Binary binary -> Operators.apply(binary, context);
            case Expression.Junction junction -> Conditions.junction(junction, context);
            case Expression.Between between -> Conditions.between(between, context);
            case Expression.In in -> Conditions.in(in, context);
            case Expression.Is is -> Conditions.is(is, context);
            case Expression.Like like -> Conditions.like(like, context);
            case Expression.Row _, Expression.Unit _, Expression.Interval _, Expression.Unknown _ -> Reasons.EXPRESSION;
        };
    }

    /**
     * The value of the simplest integer expressions (a literal, also with a minus, or an integer parameter of the binary protocol), without
     * allocation; {@code otherwise} for everything else, for which {@link #evaluate} is to be called.
     */
    public static long plainLong(
            Expression expression, LiteralSlots literals, ParameterValues parameters, long otherwise) {
        if (expression instanceof Expression.Literal literal) {
            return literal.kind() == LiteralKind.INTEGER ? digits(literals, literal.slot(), otherwise) : otherwise;
        }
        if (expression instanceof Expression.Placeholder placeholder) {
            return parameters.isPlainLong(placeholder.index()) ? parameters.plainLong(placeholder.index()) : otherwise;
        }
        if (expression instanceof Expression.Unary unary
                && unary.operator() == UnaryOperator.MINUS
                && unary.operand() instanceof Expression.Literal literal
                && literal.kind() == LiteralKind.INTEGER) {
            long value = digits(literals, literal.slot(), -1);
            return value < 0 ? otherwise : -value;
        }
        return otherwise;
    }

    private static long digits(LiteralSlots slots, int slot, long otherwise) {
        if (slot >= slots.count()) {
            return otherwise;
        }
        int start = slots.start(slot);
        int end = slots.end(slot);
        if (end - start > 18 || start >= end) {
            return otherwise;
        }
        byte[] text = slots.text();
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private static SqlValue constant(ConstantKind kind) {
        return switch (kind) {
            case NULL -> SqlValue.NULL;
            case TRUE -> Truth.TRUE;
            case FALSE -> Truth.FALSE;
            case DEFAULT, MAXVALUE -> Reasons.EXPRESSION;
        };
    }

    private static SqlValue unary(Expression.Unary unary, EvaluationContext context) {
        SqlValue operand = evaluate(unary.operand(), context);
        if (operand.isUnknown()) {
            return operand;
        }
        return switch (unary.operator()) {
            case MINUS -> Arithmetic.negate(operand);
            case PLUS -> operand;
            case NOT -> Truth.not(operand);
            case BIT_NOT -> {
                if (operand.isNull()) {
                    yield new SqlValue.Null(ValueType.INTEGER);
                }
                yield Arithmetic.bits(operand) instanceof Int(long bits, boolean _)
                        ? new Int(~bits, true)
                        : Reasons.ARGUMENT;
            }
            case BINARY ->
                operand.isNull() ? new SqlValue.Null(ValueType.TEXT) : Casts.bytes(operand, -1, context.session());
        };
    }

    private static SqlValue convertUsing(SqlValue value, String charset, SessionValues session) {
        Collation collation = Collation.ofCharset(charset);
        if (value.isUnknown()) {
            return value;
        }
        if (collation == null) {
            return Reasons.CHARSET;
        }
        if (value.isNull()) {
            return new SqlValue.Null(ValueType.TEXT);
        }
        return Texts.toText(value, session) instanceof Text text ? Texts.convert(text, collation) : Reasons.ARGUMENT;
    }

    private static SqlValue collate(SqlValue value, String name, SessionValues session) {
        Collation collation = Collation.byName(name);
        if (value.isUnknown()) {
            return value;
        }
        if (value.isNull()) {
            return new SqlValue.Null(ValueType.TEXT);
        }
        if (collation == null || !(Texts.toText(value, session) instanceof Text text)) {
            return Reasons.COLLATION;
        }
        return collation.charset().equals(text.collation().charset())
                ? new Text(text.bytes(), collation, TextOrigin.COLLATED)
                : Reasons.COLLATION;
    }

    /** Calls a function by its name; {@code INTERVAL n unit} arguments come as two. */
    static SqlValue call(String name, List<Expression> arguments, EvaluationContext context) {
        SqlFunction function = SqlFunctions.find(name, context.session().oracle());
        if (function == null) {
            return Reasons.FUNCTION;
        }
        List<SqlValue> values = new ArrayList<>(arguments.size() + 1);
        for (Expression argument : arguments) {
            if (argument instanceof Expression.Interval(Expression amount, String unit)) {
                values.add(evaluate(amount, context));
                values.add(Texts.text(unit, Collation.UTF8MB4_BIN));
            } else if (argument instanceof Expression.Unit(String unit)) {
                values.add(Texts.text(unit, Collation.UTF8MB4_BIN));
            } else {
                values.add(evaluate(argument, context));
            }
        }
        return function.call(values, context.session());
    }

    static SqlValue callValues(String name, List<SqlValue> values, SessionValues session) {
        SqlFunction function = SqlFunctions.find(name, session.oracle());
        return function == null ? Reasons.FUNCTION : function.call(values, session);
    }
}
