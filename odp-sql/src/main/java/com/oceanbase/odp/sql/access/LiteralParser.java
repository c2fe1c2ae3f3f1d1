package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.expression.TemporalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads literals and what belongs to them: introducers, DATE and the like, adjacent strings. */
final class LiteralParser {
    private final AccessContext context;
    private final AccessTokens tokens;

    LiteralParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
    }

    boolean isLiteral() {
        return switch (tokens.kind()) {
            case STRING, NATIONAL_STRING, HEX_LITERAL, BIT_LITERAL, INTEGER, DECIMAL -> true;
            default -> false;
        };
    }

    /** The literal at this position, with the strings behind it that belong to it. */
    Expression literal() {
        boolean string = tokens.at(TokenKind.STRING) || tokens.at(TokenKind.NATIONAL_STRING);
        Expression.Literal first = take();
        if (string && !context.oracle && tokens.at(TokenKind.STRING)) {
            return adjacent(first);
        }
        return first == null ? context.unknown() : context.leaf(first);
    }

    private Expression adjacent(Expression.@Nullable Literal first) {
        List<Expression.Literal> parts = new ArrayList<>(2);
        boolean whole = first != null;
        if (first != null) {
            parts.add(first);
        }
        while (tokens.at(TokenKind.STRING)) {
            Expression.Literal part = take();
            whole &= part != null;
            if (part != null) {
                parts.add(part);
            }
        }
        return whole ? context.built(new Expression.AdjacentStrings(List.copyOf(parts)), 2) : context.unknown();
    }

    /** Passes the literal at this position; null if it has no slot. */
    private Expression.@Nullable Literal take() {
        LiteralKind kind = switch (tokens.kind()) {
            case INTEGER -> LiteralKind.INTEGER;
            case DECIMAL -> tokens.hasExponent() ? LiteralKind.FLOAT : LiteralKind.DECIMAL;
            case NATIONAL_STRING -> LiteralKind.NATIONAL_STRING;
            case HEX_LITERAL -> LiteralKind.HEX;
            case BIT_LITERAL -> LiteralKind.BIT;
            default -> LiteralKind.STRING;
        };
        int slot = tokens.slot();
        tokens.advance();
        if (slot >= LiteralSlots.MAX_COUNT) {
            context.incomplete();
            return null;
        }
        return new Expression.Literal(kind, slot);
    }

    /** {@code _charset} is here; whether a literal follows it. */
    boolean isIntroduced() {
        return switch (tokens.nextKind()) {
            case STRING, HEX_LITERAL, BIT_LITERAL -> true;
            default -> false;
        };
    }

    Expression introduced() {
        String charset = tokens.behind(1).toLowerCase(Locale.ROOT);
        tokens.advance();
        Expression literal = literal();
        return context.built(new Expression.Introduced(charset, literal), context.height + 1);
    }

    /** {@code DATE '..'}: the word is here, a string is next. */
    Expression temporal(SqlWord word) {
        tokens.advance();
        return temporal(
                switch (word) {
                    case DATE -> TemporalKind.DATE;
                    case TIME -> TemporalKind.TIME;
                    default -> TemporalKind.TIMESTAMP;
                });
    }

    /** The string of {@code {d '..'}}, {@code {t '..'}}, {@code {ts '..'}}; null if the word means something else. */
    @Nullable
    Expression escaped(String word) {
        return switch (word) {
            case "D" -> temporal(TemporalKind.DATE);
            case "T" -> temporal(TemporalKind.TIME);
            case "TS" -> temporal(TemporalKind.TIMESTAMP);
            default -> null;
        };
    }

    private Expression temporal(TemporalKind kind) {
        Expression.Literal text = take();
        return text == null ? context.unknown() : context.built(new Expression.Temporal(kind, text), 2);
    }

    /** Name of a character set or collation, which may be a string; empty if there is none. */
    String lowerCaseName() {
        if (tokens.at(TokenKind.STRING)) {
            context.fixed.add(tokens.slot());
        } else if (!tokens.atName()) {
            context.incomplete();
            return "";
        }
        String name = tokens.unquoted().toLowerCase(Locale.ROOT);
        tokens.advance();
        return name;
    }
}
