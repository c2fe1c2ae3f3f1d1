package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions. Levels of precedence: MySQL reference manual, "Operator Precedence", and the rules {@code expr}, {@code bool_pri},
 * {@code predicate}, {@code bit_expr}, {@code simple_expr} of MySQL's grammar; Oracle mode differs in {@code ||} only, which is as strong as
 * {@code +}. Where an operand is missing the result contains Unknown; the caller checks what follows.
 */
final class ExpressionParser {
    private static final int NO_OPERATOR = -1;
    private static final int ADDITIVE = 4;
    private static final int CONCATENATION = 7;

    private final AccessContext context;
    private final AccessTokens tokens;
    private final OperandParser operands;

    ExpressionParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
        this.operands = new OperandParser(context, this);
    }

    OperandParser operands() {
        return operands;
    }

    /** The longest expression that starts here. */
    Expression expression() {
        Expression first = exclusive();
        if (!atOr()) {
            return first;
        }
        List<Expression> terms = new ArrayList<>();
        int height = addTerm(first, false, terms);
        while (atOr()) {
            tokens.advance();
            Expression term = exclusive();
            height = Math.max(height, addTerm(term, false, terms));
        }
        return context.built(new Expression.Junction(false, List.copyOf(terms)), height + 1);
    }

    private boolean atOr() {
        return tokens.at(SqlWord.OR)
                || (tokens.operator() == Symbols.PIPES && !tokens.mode().concatenatesPipes());
    }

    private Expression exclusive() {
        Expression left = conjunction();
        while (tokens.at(SqlWord.XOR) && !context.oracle) {
            int height = context.height;
            tokens.advance();
            Expression right = conjunction();
            left = binary(BinaryOperator.XOR, left, right, height);
        }
        return left;
    }

    private Expression conjunction() {
        Expression first = negation();
        if (!atAnd()) {
            return first;
        }
        List<Expression> terms = new ArrayList<>();
        int height = addTerm(first, true, terms);
        while (atAnd()) {
            tokens.advance();
            Expression term = negation();
            height = Math.max(height, addTerm(term, true, terms));
        }
        return context.built(new Expression.Junction(true, List.copyOf(terms)), height + 1);
    }

    private boolean atAnd() {
        return tokens.at(SqlWord.AND) || (tokens.operator() == Symbols.AMPERSANDS && !context.oracle);
    }

    /** Adds the expression that was just read, or its terms if it is a junction of the same kind; their height. */
    private int addTerm(Expression term, boolean and, List<Expression> terms) {
        int height = context.height;
        if (term instanceof Expression.Junction(boolean kind, List<Expression> inner) && kind == and) {
            terms.addAll(inner);
            return height - 1;
        }
        terms.add(term);
        return height;
    }

    private Expression negation() {
        int count = 0;
        while (tokens.at(SqlWord.NOT)) {
            tokens.advance();
            count++;
        }
        Expression operand = comparison();
        if (count == 0) {
            return operand;
        }
        int height = context.height;
        Expression negated = new Expression.Unary(UnaryOperator.NOT, operand);
        return count % 2 == 1
                ? context.built(negated, height + 1)
                : context.built(new Expression.Unary(UnaryOperator.NOT, negated), height + 2);
    }

    private Expression comparison() {
        Expression left = predicate();
        while (true) {
            int height = context.height;
            BinaryOperator operator = Symbols.comparison(tokens, context.oracle);
            if (operator != null) {
                Symbols.skipComparison(tokens);
                left = tokens.at(TokenKind.WORD) && isQuantifier()
                        ? quantified(operator, left, height)
                        : binary(operator, left, predicate(), height);
            } else if (tokens.at(SqlWord.IS)) {
                left = is(left, height);
            } else {
                return left;
            }
        }
    }

    private boolean isQuantifier() {
        return tokens.atCall(SqlWord.ALL) || tokens.atCall(SqlWord.ANY) || tokens.atCall(SqlWord.SOME);
    }

    /** {@code = ANY (..)}, {@code > ALL (..)}. */
    private Expression quantified(BinaryOperator operator, Expression left, int leftHeight) {
        boolean any = !tokens.at(SqlWord.ALL);
        tokens.advance();
        List<Expression> elements = operands.list();
        if (elements.isEmpty() || !any || operator != BinaryOperator.EQUAL) {
            return context.unknown();
        }
        return context.built(new Expression.In(left, elements, false), 1 + Math.max(leftHeight, context.height));
    }

    private Expression is(Expression operand, int height) {
        tokens.advance();
        boolean negated = tokens.take(SqlWord.NOT);
        ConstantKind what = switch (tokens.word()) {
            case NULL, UNKNOWN -> ConstantKind.NULL;
            case TRUE -> ConstantKind.TRUE;
            case FALSE -> ConstantKind.FALSE;
            default -> null;
        };
        if (what != null) {
            tokens.advance();
            return context.built(new Expression.Is(operand, what, negated), height + 1);
        }
        if (tokens.take(SqlWord.DISTINCT)) {
            tokens.take(SqlWord.FROM);
            predicate();
        } else if (tokens.atName()) {
            tokens.advance();
            if (tokens.take(TokenKind.LEFT_PAREN)) {
                context.skipParenthesis();
            }
        }
        return context.unknown();
    }

    private Expression predicate() {
        Expression left = bits(0);
        while (true) {
            int height = context.height;
            boolean negated = tokens.at(SqlWord.NOT) && isNegatable(tokens.nextWord());
            if (!negated && !isPredicate()) {
                return left;
            }
            if (negated) {
                tokens.advance();
            }
            left = switch (tokens.word()) {
                case IN -> in(left, height, negated);
                case BETWEEN -> between(left, height, negated);
                case LIKE -> like(left, height, negated);
                case SOUNDS -> {
                    tokens.advance();
                    tokens.advance();
                    yield binary(BinaryOperator.OTHER, left, bits(0), height);
                }
                case MEMBER -> {
                    tokens.advance();
                    tokens.take(SqlWord.OF);
                    operands.operand();
                    yield context.unknown();
                }
                default -> matched(left, height, negated);
            };
        }
    }

    private boolean isPredicate() {
        return switch (tokens.word()) {
            case IN, BETWEEN, LIKE, REGEXP, RLIKE -> true;
            case SOUNDS -> tokens.nextWord() == SqlWord.LIKE;
            case MEMBER -> tokens.nextWord() == SqlWord.OF;
            default -> false;
        };
    }

    private static boolean isNegatable(SqlWord word) {
        return switch (word) {
            case IN, BETWEEN, LIKE, REGEXP, RLIKE, MEMBER -> true;
            default -> false;
        };
    }

    /** REGEXP and RLIKE. */
    private Expression matched(Expression left, int height, boolean negated) {
        tokens.advance();
        Expression match = binary(BinaryOperator.OTHER, left, bits(0), height);
        return negated ? context.built(new Expression.Unary(UnaryOperator.NOT, match), context.height + 1) : match;
    }

    private Expression in(Expression left, int height, boolean negated) {
        tokens.advance();
        if (!tokens.at(TokenKind.LEFT_PAREN)) {
            Expression element = operands.operand();
            boolean known = element instanceof Expression.Literal || element instanceof Expression.Placeholder;
            return known
                    ? context.built(new Expression.In(left, List.of(element), negated), height + 1)
                    : context.unknown();
        }
        List<Expression> elements = operands.list();
        return elements.isEmpty()
                ? context.unknown()
                : context.built(new Expression.In(left, elements, negated), 1 + Math.max(height, context.height));
    }

    private Expression between(Expression left, int leftHeight, boolean negated) {
        tokens.advance();
        Expression low = bits(0);
        int height = Math.max(leftHeight, context.height);
        if (!tokens.take(SqlWord.AND)) {
            return context.unknown();
        }
        if (!context.enter()) {
            return context.unknown();
        }
        Expression high = predicate();
        context.leave();
        return context.built(new Expression.Between(left, low, high, negated), 1 + Math.max(height, context.height));
    }

    private Expression like(Expression left, int leftHeight, boolean negated) {
        tokens.advance();
        Expression pattern = bits(0);
        int height = Math.max(leftHeight, context.height);
        @Nullable Expression escape = null;
        if (tokens.take(SqlWord.ESCAPE)) {
            escape = operands.operand();
            height = Math.max(height, context.height);
        }
        return context.built(new Expression.Like(left, pattern, escape, negated), height + 1);
    }

    /** Arithmetic, bits and concatenation of at least this strength. */
    Expression bits(int weakest) {
        return continued(operands.operand(), weakest);
    }

    /** The operand that was just read, with the operators behind it that are at least as strong. */
    Expression continued(Expression operand, int weakest) {
        Expression left = operand;
        int strength = strength();
        while (strength >= Math.max(weakest, 0)) {
            int height = context.height;
            BinaryOperator operator = Symbols.arithmetic(tokens);
            tokens.advance();
            Expression right = bits(strength + 1);
            left = binary(operator, left, right, height);
            strength = strength();
        }
        return left;
    }

    private int strength() {
        if (tokens.at(TokenKind.WORD)) {
            boolean multiplies = !context.oracle && (tokens.at(SqlWord.DIV) || tokens.at(SqlWord.MOD));
            return multiplies ? ADDITIVE + 1 : NO_OPERATOR;
        }
        return switch (tokens.operator()) {
            case '|' -> 1;
            case '&' -> 2;
            case Symbols.SHIFT_LEFT, Symbols.SHIFT_RIGHT -> 3;
            case '+', '-' -> ADDITIVE;
            case '*', '/', '%' -> ADDITIVE + 1;
            case '^' -> context.oracle ? NO_OPERATOR : ADDITIVE + 2;
            case Symbols.PIPES -> {
                if (context.oracle) {
                    yield ADDITIVE;
                }
                yield tokens.mode().concatenatesPipes() ? CONCATENATION : NO_OPERATOR;
            }
            default -> NO_OPERATOR;
        };
    }

    /** Two operands, of which the right one was just read. */
    private Expression binary(BinaryOperator operator, Expression left, Expression right, int leftHeight) {
        return context.built(new Expression.Binary(operator, left, right), 1 + Math.max(leftHeight, context.height));
    }
}
