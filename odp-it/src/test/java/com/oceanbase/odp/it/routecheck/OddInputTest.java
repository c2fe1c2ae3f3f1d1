package com.oceanbase.odp.it.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** What {@code odp route-check} says of files that are not as they should be: a message and a status, never a stack trace. */
@ResourceLock(value = Resources.SYSTEM_ERR, mode = ResourceAccessMode.READ_WRITE)
class OddInputTest {
    private static final String GOOD = "{\"id\":\"good\",\"table\":\"hcnt2\",\"op\":\"select\",\"tag\":\"eq\","
            + "\"sql\":\"select rid from hcnt2 where id = 3\",\"expect\":{\"n\":1,\"of\":2,\"parts\":[\"p1\"]}}";
    private static final String DESIGN = "{\"name\":\"t\",\"schema\":{\"table\":{\"table_id\":1,\"part_level\":1,"
            + "\"part_func_type\":0,\"part_func_expr\":\"d\",\"part_num\":2},"
            + "\"part\":[{\"part_id\":2,\"part_name\":\"p0\",\"part_idx\":0},{\"part_id\":3,\"part_name\":\"p1\",\"part_idx\":1}],"
            + "\"column\":[{\"column_id\":16,\"column_name\":\"d\",\"data_type\":TYPE,\"partition_key_position\":1}]}}";

    @TempDir
    private Path directory = Path.of(".");

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Path tables = tables();

        assertThat(run(directory.resolve("none.jsonl"), file("v.jsonl", GOOD))).isEqualTo(2);
        assertThat(said()).contains("there is no file", "none.jsonl").doesNotContain("\tat ");
        assertThat(run(tables, directory.resolve("gone.jsonl"))).isEqualTo(2);
        assertThat(said()).contains("gone.jsonl").doesNotContain("\tat ");
        assertThat(run(tables, directory)).isEqualTo(2);
        assertThat(said()).contains(directory.toString()).doesNotContain("\tat ");
    }

    @Test
    void emptyFilesAreNamed() throws IOException {
        assertThat(run(file("t.jsonl", "\n\n"), file("v.jsonl", GOOD))).isEqualTo(2);
        assertThat(said()).contains("t.jsonl describes no table");
        assertThat(run(tables(), file("w.jsonl", ""))).isEqualTo(2);
        assertThat(said()).contains("w.jsonl has no statement");
    }

    @Test
    void badLinesAreNumberedAndSpoilNoOther() throws IOException {
        Path vectors = file(
                "v.jsonl",
                "\uFEFF" + GOOD + "\r\n\n{\"id\": broken\n[1,2]\n{}\n"
                        + GOOD.replace("hcnt2\",\"op", "nowhere\",\"op") + "\n"
                        + "{\"table\":\"hcnt2\",\"sql\":\"select 1\"}\n" + GOOD + "\n");

        assertThat(run(tables(), vectors)).isEqualTo(2);

        assertThat(said())
                .contains("line 3: not JSON", "line 4: not a JSON object", "line 5: no \"sql\"")
                .contains("line 6: table \"nowhere\" is not in the file of tables", "line 7: no \"expect\"")
                .doesNotContain("\tat ", "line 1:", "line 2:", "line 8:");
        assertThat(Files.readString(directory.resolve("report.json")))
                .contains("\"exact\" : 2", "\"unknown\" : 1", "\"wrong\" : 0");
    }

    @Test
    void badDesignsSpoilTheirStatementsOnly() throws IOException {
        Path tables = file(
                "t.jsonl",
                "{\"name\":\"empty\"}\n"
                        + DESIGN.replace("TYPE", "4").replace("\"part\":", "\"parts\":") + "\n"
                        + DESIGN.replace("TYPE", "4")
                                .replace("\"t\"", "\"u\"")
                                .replace("{\"name", "{\"ddl\":\"create view (,\",\"name")
                        + "\n");

        Path vectors = file("v.jsonl", vector("u", "5", "p1") + "\n" + vector("t", "5", "p1") + "\n");

        assertThat(run(tables, vectors)).isEqualTo(2);
        assertThat(said())
                .contains(
                        "line 1: no columns",
                        "line 2: no partitions",
                        "line 2: table \"t\" is not in the file of tables");
        assertThat(Files.readString(directory.resolve("report.json"))).contains("\"exact\" : 1");
    }

    @Test
    void fieldsMayBeAbsentOrUnknownAndDatesInBothForms() throws IOException {
        Path tables = file(
                "t.jsonl",
                DESIGN.replace("TYPE", "4") + "\n"
                        + DESIGN.replace("TYPE", "19")
                                .replace("\"t\"", "\"classic\"")
                                .replace("\"d\",\"part_num", "\"to_days(d)\",\"part_num")
                        + "\n"
                        + DESIGN.replace("TYPE", "41")
                                .replace("\"t\"", "\"MYSQL\",\"surprise\":{\"a\":[null]}")
                                .replace("\"d\",\"part_num", "\"to_days(d)\",\"part_num")
                        + "\n");
        Path vectors = file(
                "v.jsonl",
                vector("t", "5", "p1") + "\n" + vector("T", "4", "p0") + "\n" + vector("classic", "'2024-01-15'", "p1")
                        + "\n" + vector("mysql", "'2024-01-15'", "p1") + "\n"
                        + vector("t", "?", "p1")
                                .replace("\"expect\"", "\"params\":[{\"type\":\"LONG\",\"value\":5}],\"expect\"")
                        + "\n");

        // The bytes of a parameter that are not given are not known: both partitions are possible.
        assertThat(run(tables, vectors)).isZero();
        assertThat(said()).isEmpty();
        assertThat(Files.readString(directory.resolve("report.json")))
                .contains("\"exact\" : 4", "\"unknown\" : 1", "\"wrong\" : 0");
    }

    @Test
    void strangeBytesOfParametersAreReported() throws IOException {
        Path vectors = file(
                "v.jsonl",
                GOOD.replace("= 3", "= ?")
                                .replace(
                                        "\"expect\"",
                                        "\"params\":[{\"type\":\"LONG\",\"value\":5,\"wire\":\"zz\"}],\"expect\"")
                        + "\n" + GOOD);

        assertThat(run(tables(), vectors)).isEqualTo(2);
        assertThat(said())
                .contains("line 1: the bytes of a parameter are no hexadecimal digits")
                .doesNotContain("\tat ");
    }

    private static String vector(String table, String value, String part) {
        return "{\"table\":\"" + table + "\",\"sql\":\"select rid from " + table + " where d = " + value
                + "\",\"expect\":{\"n\":1,\"of\":2,\"parts\":[\"" + part + "\"]}}";
    }

    private int run(Path tables, Path vectors) {
        errors.reset();
        return new CommandLine(new RouteCheckMain())
                .execute(
                        "--tables",
                        tables.toString(),
                        "--vectors",
                        vectors.toString(),
                        "--report",
                        directory.resolve("report.json").toString());
    }

    private String said() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Path tables() throws IOException {
        Path file = directory.resolve("tables.jsonl");
        try (InputStream packed = Objects.requireNonNull(RouteCheckTest.class.getResourceAsStream("tables.jsonl.gz"));
                InputStream plain = new GZIPInputStream(packed)) {
            Files.write(file, plain.readAllBytes());
        }
        return file;
    }
}
