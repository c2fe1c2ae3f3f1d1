package com.oceanbase.odp.server.process;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The same JVM and class path once more, apart from this terminal. It takes the pid file itself and tells through it
 * when it serves.
 */
public final class BackgroundProcess {
    /** Set in the child: no console output, all goes to the log files. */
    public static final String MARK = "odp.background";

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private static final long POLL_MILLIS = 50;

    private final HomeDirectory home;
    private final Process process;

    private BackgroundProcess(HomeDirectory home, Process process) {
        this.home = home;
        this.process = process;
    }

    /** Whether this JVM is such a child. */
    public static boolean isThisProcess() {
        return Boolean.getBoolean(MARK);
    }

    /**
     * Starts the child.
     *
     * @param home exists; gets the child's console output
     * @param mainClass its main class
     * @param arguments of the main class
     */
    public static BackgroundProcess start(HomeDirectory home, Class<?> mainClass, List<String> arguments)
            throws IOException {
        var command = new ArrayList<String>();
        // A session of its own: the end of this terminal does not reach the child.
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> command.add(setsid.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-D" + MARK + "=true");
        command.add("-cp");
        command.add(absoluteClassPath());
        command.add(mainClass.getName());
        command.addAll(arguments);
        File console = home.consoleFile().toFile();
        Process process = new ProcessBuilder(command)
                .directory(home.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(console)
                .redirectErrorStream(true)
                .start();
        return new BackgroundProcess(home, process);
    }

    /** The child works in its home directory, where relative entries would mean something else. */
    private static String absoluteClassPath() {
        var entries = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    /**
     * Waits until the child serves or has ended.
     *
     * @return what it serves; empty when it ended, see {@link #exitCode} and {@link #console}
     */
    public Optional<PidFile.Entry> awaitServing() throws IOException, InterruptedException {
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<PidFile.Entry> entry = home.pidFile().peek();
            if (entry.isPresent()
                    && entry.get().pid() == process.pid()
                    && !entry.get().address().isEmpty()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /** Exit code of the ended child. */
    public int exitCode() {
        return process.exitValue();
    }

    /** What the child printed. */
    public String console() throws IOException {
        return Files.readString(home.consoleFile()).strip();
    }
}
