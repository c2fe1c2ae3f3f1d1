package com.oceanbase.odp.sql.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth costs no stack, length costs no more than it must. */
@Timeout(60)
class DeepAndLongAccessTest {
    private static final int DEPTH = 10_000;
    private static final int LENGTH = 1 << 18;

    /** Something that nests, before and behind the innermost part. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from t where k = §(§1§)§",
                "select * from t where §(§k = 1§)§",
                "select * from t where §(select §1§)§ = 1",
                "select * from t where k in §(select k from t where k in §(1)§)§",
                "select * from §(select * from §t§) x§",
                "select * from §(§t§)§",
                "select * from §{oj §t§}§",
                "§(§select * from t§)§",
                "§with c as (§select 1§) select * from c§",
                "select §f(§1§)§ from t",
                "select * from t where §not §k = 1§§",
                "select * from t where k = §- §1§§",
                "select * from t where k = §-(§1§)§",
                "select * from t where k = §!§1§§",
                "select * from t where k = §@v := §1§§",
                "select * from t where k = §case when 1 then §1§ end§",
                "select * from t where k = §cast(§1§ as signed)§",
                "select * from t where §k between 1 and §2§§",
                "select * from t where k = §interval §1§ day§",
                "select * from t where k = 1§ + 1§§§",
                "select * from t where k = 1§ = 1§§§",
                "select * from t where k = 1§ and k = 1§§§",
                "select * from t where k = 1§ is null§§§",
                "select * from t where k = 1§ collate x§§§",
                "select * from t where k = 1§ in (1)§§§",
                "select * from t §left join t on k = §1§§",
                "select * from t §left join t §§ on k = 1§",
                "select * from t§ union select * from t§§§",
                "select * from t§ union with c as (select 1) select * from t§§§",
                "§explain §select * from t§§",
                "insert into t §(§select 1§)§",
                "insert into t values §(§1§)§",
                "select * from t where §exists (select 1 from t where §1§)§",
                "select * from t where k = §{fn §1§}§",
                "select * from t§, t§§§",
                "select §a.§b§§ from t",
            })
    void nestsDeeply(String pattern) throws InterruptedException {
        String[] parts = pattern.split("§", -1);
        String text = parts[0] + parts[1].repeat(DEPTH) + parts[2] + parts[3].repeat(DEPTH) + parts[4];
        checkOnSmallStack(text);
    }

    /** The stack of the check is small, so that a recursion that follows the text would fail. */
    private static void checkOnSmallStack(String text) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    for (SqlMode mode : new SqlMode[] {SqlMode.MYSQL, SqlMode.ORACLE}) {
                        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                        AccessParser.parse(bytes, 0, bytes.length, mode, new LiteralSlots());
                    }
                },
                "small stack",
                512 << 10);
        thread.setUncaughtExceptionHandler((unused, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
        AccessChecks.check(text.getBytes(StandardCharsets.UTF_8), SqlMode.MYSQL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a ",
                "1,",
                "'x'",
                "?",
                "select ",
                "select 1;",
                "with ",
                "from t ",
                "where a=1 ",
                "t join ",
                "(select ",
                "values (1),",
                "case ",
                "not ",
                "union select ",
                "in (",
                "exists (",
                "as ",
                "explain ",
                "begin ",
                "merge ",
                "interval 1 ",
                "k=1 or ",
                "k=1 and ",
                "on a=b ",
                "t,",
                "left join t on a=1 ",
                "(1,2),"
            })
    void readsLongTextsInLinearTime(String piece) {
        String start = "select * from t where k = ";
        for (String prefix : new String[] {"", start, "insert into t values ", "select * from "}) {
            byte[] text = (prefix + piece.repeat(LENGTH / piece.length())).getBytes(StandardCharsets.UTF_8);
            long begin = System.nanoTime();
            LiteralSlots slots = new LiteralSlots();
            AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
            assertThat(slots.count()).isLessThanOrEqualTo(LiteralSlots.MAX_COUNT);
            assertThat(System.nanoTime() - begin).as(prefix + piece).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void literalsBeyondTheLastSlotAreUnknown() {
        String sql = "select * from t where k in (" + "1,".repeat(LiteralSlots.MAX_COUNT) + "2) and v = 3";
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
        assertThat(access.literals()).isEqualTo(LiteralSlots.MAX_COUNT).isEqualTo(slots.count());
        assertThat(access.complete()).isFalse();
    }

    @Test
    void manyTablesLimitNothing() {
        String sql = "select * from t" + " left join t on k = 1".repeat(100) + " where k = 2";
        assertThat(AccessText.mysql(sql)).endsWith("...").contains("t?[(k=2)], t?[(k=2)]");
    }
}
