package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads calls of functions, those with a syntax of their own included, and INTERVAL. */
final class FunctionParser {
    /** Functions of groups of rows: MySQL reference manual, "Aggregate Function Descriptions", and those of Oracle mode. */
    private static final Set<String> AGGREGATES = Set.of(
            "ANY_VALUE",
            "APPROX_COUNT_DISTINCT",
            "AVG",
            "BIT_AND",
            "BIT_OR",
            "BIT_XOR",
            "CORR",
            "COUNT",
            "COVAR_POP",
            "COVAR_SAMP",
            "GROUP_CONCAT",
            "GROUPING",
            "JSON_ARRAYAGG",
            "JSON_OBJECTAGG",
            "LISTAGG",
            "MAX",
            "MEDIAN",
            "MIN",
            "PERCENTILE_CONT",
            "PERCENTILE_DISC",
            "STD",
            "STDDEV",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "SUM",
            "VAR_POP",
            "VAR_SAMP",
            "VARIANCE",
            "WM_CONCAT",
            "XMLAGG");

    private final AccessContext context;
    private final AccessTokens tokens;
    private final ExpressionParser expressions;
    private final OperandParser operands;
    private final TypeParser types;

    FunctionParser(AccessContext context, ExpressionParser expressions, OperandParser operands) {
        this.context = context;
        this.tokens = context.tokens;
        this.expressions = expressions;
        this.operands = operands;
        this.types = new TypeParser(context);
    }

    /** The function whose name is here, before a parenthesis. */
    Expression call() {
        SqlWord word = tokens.word();
        String name = tokens.upperCase();
        tokens.advance();
        if (context.oracle && tokens.nextOperator() == '+') {
            return operands.outerColumn();
        }
        tokens.advance();
        if (!context.enter()) {
            context.skipParenthesis();
            return context.unknown();
        }
        Expression call = new Arguments(name).read(word);
        context.leave();
        return followed(name, call);
    }

    /** A function that is not known, at its parenthesis. */
    Expression unknownCall() {
        tokens.advance();
        if (!context.enter()) {
            context.skipParenthesis();
            return context.unknown();
        }
        new Arguments("").read(SqlWord.NONE);
        context.leave();
        return followed("", context.unknown());
    }

    /** What may stand behind the parenthesis of a function. */
    private Expression followed(String name, Expression call) {
        BlockBuilder block = context.block;
        boolean aggregate = AGGREGATES.contains(name);
        if (block != null && aggregate) {
            block.aggregates = true;
        }
        Expression result = call;
        if (tokens.atCall(SqlWord.WITHIN) || (tokens.at(SqlWord.WITHIN) && tokens.nextWord() == SqlWord.GROUP)) {
            tokens.advance();
            tokens.take(SqlWord.GROUP);
            result = parenthesis();
        }
        if (tokens.at(SqlWord.OVER)) {
            tokens.advance();
            if (block != null) {
                block.closed = true;
            }
            if (tokens.at(TokenKind.LEFT_PAREN)) {
                result = parenthesis();
            } else {
                tokens.advance();
                result = context.unknown();
            }
        }
        return result;
    }

    private Expression parenthesis() {
        if (tokens.take(TokenKind.LEFT_PAREN)) {
            context.skipParenthesis();
        }
        return context.unknown();
    }

    /** {@code INTERVAL amount unit}, or the function of that name. */
    Expression interval() {
        tokens.advance();
        if (!context.enter()) {
            return context.unknown();
        }
        Expression amount = operands.operand();
        if (amount instanceof Expression.Row(List<Expression> elements)) {
            context.leave();
            return context.built(new Expression.Call("INTERVAL", elements), context.height);
        }
        amount = expressions.continued(amount, 0);
        int height = context.height;
        context.leave();
        if (!tokens.at(TokenKind.WORD)) {
            context.incomplete();
            return context.unknown();
        }
        String unit = unit();
        if (unit == null) {
            return context.unknown();
        }
        return context.built(new Expression.Interval(amount, unit), height + 1);
    }

    /** The unit at this position; that of Oracle mode, {@code DAY(2) TO SECOND(3)}, is joined by an underscore. Null if it has a precision. */
    private @Nullable String unit() {
        String unit = tokens.upperCase();
        tokens.advance();
        boolean exact = !precision();
        if (context.oracle && tokens.take(SqlWord.TO)) {
            unit = unit + '_' + (tokens.at(TokenKind.WORD) ? tokens.upperCase() : "");
            tokens.advance();
            exact &= !precision();
        }
        return exact ? unit : null;
    }

    private boolean precision() {
        if (!context.oracle || !tokens.take(TokenKind.LEFT_PAREN)) {
            return false;
        }
        context.skipParenthesis();
        return true;
    }

    /** Reads what is between the parentheses of one call. */
    private final class Arguments {
        private final String name;
        private final List<Expression> list = new ArrayList<>(3);
        private int height = 1;

        Arguments(String name) {
            this.name = name;
        }

        Expression read(SqlWord word) {
            return switch (word) {
                case CAST -> cast();
                case CONVERT -> context.oracle ? ordinary() : convert();
                case EXTRACT -> extract();
                case TRIM -> trim();
                case SUBSTRING, SUBSTR, MID -> substring();
                case POSITION -> position();
                case TIMESTAMPADD, TIMESTAMPDIFF, GET_FORMAT -> withUnit();
                case MATCH -> match();
                default -> ordinary();
            };
        }

        /** Reads an argument. */
        private void argument() {
            list.add(expressions.expression());
            height = Math.max(height, context.height);
        }

        /** The end of the call, which must be here. */
        private Expression closed(Expression call) {
            return tokens.take(TokenKind.RIGHT_PAREN) ? context.built(call, height + 1) : odd();
        }

        private Expression closed() {
            return closed(new Expression.Call(name, List.copyOf(list)));
        }

        /** Passes what is left; it is not a call of expressions only. */
        private Expression odd() {
            context.skipParenthesis();
            return context.unknown();
        }

        private Expression ordinary() {
            if (QueryParser.isQueryStart(tokens)) {
                operands.subquery();
                return context.unknown();
            }
            if (tokens.at(TokenKind.RIGHT_PAREN)) {
                return closed();
            }
            if (tokens.operator() == '*' || tokens.at(SqlWord.DISTINCT) || tokens.at(SqlWord.ALL)) {
                tokens.advance();
                return odd();
            }
            return commaSeparated();
        }

        private Expression commaSeparated() {
            do {
                argument();
            } while (tokens.take(TokenKind.COMMA));
            return closed();
        }

        private Expression cast() {
            argument();
            if (!tokens.take(SqlWord.AS)) {
                return odd();
            }
            return closed(new Expression.Cast(list.getFirst(), types.type()));
        }

        private Expression convert() {
            argument();
            if (tokens.take(SqlWord.USING)) {
                return closed(new Expression.ConvertUsing(list.getFirst(), types.charset()));
            }
            return tokens.take(TokenKind.COMMA) ? closed(new Expression.Cast(list.getFirst(), types.type())) : odd();
        }

        private Expression extract() {
            if (!tokens.at(TokenKind.WORD) || tokens.nextWord() != SqlWord.FROM) {
                return ordinary();
            }
            list.add(new Expression.Unit(tokens.upperCase()));
            tokens.advance();
            tokens.advance();
            argument();
            return closed();
        }

        private Expression withUnit() {
            if (tokens.at(TokenKind.WORD) && tokens.nextKind() == TokenKind.COMMA) {
                String unit = tokens.upperCase();
                list.add(new Expression.Unit(unit.startsWith("SQL_TSI_") ? unit.substring(8) : unit));
                tokens.advance();
                tokens.advance();
            }
            return commaSeparated();
        }

        private Expression trim() {
            String side = switch (tokens.word()) {
                case LEADING -> "TRIM_LEADING";
                case TRAILING -> "TRIM_TRAILING";
                case BOTH -> "TRIM_BOTH";
                default -> "";
            };
            if (!side.isEmpty()) {
                tokens.advance();
            }
            if (!tokens.at(SqlWord.FROM)) {
                argument();
            }
            if (!tokens.take(SqlWord.FROM)) {
                return side.isEmpty() ? closed() : odd();
            }
            argument();
            return closed(new Expression.Call(side.isEmpty() ? "TRIM_BOTH" : side, List.copyOf(list.reversed())));
        }

        private Expression substring() {
            argument();
            if (!tokens.take(SqlWord.FROM)) {
                return tokens.take(TokenKind.COMMA) ? commaSeparated() : closed();
            }
            argument();
            if (tokens.take(SqlWord.FOR)) {
                argument();
            }
            return closed();
        }

        private Expression position() {
            list.add(expressions.bits(0));
            height = Math.max(height, context.height);
            if (!tokens.take(SqlWord.IN)) {
                return odd();
            }
            argument();
            return closed(new Expression.Call("LOCATE", List.copyOf(list)));
        }

        /** {@code MATCH (..) AGAINST (..)}. */
        private Expression match() {
            context.skipParenthesis();
            if (tokens.at(TokenKind.WORD) && tokens.nextKind() == TokenKind.LEFT_PAREN) {
                tokens.advance();
                tokens.advance();
                context.skipParenthesis();
            }
            return context.unknown();
        }
    }
}
