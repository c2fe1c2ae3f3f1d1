package com.oceanbase.odp.routing.value.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SqlValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Constant expressions whose values a real kernel has told. */
final class KernelAnswersTest {
    private static final Set<String> INTEGERS = Set.of("INT", "UINT");

    private record Answer(String expression, String type, String value) {}

    @Test
    void noRecordedAnswerIsContradictedAndMostAreKnown() throws IOException {
        List<String> wrong = new ArrayList<>();
        int known = 0;
        List<Answer> answers = answers();
        for (Answer answer : answers) {
            SqlValue value = Answers.evaluate(answer.expression());
            if (!value.isUnknown()) {
                known++;
                if (!agrees(value, answer)) {
                    wrong.add(answer + " but " + value);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(answers).hasSizeGreaterThan(6000);
        assertThat(known).isGreaterThanOrEqualTo(5600);
    }

    private static boolean agrees(SqlValue value, Answer answer) {
        String type = Answers.type(value);
        if (answer.value().equals("\\N") || type.equals("NULL")) {
            return answer.value().equals("\\N") && type.equals("NULL");
        }
        if (answer.type().equals("DOUBLE")) {
            return Numbers.toDouble(value) == Double.parseDouble(answer.value());
        }
        boolean sameType = type.equals(answer.type()) || (INTEGERS.contains(type) && INTEGERS.contains(answer.type()));
        return sameType && Answers.text(value).equals(answer.value().replace("\\\\", "\\"));
    }

    private static List<Answer> answers() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KernelAnswersTest.class.getResourceAsStream("kernel-answers.tsv")),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Answer(parts[0], parts[1], parts[2]))
                    .toList();
        }
    }
}
