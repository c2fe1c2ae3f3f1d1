package com.oceanbase.odp.testkit.original;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The compiled C++ obproxy before a test cluster, in the plain protocol. */
final class OriginalProxy implements AutoCloseable {

    private static final String OPTIONS = "enable_cluster_checkout=false,obproxy_sys_password=,observer_sys_password=,"
            + "skip_proxyro_check=true,enable_ob_protocol_v2=false,enable_compression_protocol=false,syslog_level=INFO";

    private final Process process;
    private final int port;
    private final String cluster;

    private OriginalProxy(Process process, int port, String cluster) {
        this.process = process;
        this.port = port;
        this.cluster = cluster;
    }

    /** The packed binary in the directory that ODP_ORIGINAL names. */
    static Optional<Path> packed() {
        String directory = System.getProperty("ODP_ORIGINAL", System.getenv().getOrDefault("ODP_ORIGINAL", ""));
        Path file = Path.of(directory, "obproxy.xz");
        return directory.isEmpty() || !Files.exists(file) ? Optional.empty() : Optional.of(file);
    }

    static OriginalProxy start(Path packed, TestCluster cluster, Path home) throws IOException, InterruptedException {
        Path binary = home.resolve("obproxy");
        Process unpack = new ProcessBuilder("xz", "-dc", packed.toString())
                .redirectOutput(binary.toFile())
                .start();
        if (unpack.waitFor() != 0 || !binary.toFile().setExecutable(true)) {
            throw new IOException("cannot unpack " + packed);
        }
        int port = freePort();
        Process process = new ProcessBuilder(List.of(
                        binary.toString(),
                        "-N",
                        "-p",
                        Integer.toString(port),
                        "-l",
                        Integer.toString(freePort()),
                        "-s",
                        Integer.toString(freePort()),
                        "-n",
                        "test",
                        "-c",
                        cluster.name(),
                        "-r",
                        cluster.rootServiceList(),
                        "-o",
                        OPTIONS))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
        OriginalProxy proxy = new OriginalProxy(process, port, cluster.name());
        proxy.awaitLogin(home);
        return proxy;
    }

    RawClient connect() throws IOException {
        return RawClient.open("127.0.0.1", port, Login.of("root@sys#" + cluster, ""));
    }

    private void awaitLogin(Path home) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
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
