package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators that are no words, as {@link AccessTokens#operator} packs their bytes. */
final class Symbols {
    static final int PIPES = '|' << 8 | '|';
    static final int AMPERSANDS = '&' << 8 | '&';
    static final int SHIFT_LEFT = '<' << 8 | '<';
    static final int SHIFT_RIGHT = '>' << 8 | '>';
    static final int ARROW = '-' << 8 | '>';
    static final int LONG_ARROW = ARROW << 8 | '>';
    private static final int LESS_EQUAL = '<' << 8 | '=';
    private static final int GREATER_EQUAL = '>' << 8 | '=';
    private static final int ANGLES = '<' << 8 | '>';
    private static final int EXCLAMATION_EQUAL = '!' << 8 | '=';
    private static final int NULL_SAFE = LESS_EQUAL << 8 | '>';

    private Symbols() {}

    /** The comparison at this position, null if there is none. */
    static @Nullable BinaryOperator comparison(AccessTokens tokens, boolean oracle) {
        if (tokens.at(TokenKind.EQUALS)) {
            return BinaryOperator.EQUAL;
        }
        return switch (tokens.operator()) {
            case '<' -> BinaryOperator.LESS;
            case LESS_EQUAL -> BinaryOperator.LESS_EQUAL;
            case '>' -> BinaryOperator.GREATER;
            case GREATER_EQUAL -> BinaryOperator.GREATER_EQUAL;
            case ANGLES, EXCLAMATION_EQUAL -> BinaryOperator.NOT_EQUAL;
            case NULL_SAFE -> BinaryOperator.NULL_SAFE_EQUAL;
            case '^' -> oracle && tokens.nextKind() == TokenKind.EQUALS ? BinaryOperator.NOT_EQUAL : null;
            default -> null;
        };
    }

    /** Goes behind the comparison at this position; {@code ^=} of Oracle mode is two tokens. */
    static void skipComparison(AccessTokens tokens) {
        boolean two = tokens.operator() == '^';
        tokens.advance();
        if (two) {
            tokens.advance();
        }
    }

    /** The operator at this position, which is one of arithmetic, bits or concatenation. */
    static BinaryOperator arithmetic(AccessTokens tokens) {
        return switch (tokens.operator()) {
            case '|' -> BinaryOperator.BIT_OR;
            case '&' -> BinaryOperator.BIT_AND;
            case SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
            case SHIFT_RIGHT -> BinaryOperator.SHIFT_RIGHT;
            case '+' -> BinaryOperator.ADD;
            case '-' -> BinaryOperator.SUBTRACT;
            case '*' -> BinaryOperator.MULTIPLY;
            case '/' -> BinaryOperator.DIVIDE;
            case '%' -> BinaryOperator.MODULO;
            case '^' -> BinaryOperator.BIT_XOR;
            case PIPES -> BinaryOperator.CONCAT;
            default -> tokens.at(SqlWord.DIV) ? BinaryOperator.INTEGER_DIVIDE : BinaryOperator.MODULO;
        };
    }
}
