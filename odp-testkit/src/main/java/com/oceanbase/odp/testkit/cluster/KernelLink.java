package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the test cluster's own to the kernel, as root, reconnected when it broke. Thread safe: statements run
 * one after the other.
 */
final class KernelLink implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final byte COM_SET_OPTION = 0x1B;
    private static final byte MULTI_STATEMENTS_OFF = 1;

    private final int port;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable RawClient client;
    private @Nullable String database;

    KernelLink(int port) {
        this.port = port;
    }

    /**
     * Runs one statement in a database, null for none in particular. The answer may be an error of the statement.
     *
     * @throws IOException if the kernel cannot be reached
     */
    Response run(@Nullable String wantedDatabase, String sql) throws IOException {
        lock.lock();
        try {
            boolean reused = client != null;
            try {
                return runOnce(wantedDatabase, sql);
            } catch (IOException e) {
                if (!reused) {
                    throw e;
                }
                // The kernel was restarted since the last use.
                return runOnce(wantedDatabase, sql);
            }
        } finally {
            lock.unlock();
        }
    }

    private Response runOnce(@Nullable String wantedDatabase, String sql) throws IOException {
        boolean done = false;
        try {
            RawClient open = open();
            if (wantedDatabase != null && !wantedDatabase.equals(database)) {
                Response use = open.command(RawClient.COM_INIT_DB, wantedDatabase);
                if (use.isError()) {
                    done = true;
                    return use;
                }
                database = wantedDatabase;
            }
            Response response = open.query(sql);
            done = true;
            return response;
        } finally {
            if (!done) {
                drop();
            }
        }
    }

    /** Runs a statement that must succeed. */
    Response require(String sql) {
        try {
            Response response = run(null, sql);
            if (response.isError()) {
                throw new IllegalStateException(
                        response.error().message() + " (" + response.error().errno() + ") in: " + sql);
            }
            return response;
        } catch (IOException e) {
            throw new IllegalStateException("the kernel does not answer: " + e.getMessage(), e);
        }
    }

    /** The rows of a query that must succeed. */
    List<List<@Nullable String>> rows(String sql) {
        return require(sql).rows();
    }

    private RawClient open() throws IOException {
        RawClient open = client;
        if (open == null) {
            open = RawClient.connect("127.0.0.1", port, TIMEOUT_MILLIS);
            client = open;
            database = null;
            Response answer = open.login(RawClient.Login.of("root", ""));
            if (answer.isError()) {
                throw new IOException("the kernel refuses root: " + answer.error());
            }
            // The kernel takes several statements from anybody unless told otherwise: EXPLAIN would execute the others.
            Response option = open.command(new byte[] {COM_SET_OPTION, MULTI_STATEMENTS_OFF, 0});
            if (option.isError()) {
                throw new IOException("the kernel refuses COM_SET_OPTION: " + option.error());
            }
        }
        return open;
    }

    private void drop() throws IOException {
        RawClient open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }
}
