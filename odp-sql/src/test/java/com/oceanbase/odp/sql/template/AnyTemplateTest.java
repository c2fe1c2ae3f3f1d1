package com.oceanbase.odp.sql.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.MultiByteRule;
import com.oceanbase.odp.sql.SqlLexer;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.TextMutations;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.access.AccessCases;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found for a text is always the same as what reading that very text finds, whatever came before. */
class AnyTemplateTest {
    private static final int TRIES = Integer.getInteger("odp.fuzz.tries", 20_000);

    private static final String[] INTEGERS = {"0", "7", "42", "123456789012345678901234567890"};
    private static final String[] DECIMALS = {"1.5", ".25", "1.", "2e3", "1.5e-10"};
    private static final String[] STRINGS = {"''", "'a'", "'it''s'", "\"q\"", "'\\n'", "'*/ ; --'", "'\u4e2d'", "'as'"};
    private static final String[] NATIONAL = {"n''", "N'x'", "N'a'' or 1'"};
    private static final String[] HEX = {"0x41", "x'41'", "X''"};
    private static final String[] BITS = {"b'01'", "0b1", "B''"};

    private static final String[] COMMENTS = {
        "/**/",
        "/* x */",
        "-- y",
        "--",
        "# z",
        "/*! 1 */",
        "/*+ query_timeout(5) */",
        "/* target_db_server='1.1.1.1:1' */",
        "/* ' */"
    };

    private static final TextMutations MUTATIONS = new TextMutations(statements());

    private final StatementTemplates templates = new StatementTemplates(1 << 20);
    private final LiteralSlots slots = new LiteralSlots();

    private static List<String> statements() {
        List<String> all = new ArrayList<>(AccessCases.statements());
        all.addAll(List.of(
                "set autocommit = 1, @a = 'x', names utf8",
                "set names 'utf8mb4'",
                "use 'db'",
                "kill 5",
                "kill query 5",
                "savepoint 'x'",
                "xa start 'a', 'b', 1",
                "prepare s from 'select 1'",
                "execute s using @a",
                "show variables like 'x'",
                "show variables like 'log_bin'",
                "select /*+ query_timeout(100) read_consistency(weak) */ 1 from t",
                "select last_insert_id(5), found_rows(), get_lock('a', 1)",
                "select @@tx_read_only",
                "select proxy_version() 'a'",
                "select @@autocommit, 'x' into @a",
                "explain select 1",
                "select 1; set @a = 2",
                "/* a */ select 1 from t where k = 5 /* b */",
                "/* target_db_server='1.1.1.1:1' */ select 1",
                "select k -- a\n from t # b\n where k = '5' /*c*/ and j = 6",
                "/* a */ set /* b */ @a = 1 /* c */",
                "select 1; show variables like 'log_bin'",
                "binlog 'x'",
                "begin",
                "start transaction with consistent snapshot",
                "commit and chain",
                "rollback to 'a'",
                "show proxysession attribute 5 like 'x'",
                "alter proxyconfig set a = 'b'",
                "change master to x = 'a'"));
        return all;
    }

    @Test
    void volume() {
        Random random = new Random(20260102);
        SqlMode[] modes = {
            SqlMode.MYSQL,
            SqlMode.ORACLE,
            SqlMode.MYSQL.withAnsiQuotes(true),
            SqlMode.MYSQL.withNoBackslashEscapes(true),
            SqlMode.MYSQL.withMultiByte(MultiByteRule.GBK)
        };
        for (int i = 0; i < TRIES / 4; i++) {
            byte[] text = MUTATIONS.mutated(random);
            SqlMode mode = modes[random.nextInt(modes.length)];
            check(text, mode);
            check(text, mode);
            check(withOtherLiterals(text, mode, random), mode);
            check(withOtherLiterals(text, modes[0], random), modes[random.nextInt(modes.length)]);
        }
        assertThat(templates.hits()).isGreaterThan(TRIES / 10);
    }

    private void check(byte[] text, SqlMode mode) {
        byte[] buffer = new byte[text.length + 6];
        Arrays.fill(buffer, (byte) '\'');
        System.arraycopy(text, 0, buffer, 3, text.length);
        StatementTemplate found = templates.find(buffer, 3, text.length, mode, slots);
        LiteralSlots freshSlots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(buffer, 3, text.length, mode, freshSlots);
        StatementSummary summary = StatementSummarizer.summarize(buffer, 3, text.length, mode);
        String as = new String(text, StandardCharsets.UTF_8);
        assertThat(describe(found.summary())).as(as).isEqualTo(describe(summary));
        assertThat(found.access()).as(as).isEqualTo(access);
        assertThat(bounds(slots)).as(as).isEqualTo(bounds(freshSlots));
    }

    private static List<Integer> bounds(LiteralSlots slots) {
        List<Integer> bounds = new ArrayList<>();
        for (int i = 0; i < slots.count(); i++) {
            bounds.add(slots.start(i));
            bounds.add(slots.end(i));
        }
        return bounds;
    }

    private static String describe(StatementSummary summary) {
        StringBuilder out = new StringBuilder(summary.toString());
        for (StatementKind kind : StatementKind.values()) {
            out.append(summary.contains(kind) ? " " + kind : "");
        }
        return out.append(' ')
                .append(summary.isMulti())
                .append(summary.detail())
                .append(summary.proxyCommand())
                .append(summary.readConsistency())
                .append(summary.queryTimeoutMicros())
                .toString();
    }

    /** The text with other values in place of some of its literals. */
    private static byte[] withOtherLiterals(byte[] text, SqlMode mode, Random random) {
        SqlLexer lexer = new SqlLexer();
        lexer.reset(text, 0, text.length, mode);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            String[] others = switch (kind) {
                case INTEGER -> INTEGERS;
                case DECIMAL -> DECIMALS;
                case STRING -> STRINGS;
                case NATIONAL_STRING -> NATIONAL;
                case HEX_LITERAL -> HEX;
                case BIT_LITERAL -> BITS;
                case COMMENT -> COMMENTS;
                default -> null;
            };
            if (others != null && random.nextInt(4) > 0) {
                out.write(text, from, lexer.start() - from);
                out.writeBytes(others[random.nextInt(others.length)].getBytes(StandardCharsets.UTF_8));
                from = lexer.end();
            }
        }
        out.write(text, from, text.length - from);
        return out.toByteArray();
    }
}
