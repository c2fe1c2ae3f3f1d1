package com.oceanbase.odp.proxy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LikePatternTest {
    @Property
    void agreesWithTheEqualRegularExpression(
            @ForAll @Chars({'a', 'b', '%', '_', '\\'}) @StringLength(min = 1, max = 8) String pattern,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 8) String text) {
        String expression = pattern.chars()
                .mapToObj(c -> c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf((char) c)))
                .collect(Collectors.joining());

        assertThat(new LikePattern(pattern).matches(text)).isEqualTo(text.matches(expression));
    }

    @Test
    void emptyPatternFitsEverythingAndCaseMatters() {
        assertThat(LikePattern.EVERYTHING.matches("x")).isTrue();
        assertThat(new LikePattern("%A%").matches("bab")).isFalse();
        assertThat(new LikePattern("a").matches("")).isFalse();
    }

    @Test
    void longPatternIsCutAt127() {
        assertThat(new LikePattern("a".repeat(200)).matches("a".repeat(127))).isTrue();
    }
}
