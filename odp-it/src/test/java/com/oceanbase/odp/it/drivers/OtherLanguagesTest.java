package com.oceanbase.odp.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One smoke test each with drivers of other languages: PyMySQL, node's mysql2 and Go's driver. Skipped where language or
 * driver is not installed (the driver of Go: where it is not in the module cache), and never run by a build server. The
 * mariadb command line has {@link MariaDbCommandLineTest}.
 */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@DisabledIfEnvironmentVariable(named = "CI", matches = "true", disabledReason = "not on a build server")
class OtherLanguagesTest {
    private static final int MINUTES = 3;

    /** How a program ended, and all that it printed. */
    private record Outcome(int status, String output) {}

    @TempDir
    Path directory;

    private Outcome run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException notInstalled) {
            return new Outcome(-1, notInstalled.getMessage());
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private void copy(String resource, String name) throws IOException {
        try (InputStream in = OtherLanguagesTest.class.getResourceAsStream("/smoke/" + resource)) {
            assertThat(in).as(resource).isNotNull();
            Files.copy(in, directory.resolve(name));
        }
    }

    private void require(String what, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Outcome outcome = run(environment, List.of(command));
        assumeThat(outcome.status())
                .as("%s is not installed, skipped: %s", what, outcome.output())
                .isZero();
    }

    private String smoke(
            Environment environment, Map<String, String> variables, List<String> program, boolean joinedAddress)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.add(environment.user());
        if (joinedAddress) {
            command.add(environment.proxy().endpoint());
        } else {
            command.add(environment.proxy().host());
            command.add(Integer.toString(environment.proxy().port()));
        }
        command.add(environment.newDatabase());
        Outcome outcome = run(variables, command);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome.output();
    }

    @Test
    void python(Environment environment) throws IOException, InterruptedException {
        Map<String, String> utf8 = Map.of("PYTHONIOENCODING", "utf-8");
        require("PyMySQL", utf8, "python3", "-c", "import pymysql");
        copy("smoke.py", "smoke.py");
        assertThat(smoke(environment, utf8, List.of("python3", "smoke.py"), false)
                        .lines())
                .containsExactly("(('ä中', 6), (None, 6))", "(2,)", "1062");
    }

    @Test
    void node(Environment environment) throws IOException, InterruptedException {
        Outcome root = run(Map.of(), List.of("npm", "root", "-g"));
        assumeThat(root.status()).as("npm is not installed, skipped").isZero();
        // Warnings may stand before it.
        String folder = root.output().strip().lines().reduce("", (_, line) -> line);
        Map<String, String> globalModules = Map.of("NODE_PATH", folder);
        require("mysql2 of node", globalModules, "node", "-e", "require('mysql2')");
        copy("smoke.js", "smoke.js");
        assertThat(smoke(environment, globalModules, List.of("node", "smoke.js"), false)
                        .lines())
                .containsExactly("[{\"b\":\"ä中\",\"x\":6},{\"b\":null,\"x\":6}]", "1062");
    }

    @Test
    void go(Environment environment) throws IOException, InterruptedException {
        Map<String, String> offline = Map.of("GOPROXY", "off", "GOFLAGS", "-mod=mod", "GONOSUMDB", "*");
        copy("smoke.go", "main.go");
        copy("go.mod.txt", "go.mod");
        copy("go.sum.txt", "go.sum");
        require("Go with go-sql-driver/mysql", offline, "go", "build", "-o", "smoke", ".");
        String program = directory.resolve("smoke").toString();
        assertThat(smoke(environment, offline, List.of(program), true)).startsWith("ä中 6\nfalse\nError 1062 ");
    }
}
