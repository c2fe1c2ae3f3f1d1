package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.peer.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another commit of this repository, in a directory of its own. */
final class SourceTree {
    private static final long BUILD_MINUTES = 20;
    private static final long GIT_SECONDS = 60;

    private SourceTree() {}

    /**
     * Checks a commit out and builds it; the directory goes with the other temporary files. A directory with a source tree
     * is taken as it is.
     *
     * @throws IOException there is no such commit, or it does not build
     */
    static Path checkOut(Path tree, String ref, Children children) throws IOException, InterruptedException {
        if (Files.isExecutable(Path.of(ref, "odp"))) {
            return Path.of(ref);
        }
        Path directory = children.directory().resolve("base");
        List<String> git = List.of("git", "-C", tree.toString(), "worktree");
        run(children, "git", concat(git, List.of("add", "--detach", directory.toString(), ref)), GIT_SECONDS);
        children.register(() -> {
            Process remove =
                    new ProcessBuilder(concat(git, List.of("remove", "--force", directory.toString()))).start();
            remove.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
        });
        System.err.println("odp bench: building " + ref);
        run(
                children,
                "build",
                List.of(directory.resolve("odp").toString(), "version"),
                TimeUnit.MINUTES.toSeconds(BUILD_MINUTES));
        return directory;
    }

    private static List<String> concat(List<String> head, List<String> tail) {
        return Stream.concat(head.stream(), tail.stream()).toList();
    }

    private static void run(Children children, String name, List<String> command, long seconds)
            throws IOException, InterruptedException {
        Process process = children.start(name, "", command, Map.of());
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: "
                    + children.output(name).strip());
        }
    }
}
