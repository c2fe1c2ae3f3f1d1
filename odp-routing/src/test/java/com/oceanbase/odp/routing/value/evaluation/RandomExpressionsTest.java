package com.oceanbase.odp.routing.value.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.function.SqlFunctions;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.CastType;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.expression.TemporalKind;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;

/** Trees that no parser would build, over literals and parameters of random bytes. */
final class RandomExpressionsTest {
    private static final List<String> TYPES = List.of(
            "SIGNED",
            "UNSIGNED",
            "CHAR",
            "BINARY",
            "DECIMAL",
            "DATE",
            "DATETIME",
            "TIME",
            "YEAR",
            "DOUBLE",
            "FLOAT",
            "JSON",
            "?");
    private static final List<String> UNITS = List.of(
            "YEAR",
            "QUARTER",
            "MONTH",
            "WEEK",
            "DAY",
            "HOUR",
            "MINUTE",
            "SECOND",
            "MICROSECOND",
            "DAY_MICROSECOND",
            "YEAR_MONTH",
            "MINUTE_SECOND",
            "?");
    private static final List<String> TEXTS = List.of(
            "0",
            "1",
            "9223372036854775807",
            "18446744073709551615",
            "18446744073709551616",
            "1.5",
            ".",
            "1e",
            "1e400",
            "-",
            "1e5",
            "99999999999999999999999999999999999999999999.5",
            "'2024-01-31'",
            "'abc'",
            "'10:11:12.5'",
            "''",
            "'",
            "x'41'",
            "0x",
            "x''",
            "b'101'",
            "b'2'",
            "'ÿ\\'",
            "N'a'",
            "_",
            "'0000-00-00'",
            "'9999-12-31 23:59:59.9999999'",
            "'-838:59:59'",
            "'%Y-%m-%d %j %U'",
            "'1:1:1:1'",
            "20240131",
            "101112",
            "'😀ß'");

    private final LiteralSlots slots = new LiteralSlots();
    private final ParameterValues parameters = new ParameterValues();

    @Property(tries = 20_000)
    void neverThrows(@ForAll long seed, @ForAll boolean oracle) {
        Random random = new Random(seed);
        fill(random, oracle);
        SessionValues session = oracle ? SessionValues.ORACLE : Answers.SESSION;
        EvaluationContext context = new EvaluationContext(
                slots,
                parameters,
                random.nextBoolean() ? session : session.withClock(() -> Instant.ofEpochSecond(1_700_000_000)),
                random.nextBoolean() ? null : column -> new SqlValue.Year(2024));

        Expression expression = tree(random, random.nextInt(5));

        assertThat(Evaluator.evaluate(expression, context)).isNotNull();
        Evaluator.plainLong(expression, context.literals(), context.parameters(), 0);
    }

    private void fill(Random random, boolean oracle) {
        List<byte[]> literals = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < 12; i++) {
            byte[] bytes = TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(6) == 0) {
                random.nextBytes(bytes);
            }
            literals.add(bytes);
            length += bytes.length;
        }
        byte[] text = new byte[length];
        slots.reset(text, oracle ? SqlMode.ORACLE : SqlMode.MYSQL);
        int at = 0;
        for (byte[] literal : literals) {
            System.arraycopy(literal, 0, text, at, literal.length);
            slots.add(at, at + literal.length);
            at += literal.length;
        }
        parameters.reset(4);
        for (int i = 0; i < 4; i++) {
            byte[] value = new byte[random.nextInt(16)];
            random.nextBytes(value);
            int type = random.nextBoolean() ? random.nextInt(256) : random.nextInt(17);
            parameters.setBinary(i, type, random.nextBoolean(), value, 0, value.length);
        }
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static <T> T pick(Random random, T[] array) {
        return array[random.nextInt(array.length)];
    }

    private static Expression.Literal literal(Random random) {
        return new Expression.Literal(pick(random, LiteralKind.values()), random.nextInt(13));
    }

    private static Expression leaf(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> literal(random);
            case 4 -> new Expression.Placeholder(random.nextInt(5));
            case 5 -> new Expression.Constant(pick(random, ConstantKind.values()));
            case 6 -> new Expression.Temporal(pick(random, TemporalKind.values()), literal(random));
            case 7 ->
                new Expression.Introduced(
                        pick(random, List.of("utf8mb4", "gbk", "utf16", "binary", "?")), literal(random));
            case 8 -> new Expression.Column(null, null, "c");
            default -> new Expression.AdjacentStrings(List.of(literal(random), literal(random)));
        };
    }

    private static List<Expression> trees(Random random, int depth, int count) {
        List<Expression> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(tree(random, depth));
        }
        return list;
    }

    private static Expression tree(Random random, int depth) {
        if (depth == 0) {
            return leaf(random);
        }
        Expression a = tree(random, depth - 1);
        Expression b = tree(random, depth - 1);
        return switch (random.nextInt(16)) {
            case 0 -> new Expression.Unary(pick(random, UnaryOperator.values()), a);
            case 1, 2 -> new Expression.Binary(pick(random, BinaryOperator.values()), a, b);
            case 3 -> new Expression.Junction(random.nextBoolean(), List.of(a, b));
            case 4 -> new Expression.Between(a, b, tree(random, depth - 1), random.nextBoolean());
            case 5 -> new Expression.In(a, trees(random, depth - 1, 2), random.nextBoolean());
            case 6 -> new Expression.Is(a, pick(random, ConstantKind.values()), random.nextBoolean());
            case 7 -> new Expression.Like(a, b, random.nextBoolean() ? null : leaf(random), random.nextBoolean());
            case 8 -> new Expression.Row(List.of(a, b));
            case 9 ->
                new Expression.Cast(
                        a, new CastType(pick(random, TYPES), random.nextInt(70) - 1, random.nextInt(34) - 1, null));
            case 10 ->
                new Expression.Case(random.nextBoolean() ? null : a, List.of(b), trees(random, depth - 1, 1), null);
            case 11 -> new Expression.Binary(BinaryOperator.ADD, a, new Expression.Interval(b, pick(random, UNITS)));
            case 12 -> new Expression.Collate(a, pick(random, List.of("utf8mb4_bin", "binary", "gbk_bin", "?")));
            case 13 -> new Expression.ConvertUsing(a, pick(random, List.of("utf8mb4", "binary", "latin1", "?")));
            default -> call(random, depth);
        };
    }

    private static Expression call(Random random, int depth) {
        List<String> names = new ArrayList<>(SqlFunctions.names(random.nextInt(4) == 0));
        names.sort(null);
        List<Expression> arguments = trees(random, depth - 1, random.nextInt(5));
        if (!arguments.isEmpty() && random.nextInt(4) == 0) {
            arguments.set(
                    random.nextInt(arguments.size()),
                    random.nextBoolean()
                            ? new Expression.Unit(pick(random, UNITS))
                            : new Expression.Interval(leaf(random), pick(random, UNITS)));
        }
        return new Expression.Call(pick(random, names), arguments);
    }

    @Property
    void integersComeBackAsTheyWereWritten(
            @ForAll @BigRange(min = "0", max = "99999999999999999999999") BigInteger number) {
        assertThat(Answers.text(Answers.evaluate(number.toString()))).isEqualTo(number.toString());
        assertThat(Answers.text(Answers.evaluate("-" + number)))
                .isEqualTo(number.negate().toString());
    }

    @Property
    void decimalsKeepTheirScale(@ForAll long digits, @ForAll @IntRange(min = 1, max = 18) int scale) {
        BigDecimal number = BigDecimal.valueOf(digits & Long.MAX_VALUE, scale);

        assertThat(Answers.evaluate(number.toPlainString())).isEqualTo(new SqlValue.Decimal(number));
        assertThat(Answers.evaluate("cast('" + number.toPlainString() + "' as decimal(40," + scale + "))"))
                .isEqualTo(new SqlValue.Decimal(number));
    }

    @Property
    void daysOfDatesRoundTrip(@ForAll @IntRange(min = -719_162, max = 2_932_896) int epochDay) {
        long dayNumber = epochDay + 719_528L;

        assertThat(Answers.evaluate("to_days(from_days(" + dayNumber + "))"))
                .isEqualTo(new SqlValue.Int(dayNumber, false));
    }
}
