package com.oceanbase.odp.sql.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.SqlLexer;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds for the access of any text. */
final class AccessChecks {
    private AccessChecks() {}

    /** Parses the text in the middle of a larger buffer and checks the result. */
    static StatementAccess check(byte[] text, SqlMode mode) {
        byte[] buffer = new byte[text.length + 8];
        Arrays.fill(buffer, (byte) '\'');
        System.arraycopy(text, 0, buffer, 4, text.length);
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(buffer, 4, text.length, mode, slots);

        int tokens = checkSlots(buffer, text.length, mode, slots);
        assertThat(AccessParser.stepsFor(text, mode)).isLessThanOrEqualTo(tokens + 1);
        assertThat(access.literals()).isEqualTo(slots.count());
        for (QueryBlock block : access.blocks()) {
            assertThat(block.tables()).isNotEmpty();
            checkTree(block.condition(), access);
            for (TableAccess table : block.tables()) {
                checkTree(block.conditionOf(table), access);
            }
            WrittenRows rows = block.rows();
            if (rows != null) {
                rows.rows().forEach(row -> row.forEach(value -> checkTree(value, access)));
            }
        }
        assertThat(access).isEqualTo(AccessParser.parse(text, 0, text.length, mode, new LiteralSlots()));
        return access;
    }

    /** Compares the slots with the literals that a scan of the tokens finds; the number of tokens, the end included. */
    private static int checkSlots(byte[] buffer, int length, SqlMode mode, LiteralSlots slots) {
        SqlLexer lexer = new SqlLexer();
        lexer.reset(buffer, 4, length, mode);
        List<Integer> expected = new ArrayList<>();
        int tokens = 1;
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            tokens++;
            switch (kind) {
                case STRING, NATIONAL_STRING, HEX_LITERAL, BIT_LITERAL, INTEGER, DECIMAL -> {
                    expected.add(lexer.start());
                    expected.add(lexer.end());
                }
                default -> {}
            }
        }
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < slots.count(); i++) {
            found.add(slots.start(i));
            found.add(slots.end(i));
        }
        assertThat(found).isEqualTo(expected);
        return tokens;
    }

    private static void checkTree(@Nullable Expression tree, StatementAccess access) {
        if (tree != null) {
            assertThat(height(tree, access)).isLessThanOrEqualTo(Expression.MAX_DEPTH);
        }
    }

    private static int height(Expression tree, StatementAccess access) {
        switch (tree) {
            case Expression.Literal literal -> assertThat(literal.slot()).isBetween(0, access.literals() - 1);
            case Expression.Placeholder placeholder ->
                assertThat(placeholder.index()).isBetween(0, access.placeholders() - 1);
            case Expression.Junction junction -> {
                assertThat(junction.terms()).hasSizeGreaterThan(1);
                for (Expression term : junction.terms()) {
                    assertThat(term instanceof Expression.Junction inner && inner.and() == junction.and())
                            .isFalse();
                }
            }
            case Expression.Row row -> assertThat(row.elements()).hasSizeGreaterThan(1);
            case Expression.In in -> assertThat(in.elements()).isNotEmpty();
            default -> {}
        }
        int deepest = 0;
        for (Expression child : ExpressionTree.children(tree)) {
            deepest = Math.max(deepest, height(child, access));
        }
        return deepest + 1;
    }
}
