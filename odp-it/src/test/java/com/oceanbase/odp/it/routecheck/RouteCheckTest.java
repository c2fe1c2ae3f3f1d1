package com.oceanbase.odp.it.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calculates a sample of recorded statements over all tables and kinds of conditions; the kernel that was recorded says what is right. */
class RouteCheckTest {
    /** Statements of the sample whose partitions cannot be known or are not found yet, with some room. */
    private static final int MAX_INEXACT = 20;

    @TempDir
    private Path directory = Path.of(".");

    private final Problems problems = new Problems(System.err);

    @Test
    void noSampledStatementGoesToAWrongPartition() throws IOException {
        Path vectors = unpack("vectors-sample.jsonl.gz");

        CheckReport report = new RouteCheck(TableFile.read(unpack("tables.jsonl.gz"), problems), problems).run(vectors);

        long lines;
        try (var text = Files.lines(vectors)) {
            lines = text.count();
        }
        assertThat(lines).isGreaterThan(3000);
        assertThat(report.count(Verdict.WRONG)).isZero();
        assertThat(report.count(Verdict.EXACT)).isGreaterThanOrEqualTo((int) lines - MAX_INEXACT);
    }

    /** Types, functions, odd literals and lenient inserts that the sample above does not have. */
    @Test
    void noStatementOnWiderDesignsGoesToAWrongPartition() throws IOException {
        Path vectors = unpack("vectors-wide.jsonl.gz");

        CheckReport report =
                new RouteCheck(TableFile.read(unpack("tables-wide.jsonl.gz"), problems), problems).run(vectors);

        assertThat(report.count(Verdict.EXACT)).isGreaterThan(1500);
        assertThat(report.count(Verdict.WRONG)).isZero();
        assertThat(report.count(Verdict.SUPERSET) + report.count(Verdict.UNKNOWN))
                .isZero();
    }

    /** Statements that {@code odp route-record} made, over designs of all kinds; the classic date types among them. */
    @Test
    void noStatementOnRandomDesignsGoesToAWrongPartition() throws IOException {
        Path vectors = unpack("vectors-random.jsonl.gz");

        CheckReport report =
                new RouteCheck(TableFile.read(unpack("tables-random.jsonl.gz"), problems), problems).run(vectors);

        assertThat(problems.count()).isZero();
        assertThat(report.count(Verdict.EXACT)).isGreaterThan(1900);
        assertThat(report.count(Verdict.WRONG) + report.count(Verdict.SUPERSET) + report.count(Verdict.UNKNOWN))
                .isZero();
    }

    @Test
    void reportHasTheNumbersAndNamesWrongStatements() throws IOException {
        Path tables = unpack("tables.jsonl.gz");
        Path vectors = directory.resolve("vectors.jsonl");
        Files.writeString(
                vectors,
                "{\"id\":\"right\",\"table\":\"hcnt2\",\"op\":\"select\",\"tag\":\"eq\","
                        + "\"sql\":\"select rid from hcnt2 where id = 3\",\"expect\":{\"n\":1,\"of\":2,\"parts\":[\"p1\"]}}\n"
                        + "{\"id\":\"false\",\"table\":\"hcnt2\",\"op\":\"select\",\"tag\":\"eq\","
                        + "\"sql\":\"select rid from hcnt2 where id = 4\",\"expect\":{\"n\":1,\"of\":2,\"parts\":[\"p1\"]}}\n",
                StandardCharsets.UTF_8);
        Path json = directory.resolve("report.json");

        CheckReport report = new RouteCheck(TableFile.read(tables, problems), problems).run(vectors);
        report.write(json);

        assertThat(report.count(Verdict.EXACT)).isEqualTo(1);
        assertThat(report.count(Verdict.WRONG)).isEqualTo(1);
        assertThat(Files.readString(json)).contains("\"wrong\" : 1", "\"false\"", "where id = 4");
    }

    private Path unpack(String name) throws IOException {
        Path file = directory.resolve(name.replace(".gz", ""));
        try (InputStream packed = Objects.requireNonNull(RouteCheckTest.class.getResourceAsStream(name), name);
                InputStream plain = new GZIPInputStream(packed)) {
            Files.copy(plain, file);
        }
        return file;
    }
}
