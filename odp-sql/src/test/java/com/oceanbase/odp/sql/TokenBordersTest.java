package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of texts: first their kinds, then where they begin and end. */
class TokenBordersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a                     | WORD:a
            a.b                   | WORD:a DOT:. WORD:b
            a.1b                  | WORD:a DOT:. WORD:1b
            a .5                  | WORD:a DECIMAL:.5
            1.5e3                 | DECIMAL:1.5e3
            1e                    | WORD:1e
            1e+                   | WORD:1e OPERATOR:+
            1a                    | WORD:1a
            0x1F                  | HEX_LITERAL:0x1F
            0xG                   | WORD:0xG
            0b01                  | BIT_LITERAL:0b01
            0b2                   | WORD:0b2
            x'1F'                 | HEX_LITERAL:x'1F'
            b'1'                  | BIT_LITERAL:b'1'
            n'a'                  | NATIONAL_STRING:n'a'
            q'a'                  | WORD:q STRING:'a'
            'a''b'                | STRING:'a''b'
            'a\\'b'               | STRING:'a\\'b'
            'a' 'b'               | STRING:'a' STRING:'b'
            "a"                   | STRING:"a"
            `a``b`                | QUOTED_IDENTIFIER:`a``b`
            `a\\`b                | QUOTED_IDENTIFIER:`a\\` WORD:b
            @a                    | USER_VARIABLE:@a
            @a.b$c                | USER_VARIABLE:@a.b$c
            @'a b'                | USER_VARIABLE:@'a b'
            @                     | OPERATOR:@
            @@a                   | SYSTEM_VARIABLE:@@a
            @@global.a            | SYSTEM_VARIABLE:@@global.a
            @@`a`.`b`             | SYSTEM_VARIABLE:@@`a`.`b`
            @@                    | OPERATOR:@@
            @a:=1                 | USER_VARIABLE:@a ASSIGN::= INTEGER:1
            ?,:1                  | PLACEHOLDER:? COMMA:, PLACEHOLDER::1
            a<=>b                 | WORD:a OPERATOR:<=> WORD:b
            a->>'$'               | WORD:a OPERATOR:->> STRING:'$'
            a!=-1                 | WORD:a OPERATOR:!= OPERATOR:- INTEGER:1
            1--1                  | INTEGER:1 OPERATOR:- OPERATOR:- INTEGER:1
            1-- 1                 | INTEGER:1 COMMENT:-- 1
            1#2                   | INTEGER:1 COMMENT:#2
            1/*2*/3               | INTEGER:1 COMMENT:/*2*/ INTEGER:3
            1/2                   | INTEGER:1 OPERATOR:/ INTEGER:2
            /*+ a */              | HINT:/*+ a */
            /*!50000 a */b        | WORD:a WORD:b
            /*!a*/                | WORD:a
            /*!500 a*/            | INTEGER:500 WORD:a
            /*!50000a/*b*/c*/     | WORD:a COMMENT:/*b*/ WORD:c
            a */ b                | WORD:a OPERATOR:* OPERATOR:/ WORD:b
            $a_1                  | WORD:$a_1
            (a)=b;                | LEFT_PAREN:( WORD:a RIGHT_PAREN:) EQUALS:= WORD:b SEMICOLON:;
            """)
    void splitsText(String text, String tokens) {
        assertThat(String.join(" ", tokens(SqlMode.MYSQL, text))).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "a"                   | QUOTED_IDENTIFIER:"a"
            'a\\'                 | STRING:'a\\'
            q'[a'b]'              | STRING:q'[a'b]'
            q'!a'!'               | STRING:q'!a'!'
            nq'<a'>'              | NATIONAL_STRING:nq'<a'>'
            n'a'                  | NATIONAL_STRING:n'a'
            u'a'                  | NATIONAL_STRING:u'a'
            :name                 | PLACEHOLDER::name
            a#b                   | WORD:a#b
            1--1                  | INTEGER:1 COMMENT:--1
            /*! a */b             | COMMENT:/*! a */ WORD:b
            """)
    void splitsTextOfOracleMode(String text, String tokens) {
        assertThat(String.join(" ", tokens(SqlMode.ORACLE, text))).isEqualTo(tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a", "`a", "/* a", "/*+ a", "/*! a", "'a\\'", "x'a", "n'a", "@'a", "@@`a"})
    void tellsWhatIsNotTerminated(String text) {
        SqlLexer lexer = lexer(SqlMode.MYSQL, "1 ," + text);
        while (lexer.next() != TokenKind.END) {
            assertThat(lexer.end()).isGreaterThan(lexer.start());
        }
        assertThat(lexer.isUnterminated()).isTrue();
        assertThat(lexer.next()).isEqualTo(TokenKind.END);
    }

    @Test
    void forgetsTheTextBefore() {
        SqlLexer lexer = lexer(SqlMode.MYSQL, "a /*!80000 'b");
        while (lexer.next() != TokenKind.END) {}
        assertThat(lexer.isUnterminated()).isTrue();
        assertThat(lexer.isVersionDependent()).isTrue();
        lexer.reset(bytes("*/ x"), 0, 4, SqlMode.MYSQL);
        assertThat(lexer.next()).isEqualTo(TokenKind.OPERATOR);
        assertThat(lexer.isUnterminated()).isFalse();
        assertThat(lexer.isVersionDependent()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', textBlock = """
            /*! a */, false
            /*!50000 a */, false
            /*!50699 a */, false
            /*!50700 a */, true
            /*!99999 a */, true
            /*!100100 a */, true
            /*!500001 a */, true
            /*M! a */, true
            /* M! */, false
            '/*!99999 a */', false
            """)
    void tellsWhatServersReadInDifferentWays(String text, boolean expected) {
        SqlLexer lexer = lexer(SqlMode.MYSQL, text);
        while (lexer.next() != TokenKind.END) {}
        assertThat(lexer.isVersionDependent()).isEqualTo(expected);
    }

    private static List<String> tokens(SqlMode mode, String text) {
        SqlLexer lexer = lexer(mode, text);
        List<String> tokens = new ArrayList<>();
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            tokens.add(kind + ":" + text.substring(lexer.start(), lexer.end()));
        }
        return tokens;
    }

    private static SqlLexer lexer(SqlMode mode, String text) {
        SqlLexer lexer = new SqlLexer();
        lexer.reset(bytes(text), 0, bytes(text).length, mode);
        return lexer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
