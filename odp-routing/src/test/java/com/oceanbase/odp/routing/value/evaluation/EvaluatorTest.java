package com.oceanbase.odp.routing.value.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SessionValues.Modes;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluatorTest {
    @Test
    void variablesComeFromTheSession() {
        SessionValues session = Answers.SESSION.withVariables(
                name -> name.equals("v") ? new Int(5, false) : name.equals("unset") ? SqlValue.NULL : null,
                name -> name.equals("auto_increment_increment") ? new Int(2, false) : null);

        assertThat(Answers.evaluate("@V + 1", session)).isEqualTo(new Int(6, false));
        assertThat(Answers.evaluate("@unset", session)).isEqualTo(SqlValue.NULL);
        assertThat(Answers.evaluate("@other", session).isUnknown()).isTrue();
        assertThat(Answers.evaluate("@@auto_increment_increment", session)).isEqualTo(new Int(2, false));
        assertThat(Answers.evaluate("@@global.auto_increment_increment", session)
                        .isUnknown())
                .isTrue();
    }

    @Test
    void columnsAreUnknownUnlessBound() {
        LiteralSlots slots = new LiteralSlots();
        Expression expression =
                AccessParser.parseExpression("year(d) * 2".getBytes(StandardCharsets.UTF_8), SqlMode.MYSQL, slots);

        assertThat(Evaluator.evaluate(expression, new EvaluationContext(slots, ParameterValues.NONE, Answers.SESSION))
                        .isUnknown())
                .isTrue();
        assertThat(Evaluator.evaluate(
                        expression,
                        new EvaluationContext(
                                slots,
                                ParameterValues.NONE,
                                Answers.SESSION,
                                column -> new SqlValue.Date(2024, 1, 31))))
                .isEqualTo(new Int(4048, false));
    }

    @Test
    void knownTermsDecideJunctionsWithUnknownOnes() {
        assertThat(Answers.evaluate("0 and c")).isEqualTo(new Int(0, false));
        assertThat(Answers.evaluate("c or 1")).isEqualTo(new Int(1, false));
        assertThat(Answers.evaluate("c and 1").isUnknown()).isTrue();
    }

    @Test
    void theClockIsUsedOnlyWhenThereIsOne() {
        SessionValues session = Answers.SESSION
                .withTimeZone(ZoneId.of("Asia/Shanghai"))
                .withClock(() -> Instant.parse("2024-01-31T20:30:40.123456Z"));

        assertThat(Answers.evaluate("now()").isUnknown()).isTrue();
        assertThat(Answers.evaluate("rand()", session).isUnknown()).isTrue();
        assertThat(Answers.text(Answers.evaluate("now()", session))).isEqualTo("2024-02-01 04:30:40");
        assertThat(Answers.text(Answers.evaluate("now(3)", session))).isEqualTo("2024-02-01 04:30:40.123");
        assertThat(Answers.text(Answers.evaluate("current_date", session))).isEqualTo("2024-02-01");
        assertThat(Answers.text(Answers.evaluate("utc_timestamp()", session))).isEqualTo("2024-01-31 20:30:40");
        assertThat(Answers.text(Answers.evaluate("curdate() + interval 1 day", session)))
                .isEqualTo("2024-02-02");
    }

    @Test
    void backslashesAreOrdinaryWithNoBackslashEscapes() {
        SessionValues session = Answers.SESSION.withModes(Modes.parse("NO_BACKSLASH_ESCAPES"));

        assertThat(Answers.text(Answers.evaluate("'a\\nb'", session))).isEqualTo("a\\nb");
        assertThat(Answers.text(Answers.evaluate("'a\\nb''c'"))).isEqualTo("a\nb'c");
    }

    @Test
    void stringsAreReadInTheClientsCharacterSet() {
        Collation gbk = java.util.Objects.requireNonNull(Collation.byName("gbk_chinese_ci"));
        SessionValues session = Answers.SESSION.withCollations(gbk, Collation.UTF8MB4_GENERAL_CI);
        byte[] text = "'誠\\'中'".getBytes(Charset.forName("GBK"));
        LiteralSlots slots = new LiteralSlots();
        SqlMode mode = SqlMode.MYSQL.withMultiByte(com.oceanbase.odp.sql.MultiByteRule.GBK);
        Expression expression = AccessParser.parseExpression(text, mode, slots);

        assertThat(Evaluator.evaluate(expression, new EvaluationContext(slots, ParameterValues.NONE, session))
                        .toString())
                .isEqualTo("誠'中");
    }

    @Test
    void sqlModeIsReadFromItsText() {
        Modes modes = Modes.parse("ansi, NO_ZERO_DATE,STRICT_TRANS_TABLES");

        assertThat(modes.ansiQuotes()).isTrue();
        assertThat(modes.pipesAsConcat()).isTrue();
        assertThat(modes.noZeroDate()).isTrue();
        assertThat(modes.strict()).isTrue();
        assertThat(modes.noBackslashEscapes()).isFalse();
    }

    @Test
    void plainLongReadsLiteralsAndLeavesTheRest() {
        assertThat(plainLong("42")).isEqualTo(42);
        assertThat(plainLong("-42")).isEqualTo(-42);
        assertThat(plainLong("999999999999999999")).isEqualTo(999_999_999_999_999_999L);
        assertThat(plainLong("9223372036854775807")).isEqualTo(Long.MIN_VALUE);
        assertThat(plainLong("'1'")).isEqualTo(Long.MIN_VALUE);
        assertThat(plainLong("1+1")).isEqualTo(Long.MIN_VALUE);
    }

    private static long plainLong(String text) {
        LiteralSlots slots = new LiteralSlots();
        Expression expression =
                AccessParser.parseExpression(text.getBytes(StandardCharsets.UTF_8), SqlMode.MYSQL, slots);
        return Evaluator.plainLong(expression, slots, ParameterValues.NONE, Long.MIN_VALUE);
    }

    /** Results as Oracle's SQL reference has them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "substr('abcdef', 0, 2)~ab",
                "substr('abcdef', -3, 2)~de",
                "substr('abcdef', 2.9)~bcdef",
                "instr('abcabc', 'b', 1, 2)~5",
                "nvl('', 'x')~x",
                "nvl2('a', 'b', 'c')~b",
                "decode(2, 1, 'a', 2, 'b', 'c')~b",
                "decode(null, null, 'a', 'c')~a",
                "'a' || '' || 'b'~ab",
                "concat('a', 'b')~ab",
                "mod(11, 4)~3",
                "mod(-11, 0)~-11",
                "trunc(15.79, 1)~15.7",
                "power(3, 4)~81",
                "length('äö')~2",
                "lpad('7', 3, '0')~007",
                "ltrim('xyxa', 'xy')~a",
                "replace('abcb', 'b')~ac",
                "chr(65)~A",
                "to_char(to_date('2024-01-31 13:14:15', 'YYYY-MM-DD HH24:MI:SS'), 'YYYYMMDD HH:MI:SS AM')~20240131 01:14:15 PM",
                "to_date('31-JAN-24', 'DD-MON-RR')~2024-01-31 00:00:00",
                "add_months(date '2024-02-29', 12)~2025-02-28 00:00:00",
                "add_months(date '2023-02-28', 12)~2024-02-29 00:00:00",
                "last_day(date '2024-02-01')~2024-02-29 00:00:00",
                "trunc(to_date('2024-05-17 10:11:12', 'YYYY-MM-DD HH24:MI:SS'), 'MM')~2024-05-01 00:00:00",
                "to_timestamp('2024-01-31 01:02:03.5', 'YYYY-MM-DD HH24:MI:SS.FF')~2024-01-31 01:02:03.500000000",
                "to_number(' 12.50 ')~12.5",
                "greatest(1, 3, 2)~3",
            })
    void oracleFunctions(String expression, String expected) {
        assertThat(Answers.text(Answers.evaluate(expression, SessionValues.ORACLE)))
                .isEqualTo(expected);
    }

    @Test
    void theEmptyStringIsNullInOracleMode() {
        assertThat(Answers.evaluate("''", SessionValues.ORACLE).isNull()).isTrue();
        assertThat(Answers.evaluate("trim('  ')", SessionValues.ORACLE).isNull())
                .isTrue();
    }
}
