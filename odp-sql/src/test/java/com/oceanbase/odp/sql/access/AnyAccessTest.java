package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.MultiByteRule;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TextMutations;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever the text is: no exception, each token read once, literals numbered as a scan numbers them, trees of bounded depth. */
class AnyAccessTest {
    /** Texts tried by {@link #volume}; the issue asks for a million. */
    private static final int TRIES = Integer.getInteger("odp.fuzz.tries", 20_000);

    private static final TextMutations MUTATIONS = new TextMutations(AccessCases.statements());

    @Property(tries = 2000)
    void anyBytes(@ForAll @Size(max = 200) byte[] text, @ForAll("modes") SqlMode mode) {
        AccessChecks.check(text, mode);
    }

    @Property(tries = 3000)
    void mutatedStatements(@ForAll long seed, @ForAll("modes") SqlMode mode) {
        AccessChecks.check(MUTATIONS.mutated(new Random(seed)), mode);
    }

    @Property(tries = 2000)
    void sequencesOfWords(@ForAll long seed, @ForAll("modes") SqlMode mode) {
        AccessChecks.check(MUTATIONS.sequence(new Random(seed)), mode);
    }

    @Test
    void volume() {
        Random random = new Random(20260101);
        SqlMode[] modes = {
            SqlMode.MYSQL,
            SqlMode.ORACLE,
            SqlMode.MYSQL.withAnsiQuotes(true),
            SqlMode.MYSQL.withPipesAsConcat(true),
            SqlMode.MYSQL.withMultiByte(MultiByteRule.GBK)
        };
        for (int i = 0; i < TRIES; i++) {
            byte[] text = i % 3 == 0 ? MUTATIONS.sequence(random) : MUTATIONS.mutated(random);
            SqlMode mode = modes[i % modes.length];
            try {
                AccessChecks.check(text, mode);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(mode + ": " + new String(text, StandardCharsets.UTF_8), e);
            }
        }
    }

    @Provide
    Arbitrary<SqlMode> modes() {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(flag, flag, flag, flag, Arbitraries.of(MultiByteRule.values()))
                .as(SqlMode::new);
    }
}
