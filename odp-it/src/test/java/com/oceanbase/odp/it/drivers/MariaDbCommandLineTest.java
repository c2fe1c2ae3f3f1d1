package com.oceanbase.odp.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The mariadb command-line client, where it is installed. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class MariaDbCommandLineTest {
    private static final Path PROGRAM = Path.of("/usr/bin/mariadb");

    private static String run(Environment environment, List<String> options, String script)
            throws IOException, InterruptedException {
        assumeThat(Files.isExecutable(PROGRAM)).as("%s is installed", PROGRAM).isTrue();
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "--no-defaults",
                "-h" + environment.proxy().host(),
                "-P" + environment.proxy().port(),
                "-u" + environment.user(),
                "--batch",
                "--skip-column-names"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void runsAScript(Environment environment) throws IOException, InterruptedException {
        String database = environment.newDatabase();
        String script = "use " + database
                + ";\ncreate table c(a int, b varchar(20));\ninsert into c values(1, 'ä'), (2, null);\n"
                + "select * from c order by a;\nset @x = 5;\nselect @x + 1;\nstatus\n";
        assertThat(run(environment, List.of(), script))
                .contains("1\tä\n2\tNULL\n")
                .contains("6\n")
                .contains("Current database:\t" + database);
    }

    @Test
    void compresses(Environment environment) throws IOException, InterruptedException {
        assertThat(run(environment, List.of("--compress"), "select repeat('c', 100000);select 'end';"))
                .isEqualTo("c".repeat(100_000) + "\nend\n");
    }

    @Test
    void completesNames(Environment environment) throws IOException, InterruptedException {
        String database = environment.newDatabase();
        environment.cluster().sql(database, "create table named(a int)");
        // Asks for the columns of all tables by COM_FIELD_LIST.
        assertThat(run(environment, List.of("--auto-rehash", database), "select 1;"))
                .contains("1\n");
    }

    @Test
    void showsErrors(Environment environment) throws IOException, InterruptedException {
        assertThat(run(environment, List.of(), "selec")).contains("ERROR 1064 (42000) at line 1: You have an error");
        assertThat(run(environment, List.of("-pwrong"), "select 1")).contains("ERROR 1045 (");
    }
}
