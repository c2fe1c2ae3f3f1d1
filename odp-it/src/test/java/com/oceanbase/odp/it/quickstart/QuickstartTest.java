package com.oceanbase.odp.it.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a newcomer runs holds what it promises, and leaves nothing behind. */
@Tag("kernel")
class QuickstartTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private final int port = freePort();
    private final int nodePort = freePort();

    private Process start(Path temporary, Path output, String... options) throws IOException {
        Files.createDirectories(temporary);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                QuickstartMain.class.getName(),
                "--port",
                String.valueOf(port),
                "--node-port",
                String.valueOf(nodePort)));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertNothingIsLeft(Path temporary, List<ProcessHandle> children) throws IOException {
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        for (int used : new int[] {port, nodePort}) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), used));
            }
        }
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata")))
                    .isEmpty();
        }
    }

    @Test
    void onceEndsWithZeroWhenEveryCheckHeld() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path temporary = folder.resolve("tmp");
        Process process = start(temporary, output, "--once");
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("output:%n%s", Files.readString(output))
                .isZero();
        assertThat(output).content().contains("every check held");
        assertNothingIsLeft(temporary, List.of());
    }

    @Test
    void anInterruptLeavesNothingBehind() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path temporary = folder.resolve("tmp");
        Process process = start(temporary, output);
        await().atMost(LIMIT).until(() -> Files.readString(output).contains("mysql -h") || !process.isAlive());
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).as("output:%n%s", Files.readString(output)).isNotEmpty();
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft(temporary, children);
    }
}
