package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads operands: names, variables, what is in parentheses, CASE, with the operators that stand directly before and behind them. */
final class OperandParser {
    /** Name of the column that stands for {@code *} and {@code t.*} in a select list. */
    static final String STAR = "*";

    private final AccessContext context;
    private final AccessTokens tokens;
    private final ExpressionParser expressions;
    private final LiteralParser literals;
    private final FunctionParser functions;

    OperandParser(AccessContext context, ExpressionParser expressions) {
        this.context = context;
        this.tokens = context.tokens;
        this.expressions = expressions;
        this.literals = new LiteralParser(context);
        this.functions = new FunctionParser(context, expressions, this);
    }

    /** An operand with its sign and its COLLATE. */
    Expression operand() {
        UnaryOperator operator = unary();
        if (operator == null) {
            return collated(primary());
        }
        tokens.advance();
        if (!context.enter()) {
            while (unary() != null) {
                tokens.advance();
            }
            primary();
            return context.unknown();
        }
        Expression operand = operand();
        context.leave();
        return context.built(new Expression.Unary(operator, operand), context.height + 1);
    }

    private @Nullable UnaryOperator unary() {
        if (tokens.at(TokenKind.WORD)) {
            return tokens.at(SqlWord.BINARY) && !context.oracle ? UnaryOperator.BINARY : null;
        }
        return switch (tokens.operator()) {
            case '-' -> UnaryOperator.MINUS;
            case '+' -> UnaryOperator.PLUS;
            case '~' -> UnaryOperator.BIT_NOT;
            case '!' -> UnaryOperator.NOT;
            default -> null;
        };
    }

    /** What may stand directly behind an operand. */
    private Expression collated(Expression first) {
        Expression operand = first;
        while (true) {
            int height = context.height;
            if (tokens.at(SqlWord.COLLATE)) {
                tokens.advance();
                operand = context.built(new Expression.Collate(operand, literals.lowerCaseName()), height + 1);
            } else if (tokens.operator() == Symbols.ARROW || tokens.operator() == Symbols.LONG_ARROW) {
                tokens.advance();
                Expression path = primary();
                operand = context.built(new Expression.Binary(BinaryOperator.OTHER, operand, path), height + 1);
            } else if (context.oracle && tokens.at(SqlWord.AT)) {
                tokens.advance();
                while (tokens.atName()
                        && !tokens.at(TokenKind.QUOTED_IDENTIFIER)
                        && !tokens.word().isReserved()) {
                    tokens.advance();
                }
                if (literals.isLiteral()) {
                    primary();
                }
                operand = context.unknown();
            } else {
                context.height = height;
                return operand;
            }
        }
    }

    private Expression primary() {
        return switch (tokens.kind()) {
            case STRING, NATIONAL_STRING, HEX_LITERAL, BIT_LITERAL, INTEGER, DECIMAL -> literals.literal();
            case WORD -> word();
            case QUOTED_IDENTIFIER -> name();
            case LEFT_PAREN -> parenthesised();
            case PLACEHOLDER -> placeholder();
            case USER_VARIABLE -> userVariable();
            case SYSTEM_VARIABLE -> systemVariable();
            case OPERATOR -> tokens.startsWith('{') ? braces() : missing();
            default -> missing();
        };
    }

    /** There is no operand; nothing is passed. */
    private Expression missing() {
        context.incomplete();
        return context.unknown();
    }

    private Expression placeholder() {
        Expression placeholder = tokens.placeholder() >= 0
                ? new Expression.Placeholder(tokens.placeholder())
                : new Expression.NamedPlaceholder(tokens.behind(1));
        tokens.advance();
        return context.leaf(placeholder);
    }

    private Expression userVariable() {
        Expression variable = new Expression.UserVariable(tokens.variableName());
        tokens.advance();
        if (!tokens.take(TokenKind.ASSIGN)) {
            // Behind an assignment the value is no longer the one that the session had.
            context.variableReads++;
            return context.assignsVariables ? context.unknown() : context.leaf(variable);
        }
        context.assignsVariables = true;
        BlockBuilder block = context.block;
        if (block != null) {
            block.closed = true;
        }
        if (!context.enter()) {
            return context.unknown();
        }
        int reads = context.variableReads;
        Expression value = expressions.expression();
        context.leave();
        context.assignsVariables = true;
        // What is made of a variable may be another value for each row.
        BinaryOperator operator = context.variableReads == reads ? BinaryOperator.ASSIGN : BinaryOperator.OTHER;
        return context.built(new Expression.Binary(operator, variable, value), context.height + 1);
    }

    private Expression systemVariable() {
        String name = tokens.behind(2).toLowerCase(Locale.ROOT);
        tokens.advance();
        int dot = name.indexOf('.');
        String scope = dot < 0 ? null : name.substring(0, dot);
        String variable = name.substring(dot + 1).replace("`", "");
        return context.leaf(new Expression.SystemVariable(scope, variable));
    }

    /** {@code {d '..'}} and the like, {@code {fn f()}}. */
    private Expression braces() {
        tokens.advance();
        String word = tokens.at(TokenKind.WORD) ? tokens.upperCase() : "";
        if (!word.isEmpty()) {
            tokens.advance();
        }
        Expression inner = null;
        if (tokens.at(TokenKind.STRING)) {
            inner = literals.escaped(word);
        } else if (word.equals("FN") && context.enter()) {
            inner = expressions.expression();
            context.leave();
        }
        if (inner == null || tokens.operator() != '}') {
            context.incomplete();
            return context.unknown();
        }
        tokens.advance();
        return inner;
    }

    /** At a parenthesis: a subquery, a row, or an expression. */
    private Expression parenthesised() {
        tokens.advance();
        if (!context.enter()) {
            context.skipParenthesis();
            return context.unknown();
        }
        Expression inner = QueryParser.isQueryStart(tokens) ? subquery() : row(elements(), false);
        context.leave();
        return inner;
    }

    /** Behind the parenthesis of a subquery, and up to the one that closes it. */
    Expression subquery() {
        if (!context.enterQuery()) {
            context.skipParenthesis();
            return context.unknown();
        }
        Query query = context.queries().subquery();
        context.leaveQuery();
        Expression value = closedSubquery(query);
        return value == null ? context.unknown() : value;
    }

    private @Nullable Expression closedSubquery(Query query) {
        boolean closes = tokens.take(TokenKind.RIGHT_PAREN);
        if (!closes) {
            context.incomplete();
            context.skipParenthesis();
            return null;
        }
        if (query.branches.size() != 1
                || !query.first().isExactlyOneRow()
                || query.first().items.size() != 1) {
            return null;
        }
        BlockBuilder.Item item = query.first().items.getFirst();
        return context.built(new Expression.ScalarSelect(item.expression()), item.height() + 1);
    }

    /** Elements behind a parenthesis and the parenthesis that closes it; empty if they are not understood. The height is the largest one. */
    private List<Expression> elements() {
        List<Expression> elements = new ArrayList<>(4);
        int height = 1;
        boolean understood = true;
        while (understood) {
            elements.add(expressions.expression());
            height = Math.max(height, context.height);
            if (!tokens.take(TokenKind.COMMA)) {
                if (elements.size() == 1 && context.queries().isContinued()) {
                    return continuedSubquery();
                }
                understood = tokens.at(TokenKind.RIGHT_PAREN);
                break;
            }
        }
        if (!understood) {
            context.incomplete();
            context.skip(at -> false);
            elements.clear();
        }
        tokens.take(TokenKind.RIGHT_PAREN);
        context.height = height;
        return elements;
    }

    /** {@code ((SELECT ..) UNION (SELECT ..))}, at the UNION. */
    private List<Expression> continuedSubquery() {
        BlockBuilder outer = context.block;
        if (context.enterQuery()) {
            context.queries().tail(new Query());
            context.leaveQuery();
        }
        context.block = outer;
        if (!tokens.at(TokenKind.RIGHT_PAREN)) {
            context.incomplete();
            context.skip(at -> false);
        }
        tokens.take(TokenKind.RIGHT_PAREN);
        context.height = 1;
        return new ArrayList<>();
    }

    private Expression row(List<Expression> elements, boolean always) {
        if (elements.isEmpty()) {
            return context.unknown();
        }
        return elements.size() == 1 && !always
                ? elements.getFirst()
                : context.built(new Expression.Row(List.copyOf(elements)), context.height + 1);
    }

    /** At the parenthesis of IN or ANY: its elements, none if it holds a query with tables or is not understood. */
    List<Expression> list() {
        tokens.advance();
        if (!context.enter()) {
            context.skipParenthesis();
            context.height = 1;
            return List.of();
        }
        List<Expression> elements;
        if (QueryParser.isQueryStart(tokens)) {
            Expression value = subquery();
            elements = value instanceof Expression.ScalarSelect ? List.of(value) : List.of();
        } else if (tokens.at(TokenKind.RIGHT_PAREN)) {
            tokens.advance();
            context.height = 1;
            elements = List.of();
        } else {
            elements = List.copyOf(elements());
        }
        context.leave();
        return elements;
    }

    private Expression word() {
        SqlWord word = tokens.word();
        if (word == SqlWord.NONE) {
            return tokens.nextKind() == TokenKind.LEFT_PAREN ? functions.call() : nameOrPrefixed();
        }
        return switch (word) {
            case NULL -> constant(ConstantKind.NULL);
            case TRUE -> constant(ConstantKind.TRUE);
            case FALSE -> constant(ConstantKind.FALSE);
            case MAXVALUE -> constant(ConstantKind.MAXVALUE);
            case DEFAULT -> tokens.atCall(word) ? functions.call() : constant(ConstantKind.DEFAULT);
            case CASE -> caseExpression();
            case EXISTS -> exists();
            case INTERVAL -> functions.interval();
            case ROW -> tokens.atCall(word) ? rowConstructor() : name();
            case DATE, TIME, TIMESTAMP ->
                tokens.nextKind() == TokenKind.STRING ? literals.temporal(word) : functionOrName();
            case PRIOR, CONNECT_BY_ROOT, DISTINCT, UNIQUE, ALL -> {
                tokens.advance();
                yield prefixed();
            }
            case NEXT -> nextValue();
            case ROWNUM -> {
                close();
                yield functionOrName();
            }
            default -> functionOrName();
        };
    }

    private Expression constant(ConstantKind kind) {
        tokens.advance();
        return context.leaf(new Expression.Constant(kind));
    }

    /** Behind a word that makes the value unknown. */
    private Expression prefixed() {
        if (context.enter()) {
            operand();
            context.leave();
        }
        return context.unknown();
    }

    /** The block yields rows that depend on more than its conditions. */
    private void close() {
        BlockBuilder block = context.block;
        if (block != null && context.oracle) {
            block.closed = true;
        }
    }

    private Expression functionOrName() {
        SqlWord word = tokens.word();
        if (tokens.nextKind() == TokenKind.LEFT_PAREN && isFunction(word)) {
            return functions.call();
        }
        return switch (word) {
            case CURRENT_DATE,
                    CURRENT_TIME,
                    CURRENT_TIMESTAMP,
                    CURRENT_USER,
                    LOCALTIME,
                    LOCALTIMESTAMP,
                    UTC_DATE,
                    UTC_TIME,
                    UTC_TIMESTAMP -> wordCall();
            case SYSDATE, SYSTIMESTAMP, SESSIONTIMEZONE, DBTIMEZONE, USER, UID ->
                context.oracle && tokens.nextKind() != TokenKind.DOT ? wordCall() : name();
            default -> word.isReserved() && tokens.nextKind() != TokenKind.DOT ? missing() : name();
        };
    }

    private static boolean isFunction(SqlWord word) {
        return switch (word) {
            case CONVERT,
                    CURRENT_DATE,
                    CURRENT_TIME,
                    CURRENT_TIMESTAMP,
                    CURRENT_USER,
                    INSERT,
                    LEFT,
                    LOCALTIME,
                    LOCALTIMESTAMP,
                    MATCH,
                    MOD,
                    REPLACE,
                    RIGHT,
                    UTC_DATE,
                    UTC_TIME,
                    UTC_TIMESTAMP,
                    VALUES -> true;
            default -> !word.isReserved();
        };
    }

    private Expression wordCall() {
        String name = tokens.upperCase();
        tokens.advance();
        return context.leaf(new Expression.Call(name, List.of()));
    }

    private Expression nameOrPrefixed() {
        boolean introducer = tokens.startsWith('_') && literals.isIntroduced();
        return introducer ? literals.introduced() : name();
    }

    /** {@code a}, {@code a.b}, {@code a.b.c}, {@code a.*}, or a function of a schema. */
    private Expression name() {
        @Nullable String database = null;
        @Nullable String table = null;
        String name = tokens.name();
        int parts = 1;
        tokens.advance();
        while (tokens.at(TokenKind.DOT)) {
            tokens.advance();
            database = table;
            table = name;
            parts++;
            if (tokens.operator() == '*') {
                name = STAR;
                tokens.advance();
                break;
            }
            if (!tokens.atName()) {
                return missing();
            }
            name = tokens.name();
            tokens.advance();
        }
        if (tokens.at(TokenKind.LEFT_PAREN)) {
            return context.oracle && tokens.nextOperator() == '+' ? outerColumn() : functions.unknownCall();
        }
        return parts > 3 ? context.unknown() : context.leaf(new Expression.Column(database, table, name));
    }

    /** {@code column(+)}, at its parenthesis; the same tokens before an operand are not Oracle's. */
    Expression outerColumn() {
        tokens.advance();
        tokens.advance();
        if (!tokens.take(TokenKind.RIGHT_PAREN)) {
            context.incomplete();
            context.skipParenthesis();
        }
        BlockBuilder block = context.block;
        if (block != null) {
            block.outerOperator = true;
        }
        return context.unknown();
    }

    private Expression rowConstructor() {
        tokens.advance();
        List<Expression> elements = list();
        return row(elements, elements.size() > 1);
    }

    private Expression exists() {
        tokens.advance();
        if (tokens.at(TokenKind.LEFT_PAREN)) {
            list();
        } else {
            context.incomplete();
        }
        return context.unknown();
    }

    /** {@code NEXT VALUE FOR sequence}. */
    private Expression nextValue() {
        if (tokens.nextWord() != SqlWord.VALUE) {
            return functionOrName();
        }
        tokens.advance();
        tokens.advance();
        tokens.take(SqlWord.FOR);
        if (tokens.atName()) {
            name();
        }
        return context.unknown();
    }

    private Expression caseExpression() {
        tokens.advance();
        if (!context.enter()) {
            return context.unknown();
        }
        Expression read = new CaseParser(context).read();
        context.leave();
        return read;
    }
}
