package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlLexerTest {
    static List<String> tokens() {
        return Texts.lines("tokens.txt");
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void findsTokens(String line) {
        int arrow = line.lastIndexOf(" ==> ");
        SqlMode mode = switch (line.charAt(0)) {
            case 'A' -> SqlMode.MYSQL.withAnsiQuotes(true);
            case 'B' -> SqlMode.MYSQL.withNoBackslashEscapes(true);
            case 'O' -> SqlMode.ORACLE;
            default -> SqlMode.MYSQL;
        };
        assertThat(String.join(" ¦ ", read(line.substring(2, arrow), mode))).isEqualTo(line.substring(arrow + 5));
    }

    private static List<String> read(String text, SqlMode mode) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SqlLexer lexer = new SqlLexer();
        lexer.reset(bytes, 0, bytes.length, mode);
        List<String> found = new ArrayList<>();
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            String token = new String(bytes, lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
            found.add(kind + " " + token);
        }
        return found;
    }

    @Test
    void isReusable() {
        byte[] first = "select 'open".getBytes(StandardCharsets.UTF_8);
        byte[] second = "a b".getBytes(StandardCharsets.UTF_8);
        SqlLexer lexer = new SqlLexer();
        lexer.reset(first, 0, first.length, SqlMode.MYSQL);
        lexer.next();
        lexer.next();
        assertThat(lexer.isUnterminated()).isTrue();
        lexer.reset(second, 2, 1, SqlMode.MYSQL);
        assertThat(lexer.isUnterminated()).isFalse();
        assertThat(lexer.next()).isEqualTo(TokenKind.WORD);
        assertThat(lexer.start()).isEqualTo(2);
        assertThat(lexer.next()).isEqualTo(TokenKind.END);
        assertThat(lexer.next()).isEqualTo(TokenKind.END);
        assertThat(lexer.start()).isEqualTo(3);
    }

    @Test
    void endsLineCommentsAtTheLine() {
        assertThat(read("a -- b\nc # d\r\ne", SqlMode.MYSQL))
                .containsExactly("WORD a", "COMMENT -- b", "WORD c", "COMMENT # d\r", "WORD e");
    }

    @Test
    void readsWhatBlanksMayBe() {
        assertThat(read("a\t\n\u000b\f\r b", SqlMode.MYSQL)).containsExactly("WORD a", "WORD b");
    }
}
