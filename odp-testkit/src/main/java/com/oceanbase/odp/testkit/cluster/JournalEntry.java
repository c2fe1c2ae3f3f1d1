package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a node received from a client, and what became of it.
 *
 * <p>The first part is fixed at arrival, the outcome is filled in when the response has ended. Thread safe.
 */
public final class JournalEntry {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int SHOWN_TEXT = 2000;

    /**
     * Who sent it.
     *
     * @param node number of the node, from 1
     * @param session number of the session on its node, from 1
     * @param user as in the login, tenant included, empty before the login
     * @param database the session's database when the command came, empty for none
     */
    public record Source(int node, long session, String user, String database, ConnectionAttributes attributes) {}

    /** How a statement related to the partitions that its node leads. */
    public enum PartitionHit {
        /** Not a statement which is judged. */
        NOT_JUDGED,
        HIT,
        MISS
    }

    private final long number;
    private final Instant time = Instant.now();
    private final Source source;
    private final String command;
    private final String text;
    private volatile String outcome = "";
    private volatile int errno;
    private volatile long rows = -1;
    private volatile long statementId = -1;
    private volatile boolean renamed;
    private volatile PartitionHit hit = PartitionHit.NOT_JUDGED;
    private volatile @Nullable Instant end;

    JournalEntry(long number, Source source, String command, String text) {
        this.number = number;
        this.source = source;
        this.command = command;
        this.text = text;
    }

    void statementId(long id) {
        statementId = id;
    }

    void renamed() {
        renamed = true;
    }

    void hit(PartitionHit verdict) {
        hit = verdict;
    }

    void error(int number, String message) {
        errno = number;
        outcome = "ERR " + number + " " + message;
    }

    void outcome(String newOutcome) {
        if (errno == 0) {
            outcome = newOutcome;
        }
    }

    void rows(long count) {
        rows = count;
    }

    void ended() {
        end = Instant.now();
    }

    /** Rises with each entry of the cluster. */
    public long number() {
        return number;
    }

    public Instant time() {
        return time;
    }

    public int node() {
        return source.node;
    }

    public long session() {
        return source.session;
    }

    /** As in the login, tenant included. */
    public String user() {
        return source.user;
    }

    /** The user without tenant. */
    public String userName() {
        int at = source.user.indexOf('@');
        return at < 0 ? source.user : source.user.substring(0, at);
    }

    public String database() {
        return source.database;
    }

    /** Connection attributes of the login. */
    public ConnectionAttributes attributes() {
        return source.attributes;
    }

    /** {@code CONNECT}, {@code LOGIN}, {@code CLOSE}, or the command's name without {@code COM_}. */
    public String command() {
        return command;
    }

    /** Statement text, for STMT_EXECUTE that of its PREPARE, or the name of a database; empty if there is none. */
    public String text() {
        return text;
    }

    /** The prepared statement's id on this session, -1 if there is none. */
    public long statementId() {
        return statementId;
    }

    /** Whether the node renamed relations in the text before the kernel got it. */
    public boolean isRenamed() {
        return renamed;
    }

    public PartitionHit hit() {
        return hit;
    }

    /** The error's number, 0 without error. */
    public int errno() {
        return errno;
    }

    /** Rows of all result sets, -1 if the answer had none. */
    public long rows() {
        return rows;
    }

    /** What the answer was, empty while there is none. */
    public String outcome() {
        return outcome;
    }

    /** When the response had ended, null while it has not. */
    public @Nullable Instant end() {
        return end;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder()
                .append(TIME.format(time))
                .append(" node")
                .append(source.node)
                .append(" s")
                .append(source.session)
                .append(' ')
                .append(source.user)
                .append(' ')
                .append(command);
        if (statementId >= 0) {
            line.append('#').append(statementId);
        }
        if (!text.isEmpty()) {
            line.append(' ').append(text.length() > SHOWN_TEXT ? text.substring(0, SHOWN_TEXT) + "…" : text);
        }
        if (renamed) {
            line.append(" [renamed]");
        }
        if (hit != PartitionHit.NOT_JUDGED) {
            line.append(" [").append(hit.name().toLowerCase(Locale.ROOT)).append(']');
        }
        return line.append(outcome.isEmpty() ? " => …" : " => " + outcome).toString();
    }
}
