package com.oceanbase.odp.it.mysqlmode;

import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An installed MariaDB server with data of its own, both gone after {@link #close()}. Account: test, password test. */
public final class MariaDb implements AutoCloseable {
    public static final String USER = "test";
    public static final String PASSWORD = "test pw";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private final Process process;

    private MariaDb(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Whether the machine has a MariaDB server. */
    public static boolean isInstalled() {
        return program("mariadbd").isPresent() && program("mariadb-install-db").isPresent();
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")),
                        Stream.of("/usr/sbin", "/usr/bin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Makes a data directory, starts the server and waits until it lets the test account in. */
    public static MariaDb start() throws IOException {
        Path directory = Files.createTempDirectory("odp-it-mariadb-");
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        run(
                log,
                program("mariadb-install-db").orElseThrow().toString(),
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--datadir=" + data,
                "--user=" + System.getProperty("user.name"));
        Path setup = Files.writeString(
                directory.resolve("setup.sql"),
                "create database it character set utf8mb4;\ncreate user test@'%' identified by '" + PASSWORD
                        + "';\ngrant all on *.* to test@'%';\ncreate user other@'%' identified by 'other pw';\n"
                        + "grant select on it.* to other@'%';\n");
        int port = freePort();
        Process process = new ProcessBuilder(List.of(
                        program("mariadbd").orElseThrow().toString(),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--socket=" + directory.resolve("socket"),
                        "--pid-file=" + directory.resolve("pid"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--user=" + System.getProperty("user.name"),
                        "--init-file=" + setup,
                        "--max-allowed-packet=1G",
                        "--innodb-buffer-pool-size=64M",
                        "--innodb-log-file-size=512M",
                        "--innodb-flush-log-at-trx-commit=0",
                        "--skip-name-resolve",
                        "--local-infile=1"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        MariaDb server = new MariaDb(directory, port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "mariadb-shutdown"));
        await("start of MariaDB, log in " + log)
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(server::answers);
        return server;
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("MariaDB ended with status " + process.exitValue());
        }
        try (RawClient client = RawClient.connect("127.0.0.1", port, 5_000)) {
            return client.login(Login.of(USER, PASSWORD)).isOk();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void run(Path log, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command[0] + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** {@code host:port}. */
    public String endpoint() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(MariaDb::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
