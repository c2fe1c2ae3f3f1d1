package com.oceanbase.odp.testkit.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The unpacked kernel in a cache directory of the user, fetched at first use from the Python package index.
 *
 * <p>The package {@code pylibseekdb} carries a stand-alone server binary; Python itself is needed for the download only.
 * Several processes may ask at the same time: a file lock lets one of them fetch, and the directory appears complete or
 * not at all.
 *
 * @param home directory with {@code pylibseekdb/} and {@code pylibseekdb.libs/}
 */
public record KernelDistribution(Path home) {

    /** The version that the test cluster was made for. */
    public static final String VERSION = "1.3.0.post5";

    /** Environment variable or system property with the directory of an already unpacked kernel. */
    public static final String HOME_PROPERTY = "ODP_KERNEL_HOME";

    private static final String PACKAGE = "pylibseekdb";
    private static final int DOWNLOAD_MINUTES = 15;

    /**
     * Finds the kernel, fetching it if this user never did.
     *
     * @throws IllegalStateException with one line that says what is missing
     */
    public static KernelDistribution locate() {
        String given = System.getProperty(HOME_PROPERTY, System.getenv().getOrDefault(HOME_PROPERTY, ""));
        if (!given.isEmpty()) {
            KernelDistribution distribution = new KernelDistribution(Path.of(given));
            if (!Files.isExecutable(distribution.binary())) {
                throw new IllegalStateException(HOME_PROPERTY + "=" + given + " holds no " + PACKAGE + "/seekdb");
            }
            return distribution;
        }
        return locate(cacheDirectory());
    }

    static KernelDistribution locate(Path cache) {
        KernelDistribution distribution = new KernelDistribution(cache.resolve("kernel-" + VERSION));
        if (Files.isExecutable(distribution.binary())) {
            return distribution;
        }
        try {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("kernel.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.isExecutable(distribution.binary())) {
                    fetch(cache, distribution.home);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot prepare the kernel in " + cache + ": " + e.getMessage(), e);
        }
        return distribution;
    }

    /** {@code $XDG_CACHE_HOME/odp}, or {@code ~/.cache/odp}. */
    static Path cacheDirectory() {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("odp");
    }

    /** The server's executable. */
    public Path binary() {
        return home.resolve(PACKAGE).resolve("seekdb");
    }

    /** The value of {@code LD_LIBRARY_PATH} which the server needs. */
    public String libraryPath() {
        return home.resolve(PACKAGE) + ":" + home.resolve(PACKAGE + ".libs");
    }

    private static void fetch(Path cache, Path target) throws IOException {
        requireSupportedMachine();
        Path work = Files.createTempDirectory(cache, "fetch-");
        try {
            download(work);
            Path unpacked = Files.createDirectory(work.resolve("unpacked"));
            unzip(wheelIn(work), unpacked);
            if (!Files.isExecutable(unpacked.resolve(PACKAGE).resolve("seekdb"))) {
                throw new IllegalStateException("the package " + PACKAGE + " " + VERSION + " holds no seekdb binary");
            }
            if (Files.exists(target)) {
                deleteTree(target);
            }
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(work);
        }
    }

    private static void requireSupportedMachine() {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        if (!os.equals("Linux") || !(arch.equals("amd64") || arch.equals("x86_64"))) {
            throw new IllegalStateException("the kernel runs on Linux x86-64 only, this is " + os + " " + arch);
        }
    }

    private static void download(Path work) throws IOException {
        List<String> command = List.of(
                "python3",
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--python-version",
                "3.11",
                "--only-binary=:all:",
                "-d",
                work.toString(),
                PACKAGE + "==" + VERSION);
        Path log = work.resolve("pip.log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("python3 is needed to fetch the kernel: " + e.getMessage(), e);
        }
        try {
            if (!process.waitFor(DOWNLOAD_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("the kernel's download took over " + DOWNLOAD_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fetching the kernel", e);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(explain(Files.readString(log, StandardCharsets.UTF_8)));
        }
    }

    /** One line out of what pip printed. */
    static String explain(String pipOutput) {
        if (pipOutput.contains("No module named pip")) {
            return "python3 has no pip: install it (Debian: apt-get install python3-pip) to fetch the kernel";
        }
        String last = pipOutput
                .lines()
                .filter(line -> line.contains("ERROR"))
                .reduce((_, later) -> later)
                .orElse(pipOutput.strip());
        return "cannot download " + PACKAGE + " " + VERSION + " (network or package index?): " + last;
    }

    private static Path wheelIn(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("pip downloaded no wheel of " + PACKAGE));
        }
    }

    private static void unzip(Path archive, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("entry leaves the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Path parent = file.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.copy(zip, file);
                if (file.endsWith(Path.of(PACKAGE, "seekdb")) || file.toString().contains(".so")) {
                    if (!file.toFile().setExecutable(true, false)) {
                        throw new IOException("cannot make executable: " + file);
                    }
                }
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
