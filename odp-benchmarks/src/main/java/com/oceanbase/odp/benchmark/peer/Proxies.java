package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.testkit.original.OriginalProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts what is measured: ODP of a source tree, the TCP relay, and the compiled C++ obproxy. */
public final class Proxies {
    private static final String LOCAL = "127.0.0.1";
    private static final int START_SECONDS = 60;
    private static final int INSTALL_MINUTES = 3;
    private static final List<Path> RELAYS =
            List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"), Path.of("/usr/bin/haproxy"));

    private Proxies() {}

    /**
     * ODP of a source tree, by that tree's launcher: with the JVM options that it ships.
     *
     * @param name name of the target
     * @param tree root of the source tree, built or not
     * @param options of the JVM ({@code -X}, {@code -D}) or of {@code odp start}, separated by blanks
     */
    public static Target odp(String name, Path tree, String options, Backend backend, Children children, Cpus cpus)
            throws IOException, InterruptedException {
        int port = Backend.freePort();
        Path home = Files.createDirectories(children.directory().resolve("home-" + name + "-" + port));
        String user = "root@" + Backend.TENANT + "#" + Backend.CLUSTER;
        Map<Boolean, List<String>> forJvm = options.isBlank()
                ? Map.of(true, List.of(), false, List.of())
                : Arrays.stream(options.strip().split(" +"))
                        .collect(Collectors.partitioningBy(option -> option.matches("-[XD].+")));
        List<String> command = StartCommand.of(
                tree.resolve("odp"),
                port,
                home,
                backend,
                Objects.requireNonNull(forJvm.get(false)).toArray(String[]::new));
        String jvmOptions = shippedOptions(tree) + " " + String.join(" ", forJvm.get(true));
        Process process = children.start(name, cpus.proxy(), command, Map.of("ODP_JAVA_OPTS", jvmOptions));
        new Readiness(children, name, process).awaitLogin(LOCAL, port, START_SECONDS, user);
        JvmProbe probe = JvmProbe.attach(process.pid());
        children.register(probe);
        return new Target(name, LOCAL, port, user, process.pid(), probe);
    }

    /** The options that the installed service runs with. */
    private static String shippedOptions(Path tree) {
        String shipped = "";
        try (Stream<String> lines = Files.lines(tree.resolve("odp-server/src/dist/conf/odp.env"))) {
            shipped = lines.filter(line -> line.startsWith("ODP_JAVA_OPTS="))
                    .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shipped;
    }

    /** HAProxy in TCP mode; empty, with a notice, when it is not installed and cannot be. */
    public static Optional<Target> relay(Backend backend, Children children, Cpus cpus)
            throws IOException, InterruptedException {
        Optional<Path> binary = RELAYS.stream().filter(Files::isExecutable).findFirst();
        if (binary.isEmpty() && install(children)) {
            binary = RELAYS.stream().filter(Files::isExecutable).findFirst();
        }
        if (binary.isEmpty()) {
            System.err.println("odp bench: no HAProxy (package haproxy): measured without a relay");
            return Optional.empty();
        }
        int port = Backend.freePort();
        Path configuration = children.directory().resolve("haproxy-" + port + ".cfg");
        Files.writeString(configuration, configuration(backend, port, Math.max(1, cpus.proxyCount())));
        Process process = children.start(
                Target.RELAY,
                cpus.proxy(),
                List.of(binary.get().toString(), "-db", "-f", configuration.toString()),
                Map.of());
        new Readiness(children, Target.RELAY, process).awaitGreeting(LOCAL, port, START_SECONDS);
        return Optional.of(new Target(Target.RELAY, LOCAL, port, "root@" + Backend.TENANT, process.pid(), null));
    }

    private static String configuration(Backend backend, int port, int threads) {
        List<String> lines = new ArrayList<>(List.of(
                "global",
                "  nbthread " + threads,
                "defaults",
                "  mode tcp",
                "  timeout connect 5s",
                "  timeout client 1h",
                "  timeout server 1h",
                "listen relay",
                "  bind " + LOCAL + ":" + port,
                "  balance roundrobin"));
        for (int i = 0; i < backend.hosts().size(); i++) {
            lines.add("  server s" + i + " " + backend.hosts().get(i) + ":" + backend.port());
        }
        return String.join("\n", lines) + "\n";
    }

    private static boolean install(Children children) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return false;
        }
        System.err.println("odp bench: installing the package haproxy");
        Process process = children.start(
                "apt",
                "",
                List.of("apt-get", "install", "-y", "--no-install-recommends", "haproxy"),
                Map.of("DEBIAN_FRONTEND", "noninteractive"));
        return process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
    }

    /**
     * The compiled C++ obproxy, with as many worker threads as it has processors.
     *
     * @param packed its executable, packed with xz
     * @param settings further settings {@code name=value,...}, empty for none
     */
    public static Target original(Path packed, String settings, Backend backend, Children children, Cpus cpus)
            throws IOException, InterruptedException {
        int port = Backend.freePort();
        Path home = Files.createDirectories(children.directory().resolve("home-" + Target.ORIGINAL + "-" + port));
        Path binary = OriginalProxy.unpack(packed, home);
        String threads =
                cpus.proxyCount() == 0 ? "" : ",automatic_match_work_thread=false,work_thread_num=" + cpus.proxyCount();
        String all = OriginalProxy.SETTINGS + threads + (settings.isEmpty() ? "" : "," + settings);
        // It keeps all files in the directory where it is started.
        List<String> command = new ArrayList<>(List.of("env", "--chdir=" + home));
        command.addAll(OriginalProxy.command(binary, port, Backend.CLUSTER, backend.addresses(";"), all));
        String user = "root@" + Backend.TENANT + "#" + Backend.CLUSTER;
        Process process = children.start(Target.ORIGINAL, cpus.proxy(), command, Map.of());
        new Readiness(children, Target.ORIGINAL, process).awaitLogin(LOCAL, port, START_SECONDS, user);
        return new Target(Target.ORIGINAL, LOCAL, port, user, process.pid(), null);
    }

    /** A target given as {@code name=host:port:pid} or {@code name=host:port:pid:user}. */
    public static Target peer(String text) {
        int equals = text.indexOf('=');
        String[] parts = text.substring(equals + 1).split(":", 4);
        if (equals < 1 || parts.length < 3) {
            throw new IllegalArgumentException("a peer is name=host:port:pid or name=host:port:pid:user, not " + text);
        }
        String user = parts.length > 3 ? parts[3] : "root@" + Backend.TENANT + "#" + Backend.CLUSTER;
        return new Target(
                text.substring(0, equals), parts[0], Integer.parseInt(parts[1]), user, Long.parseLong(parts[2]), null);
    }
}
