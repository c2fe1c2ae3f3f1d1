package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.CastType;
import org.jspecify.annotations.Nullable;

/** Reads the type in a CAST. Its numbers become part of the tree. */
final class TypeParser {
    private final AccessContext context;
    private final AccessTokens tokens;
    private final LiteralParser names;

    TypeParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
        this.names = new LiteralParser(context);
    }

    /** The type at this position, up to the parenthesis behind it. */
    CastType type() {
        StringBuilder name = new StringBuilder();
        int length = -1;
        int scale = -1;
        @Nullable String charset = null;
        while (tokens.at(TokenKind.WORD) || tokens.at(TokenKind.LEFT_PAREN)) {
            if (tokens.take(TokenKind.LEFT_PAREN)) {
                length = number();
                scale = tokens.take(TokenKind.COMMA) ? number() : -1;
                if (tokens.operator() == '-') {
                    name.append("NEGATIVE SCALE");
                }
                context.skipParenthesis();
            } else {
                String word = tokens.upperCase();
                tokens.advance();
                if (word.equals("CHARSET") || (word.equals("CHARACTER") && tokens.at(SqlWord.SET))) {
                    tokens.take(SqlWord.SET);
                    charset = charset();
                } else {
                    name.append(name.isEmpty() ? "" : " ").append(word);
                }
            }
        }
        return new CastType(standard(name.toString()), length, scale, charset);
    }

    /** One name for the ways to write a type. */
    private static String standard(String name) {
        return switch (name) {
            case "SIGNED INTEGER", "SIGNED INT" -> "SIGNED";
            case "UNSIGNED INTEGER", "UNSIGNED INT" -> "UNSIGNED";
            case "DOUBLE PRECISION" -> "DOUBLE";
            case "CHARACTER" -> "CHAR";
            case "DEC" -> "DECIMAL";
            default -> name;
        };
    }

    private int number() {
        int value = tokens.smallNumber();
        if (tokens.at(TokenKind.INTEGER)) {
            context.fixed.add(tokens.slot());
            tokens.advance();
        } else if (tokens.operator() == '*') {
            tokens.advance();
        }
        return value;
    }

    /** A character set, in lower case. */
    String charset() {
        return names.lowerCaseName();
    }
}
