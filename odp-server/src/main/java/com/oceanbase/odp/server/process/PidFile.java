package com.oceanbase.odp.server.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pid file of an instance. The running process holds a lock on it for as long as it lives, so that a file left by a
 * killed process is never mistaken for a running one, even if its pid has been given to another process. The owner itself
 * must not read the file: closing any descriptor of it would release the lock.
 *
 * @param path the file; first line the pid, second the address served (empty until the proxy serves), third the start
 */
public record PidFile(Path path) {

    /** A reader holds the lock for an instant while it looks; an owner-to-be therefore tries a few times. */
    private static final int ATTEMPTS = 10;

    private static final long PAUSE_NANOS = 10_000_000;

    /**
     * What a running process wrote.
     *
     * @param pid process id
     * @param address {@code host:port} that is served, empty while the process starts
     * @param started time of start
     */
    public record Entry(long pid, String address, Instant started) {}

    /** The lock that this process holds on the pid file; closing it removes the file. */
    public static final class Held implements AutoCloseable {
        private final Path path;
        private final FileChannel channel;
        private final Instant started = Instant.now();

        private Held(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        /** Writes pid, address and start time; an empty address says that the proxy does not serve yet. */
        public void write(String address) throws IOException {
            String text = ProcessHandle.current().pid() + "\n" + address + "\n" + started + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            channel.truncate(0);
            channel.position(0);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
            channel.close();
        }
    }

    /**
     * Takes the instance for this process.
     *
     * @return empty when another process has it
     */
    public Optional<Held> acquire() throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // A file that is gone by now was removed by its former owner: the lock would guard nothing.
            if (tryLock(channel) != null && Files.exists(path)) {
                var held = new Held(path, channel);
                held.write("");
                return Optional.of(held);
            }
            channel.close();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return Optional.empty();
    }

    /** What the file says now, without asking whether its writer still lives. */
    public Optional<Entry> peek() throws IOException {
        try {
            return parse(Files.readAllLines(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The process that holds the lock; empty when none runs. */
    public Optional<Entry> read() throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (tryLock(channel) != null) {
                return Optional.empty();
            }
        }
        return peek();
    }

    private static Optional<Entry> parse(List<String> lines) {
        if (lines.size() < 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Entry(Long.parseLong(lines.getFirst()), lines.get(1), Instant.parse(lines.get(2))));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
