package com.oceanbase.odp.it.soak;

import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client that moves money between its own accounts and remembers what it was told: an acknowledged transfer must be
 * in the ledger, one that failed before its COMMIT must not, and the sum never changes. It connects again whenever its
 * connection ends. One thread.
 */
final class Teller implements Callable<Teller> {
    static final int ACCOUNTS = 4;
    static final int BALANCE = 1_000;

    /** Opens a connection through the proxy. */
    interface Connector {
        RawClient connect() throws IOException;
    }

    private final int number;
    private final String ledger;
    private final Connector connector;
    private final BooleanSupplier running;
    private final Random random;
    private final Set<Integer> acknowledged = new HashSet<>();
    private final Set<Integer> failed = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private @Nullable RawClient client;
    private int transfers;
    private int lostConnections;

    /** The ledger's accounts {@code number * ACCOUNTS} and following are this teller's alone. */
    Teller(int number, String ledger, Connector connector, BooleanSupplier running) {
        this.number = number;
        this.ledger = ledger;
        this.connector = connector;
        this.running = running;
        this.random = new Random(number);
    }

    int number() {
        return number;
    }

    String ledger() {
        return ledger;
    }

    /** Transfers whose COMMIT was answered OK. */
    Set<Integer> acknowledged() {
        return acknowledged;
    }

    /** Transfers that ended before their COMMIT was sent. */
    Set<Integer> failed() {
        return failed;
    }

    /** Answers that no server would have given. */
    List<String> wrong() {
        return wrong;
    }

    int lostConnections() {
        return lostConnections;
    }

    @Override
    public Teller call() throws IOException {
        while (running.getAsBoolean()) {
            transfer(++transfers);
        }
        disconnect();
        return this;
    }

    private void transfer(int transfer) throws IOException {
        boolean committing = false;
        try {
            RawClient open = open();
            boolean done = state(open, transfer) && move(open, transfer);
            if (!done) {
                failed.add(transfer);
                open.query("rollback");
                return;
            }
            committing = true;
            if (!open.query("commit").isError()) {
                acknowledged.add(transfer);
            } else {
                disconnect();
            }
        } catch (IOException lost) {
            lostConnections++;
            if (!committing) {
                failed.add(transfer);
            }
            disconnect();
        }
    }

    private RawClient open() throws IOException {
        RawClient open = client;
        if (open == null) {
            open = connector.connect();
            client = open;
        }
        return open;
    }

    /** Session state is what it was, on whichever node: a statement may fail, but never see another value. */
    private boolean state(RawClient open, int transfer) throws IOException {
        if (open.query("set @transfer = " + transfer + ", @@ob_query_timeout = " + (20_000_000 + transfer))
                .isError()) {
            return false;
        }
        for (int table = 1; table <= 3; table++) {
            Response read =
                    open.query("select @transfer, @@ob_query_timeout, count(*) from ledger" + table + " where id < 0");
            if (read.isError()) {
                return false;
            }
            List<@Nullable String> row = read.rows().getFirst();
            if (!row.equals(List.of("" + transfer, "" + (20_000_000 + transfer), "0"))) {
                wrong.add("teller " + number + ", transfer " + transfer + ": " + row);
            }
        }
        return true;
    }

    private boolean move(RawClient open, int transfer) throws IOException {
        int from = number * ACCOUNTS + random.nextInt(ACCOUNTS);
        int to = number * ACCOUNTS + random.nextInt(ACCOUNTS);
        int amount = random.nextInt(100);
        return succeeds(open, "begin")
                && succeeds(open, "update " + ledger + " set balance = balance - " + amount + " where id = " + from)
                && succeeds(open, "update " + ledger + " set balance = balance + " + amount + " where id = " + to)
                && succeeds(open, "insert into " + ledger + "_entries values(" + number + ", " + transfer + ")");
    }

    private static boolean succeeds(RawClient open, String sql) throws IOException {
        return !open.query(sql).isError();
    }

    private void disconnect() throws IOException {
        RawClient open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }
}
