package com.oceanbase.odp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, second start, status, restart and stop of real processes. */
class LifecycleTest {
    @TempDir
    private Path home;

    private int port;

    private record Result(int code, String output) {}

    @BeforeEach
    void chooseFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        odp("stop", "--home", home.toString());
    }

    private Result odp(String... arguments) throws Exception {
        return odp(Map.of(), arguments);
    }

    private Result odp(Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ObProxyMain.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Result start() throws Exception {
        return odp("start", "--home", home.toString(), "-p", "" + port, "-o", "local_bound_ip=127.0.0.1");
    }

    private String pid() throws IOException {
        return Files.readAllLines(home.resolve("run/obproxy.pid")).getFirst();
    }

    @Test
    void runsInTheBackgroundFromStartToStop() throws Exception {
        assertThat(start())
                .matches(r -> r.code() == 0, "started")
                .satisfies(r -> assertThat(r.output()).contains("ODP serves 127.0.0.1:" + port));
        try (Socket socket = new Socket("127.0.0.1", port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        String first = pid();
        assertThat(odp("status", "--home", home.toString()))
                .matches(r -> r.code() == 0 && r.output().contains("pid " + first));

        assertThat(start()).matches(r -> r.code() == 1 && r.output().contains("already running"));

        Result restarted = odp("restart", "--home", home.toString());
        assertThat(restarted.output()).contains("ODP stopped, pid " + first, "ODP serves 127.0.0.1:" + port);
        assertThat(restarted.code()).isZero();
        assertThat(pid()).isNotEqualTo(first);

        assertThat(odp("stop", "--home", home.toString()))
                .matches(r -> r.code() == 0 && r.output().contains("ODP stopped"));
        assertThat(odp("status", "--home", home.toString()).code()).isEqualTo(3);
        assertThat(home.resolve("run/obproxy.pid")).doesNotExist();
        assertThat(home.resolve("log/obproxy.log")).content().contains("stopped");
        assertThat(home.resolve("etc")).isDirectory();
    }

    @Test
    void reportsABusyPortInOneLine() throws Exception {
        try (ServerSocket busy = new ServerSocket()) {
            busy.bind(new java.net.InetSocketAddress("127.0.0.1", port));
            Result background = start();
            assertThat(background.code()).isEqualTo(1);
            assertThat(background.output()).contains("odp: ", String.valueOf(port));
            assertThat(background.output().strip().lines()).hasSize(1);
        }
        assertThat(home.resolve("run/obproxy.pid")).doesNotExist();
    }

    @Test
    void isNotMisledByThePidFileOfAKilledProcess() throws Exception {
        assertThat(start().code()).isZero();
        ProcessHandle killed = ProcessHandle.of(Long.parseLong(pid())).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().join();

        assertThat(home.resolve("run/obproxy.pid")).exists();
        assertThat(odp("status", "--home", home.toString()).code()).isEqualTo(3);
        assertThat(start().code()).isZero();
    }

    @Test
    void findsTheOnlyInstanceOfTheUser() throws Exception {
        var environment = Map.of("XDG_STATE_HOME", home.toString());
        assertThat(odp(environment, "-p" + port, "-o", "local_bound_ip=127.0.0.1")
                        .code())
                .isZero();
        assertThat(odp(environment, "status").output())
                .contains("home " + home.resolve("odp-" + port).toString());
        assertThat(odp(environment, "stop").output()).contains("ODP stopped");
        assertThat(odp(environment, "stop").output()).contains("not running");
    }

    @Test
    void endsInTheForegroundWithSuccessOnSigterm() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ObProxyMain.class.getName(),
                        "-N",
                        "--home=" + home,
                        "-p" + port)
                .redirectErrorStream(true)
                .start();
        var lines = process.inputReader().lines().iterator();
        String line = lines.next();
        while (!line.contains("ODP serves")) {
            line = lines.next();
        }
        process.destroy();

        assertThat(process.waitFor()).isZero();
    }
}
