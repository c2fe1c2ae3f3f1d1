package com.oceanbase.odp.proxy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers forbid io_uring, or let their processes lock little memory: then the proxy serves clients all the same. Each
 * case is a process of its own with a seccomp filter or a limit, set by Python.
 */
class TransportFallbackTest {
    private static final int EPERM = 1;
    private static final int SECONDS = 60;

    @TempDir
    private Path directory;

    @BeforeEach
    void needsPython() throws Exception {
        assumeThat(Epoll.isAvailable()).isTrue();
        assumeThat(List.of("/usr/bin/python3", "/usr/local/bin/python3"))
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
    }

    /**
     * All calls of io_uring, io_uring_setup alone, io_uring_register alone (numbers of all architectures) fail with EPERM or
     * ENOSYS.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"1 425,426,427", "38 425", "1 427"})
    void epollServesWhereCallsOfIoUringAreForbidden(int error, String calls) throws Exception {
        assertServes("epoll", run(error, calls, "-"));
    }

    @Test
    void epollServesWhereNoMemoryMayBeLocked() throws Exception {
        assertServes("epoll", run(EPERM, "-", "0"));
    }

    /** Enough for none, one or both of the event loops: whatever is chosen works. */
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 160})
    void someTransportServesWhereLittleMemoryMayBeLocked(int kilobytes) throws Exception {
        List<String> lines = run(EPERM, "-", Integer.toString(kilobytes << 10));
        assertThat(lines).isNotEmpty();
        assertServes(lines.getFirst(), lines);
    }

    private static void assertServes(String transport, List<String> lines) {
        List<String> expected = new ArrayList<>(List.of(transport));
        for (int i = 0; i < EchoMain.CONNECTIONS; i++) {
            expected.add(EchoMain.ECHOED);
        }
        assertThat(lines).isEqualTo(expected);
    }

    private List<String> run(int error, String calls, String memlock) throws IOException, InterruptedException {
        Path script = directory.resolve("restricted.py");
        try (InputStream in = getClass().getResourceAsStream("restricted.py")) {
            assertThat(in).isNotNull();
            Files.write(script, in.readAllBytes());
        }
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        "python3",
                        script.toString(),
                        Integer.toString(error),
                        calls,
                        memlock,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoMain.class.getName())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                .filter(line -> line.matches("[a-z_]+"))
                .toList();
    }
}
