package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits until a process serves. */
public final class Readiness {
    private static final int POLL_MILLIS = 20;
    private static final int ANSWER_MILLIS = 5_000;

    private final Children children;
    private final String name;
    private final Process process;

    /**
     * @param name of the process, by which its output is found
     */
    public Readiness(Children children, String name, Process process) {
        this.children = children;
        this.name = name;
        this.process = process;
    }

    /** Waits for a server's greeting. */
    public void awaitGreeting(String host, int port, int seconds) throws IOException, InterruptedException {
        await(host, port, seconds, null);
    }

    /** Waits until this user can log in. */
    public void awaitLogin(String host, int port, int seconds, String user) throws IOException, InterruptedException {
        await(host, port, seconds, user);
    }

    private void await(String host, int port, int seconds, @Nullable String user)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        String last = "no login";
        while (System.nanoTime() < deadline) {
            try (RawClient client = RawClient.connect(host, port, ANSWER_MILLIS)) {
                if (user == null || !client.login(RawClient.Login.of(user, "")).isError()) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(name + " ended with code " + process.exitValue() + ":\n" + children.tail(name));
            }
        }
        throw new IOException(name + " does not serve " + host + ":" + port + " after " + seconds + " s (" + last
                + "):\n" + children.tail(name));
    }
}
