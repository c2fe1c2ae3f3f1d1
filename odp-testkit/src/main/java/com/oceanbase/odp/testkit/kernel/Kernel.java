package com.oceanbase.odp.testkit.kernel;

import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A running kernel: one server process with its own data directory, both gone after {@link #close()}.
 *
 * <p>When the process dies by itself it is started again on the same port and data, {@link #crashes()} grows and the end
 * of its log is kept in {@link #lastCrash()}. Thread safe.
 */
public final class Kernel implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Kernel.class.getName());
    private static final int LOG_EXCERPT_BYTES = 4096;
    private static final int MAX_CRASHES = 5;

    /**
     * Runs the kernel under a shell which ends it and deletes its data as soon as the shell's input ends: at the latest
     * when this JVM does, even if it was killed.
     */
    private static final String GUARD = """
            exec 3<&0
            "$@" </dev/null 3<&- & kernel=$!
            (read _ <&3; trap '' TERM; kill -9 $kernel 2>/dev/null; rm -rf "$ODP_KERNEL_DATA") & guard=$!
            wait $kernel; status=$?
            kill $guard 2>/dev/null; wait $guard 2>/dev/null
            exit $status
            """;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final KernelDistribution distribution;
    private final KernelOptions options;
    private final Path data;
    private final int port;
    private final Thread shutdownHook = new Thread(this::destroyQuietly, "kernel-shutdown");
    private Process process;
    private boolean closed;
    private volatile int crashes;
    private volatile @Nullable String lastCrash;

    private Kernel(KernelDistribution distribution, KernelOptions options) throws IOException {
        this.distribution = distribution;
        this.options = options;
        this.port = options.port() == 0 ? freePort() : options.port();
        Files.createDirectories(options.directory());
        this.data = Files.createTempDirectory(options.directory(), "odp-kernel-");
        this.process = launch();
    }

    /**
     * Starts a kernel and waits until it answers a query.
     *
     * @throws IllegalStateException if it does not start, with the end of its log
     */
    public static Kernel start(KernelDistribution distribution, KernelOptions options) {
        if (options.port() != 0) {
            requireFree(options.port());
        }
        Kernel kernel;
        try {
            kernel = new Kernel(distribution, options);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start the kernel: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(kernel.shutdownHook);
        boolean started = false;
        try {
            kernel.awaitAnswer();
            kernel.watch();
            started = true;
            return kernel;
        } finally {
            if (!started) {
                kernel.close();
            }
        }
    }

    /** The MySQL port on 127.0.0.1; user root has no password. */
    public int port() {
        return port;
    }

    /** The process id of the server itself. */
    public long pid() {
        Process shell;
        synchronized (this) {
            shell = process;
        }
        return shell.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("seekdb"))
                .findFirst()
                .map(ProcessHandle::pid)
                .orElseThrow(() -> new IllegalStateException("the kernel is not running"));
    }

    public String clusterName() {
        return options.clusterName();
    }

    /** How often the process died by itself. */
    public int crashes() {
        return crashes;
    }

    /** What the log said at the last crash, null without one. */
    public @Nullable String lastCrash() {
        return lastCrash;
    }

    /** The last lines of the kernel's output and log, for diagnosis. */
    public String logExcerpt() {
        return "output: " + tail(data.resolve("output")) + "\nlog: " + tail(data.resolve("log/seekdb.log"));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        destroyQuietly();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            LOG.log(Level.DEBUG, "the virtual machine is shutting down", shuttingDown);
        }
    }

    private void destroyQuietly() {
        Process running;
        synchronized (this) {
            closed = true;
            running = process;
        }
        try {
            running.getOutputStream().close();
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
            KernelDistribution.deleteTree(data);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot delete the kernel's data in " + data, e);
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                GUARD,
                "kernel",
                distribution.binary().toString(),
                "--nodaemon",
                "-P",
                Integer.toString(port),
                "--base-dir=" + data,
                "--parameter",
                "cluster=" + options.clusterName()));
        for (String parameter : options.parameters()) {
            command.add("--parameter");
            command.add(parameter);
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(data.toFile());
        builder.environment().put("LD_LIBRARY_PATH", distribution.libraryPath());
        builder.environment().put("ODP_KERNEL_DATA", data.toString());
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.resolve("output").toFile()));
        return builder.start();
    }

    private void awaitAnswer() {
        Instant limit = Instant.now().plus(options.startLimit());
        String last = "no try";
        while (Instant.now().isBefore(limit)) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the kernel ended with status " + process.exitValue() + ". " + logExcerpt());
            }
            try (RawClient client = RawClient.connect("127.0.0.1", port, 5_000)) {
                if (client.login(RawClient.Login.of("root", "")).isOk()
                        && !client.query("select 1").isError()) {
                    return;
                }
            } catch (IOException notYet) {
                last = String.valueOf(notYet.getMessage());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException(
                "the kernel does not answer on port " + port + ": " + last + ". " + logExcerpt());
    }

    private void watch() {
        Thread.ofVirtual().name("kernel-watch-" + port).start(() -> {
            while (watchOnce()) {
                LOG.log(Level.INFO, "kernel on port {0} was restarted", port);
            }
        });
    }

    /** Waits for the process to end; true if it crashed and answers again. */
    private boolean watchOnce() {
        Process watched;
        synchronized (this) {
            watched = process;
        }
        watched.onExit().join();
        synchronized (this) {
            if (closed) {
                return false;
            }
            crashes++;
            lastCrash = "status " + watched.exitValue() + ". " + logExcerpt();
            LOG.log(Level.WARNING, "the kernel on port " + port + " crashed: " + lastCrash);
            if (crashes > MAX_CRASHES) {
                return false;
            }
            try {
                process = launch();
            } catch (IOException e) {
                LOG.log(Level.ERROR, "cannot restart the kernel", e);
                return false;
            }
        }
        try {
            awaitAnswer();
        } catch (IllegalStateException e) {
            LOG.log(Level.ERROR, "the restarted kernel does not answer", e);
            return true;
        }
        return true;
    }

    private static String tail(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - LOG_EXCERPT_BYTES));
            byte[] bytes = new byte[(int) (in.length() - in.getFilePointer())];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(" + e.getMessage() + ")";
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException("port " + port + " of the kernel is in use: " + e.getMessage(), e);
        }
    }
}
