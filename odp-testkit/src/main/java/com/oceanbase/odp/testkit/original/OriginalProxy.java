package com.oceanbase.odp.testkit.original;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The compiled C++ obproxy before a test cluster, in the plain protocol. The cluster must tell session variables as numbers:
 * the original understands few of the kernel's words.
 */
public final class OriginalProxy implements AutoCloseable {
    /** Without passwords and look-ups elsewhere, and without what the test cluster's nodes do not speak. */
    public static final String SETTINGS = "enable_cluster_checkout=false,obproxy_sys_password=,observer_sys_password=,"
            + "skip_proxyro_check=true,enable_ob_protocol_v2=false,enable_compression_protocol=false";

    private static final String HOST = "127.0.0.1";
    private static final int START_SECONDS = 30;

    private final Process process;
    private final int port;
    private final String cluster;

    private OriginalProxy(Process process, int port, String cluster) {
        this.process = process;
        this.port = port;
        this.cluster = cluster;
    }

    /** The packed executable, {@code obproxy.xz} in the directory that ODP_ORIGINAL names. */
    public static Optional<Path> packed() {
        String directory = System.getProperty("ODP_ORIGINAL", System.getenv().getOrDefault("ODP_ORIGINAL", ""));
        Path file = Path.of(directory, "obproxy.xz");
        return directory.isEmpty() || !Files.exists(file) ? Optional.empty() : Optional.of(file);
    }

    /** Unpacks the executable into a directory. */
    public static Path unpack(Path packed, Path directory) throws IOException, InterruptedException {
        Path binary = directory.resolve("obproxy");
        Process unpack = new ProcessBuilder("xz", "-dc", packed.toString())
                .redirectOutput(binary.toFile())
                .start();
        if (unpack.waitFor() != 0 || !binary.toFile().setExecutable(true)) {
            throw new IOException("cannot unpack " + packed);
        }
        return binary;
    }

    /**
     * The command line; the process must be started in the directory in which it shall keep its files.
     *
     * @param port where it listens for clients; it takes two more free ports
     * @param cluster name of the cluster
     * @param rsList {@code host:port} of its servers, separated by semicolons
     * @param settings {@code name=value}, separated by commas
     */
    public static List<String> command(Path binary, int port, String cluster, String rsList, String settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "-N", "-n", "test"));
        command.addAll(List.of("-p", Integer.toString(port)));
        command.addAll(List.of("-l", Integer.toString(freePort())));
        command.addAll(List.of("-s", Integer.toString(freePort())));
        command.addAll(List.of("-c", cluster, "-r", rsList, "-o", settings));
        return command;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param packed the packed executable
     * @param home an empty directory for its files
     */
    public static OriginalProxy start(Path packed, TestCluster cluster, Path home)
            throws IOException, InterruptedException {
        Path binary = unpack(packed, home);
        int port = freePort();
        Process process = new ProcessBuilder(command(
                        binary, port, cluster.name(), cluster.rootServiceList(), SETTINGS + ",syslog_level=INFO"))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
        OriginalProxy proxy = new OriginalProxy(process, port, cluster.name());
        proxy.awaitLogin(home);
        return proxy;
    }

    /** A client of it, logged in as the administrator. */
    public RawClient connect() throws IOException {
        return connect(Login.of("root@sys#" + cluster, ""));
    }

    /** A client of it. */
    public RawClient connect(Login login) throws IOException {
        return RawClient.open(HOST, port, login);
    }

    private void awaitLogin(Path home) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (RawClient client = connect()) {
                if (!client.query("select 1").isError()) {
                    return;
                }
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline || process.waitFor(200, TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new IOException(
                            "the original does not serve: " + Files.readString(home.resolve("output")), notYet);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
