package com.oceanbase.odp.proxy.state;

import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.response.ResponseTracker;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the session is in a transaction, what it holds on one server besides, and the BEGIN that waits for its first
 * statement. The servers' status flags tell the truth about transactions; locks and temporary tables are followed by
 * what the client executed. Event loop confined.
 */
public final class TransactionState {
    private boolean inTransaction;
    private @Nullable HeldStart held;
    private boolean xaBranch;
    private boolean lockedTables;
    private int userLocks;
    /** Usually the empty set that all sessions share. */
    private Set<String> temporaryTables = Set.of();

    /** Whether a server has a transaction of this session open. */
    public boolean isInTransaction() {
        return inTransaction;
    }

    /**
     * A start of a transaction that was answered but not sent.
     *
     * @param text BEGIN, START TRANSACTION or XA START
     * @param xa whether it is XA START
     * @param readOnly whether it says READ ONLY
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record HeldStart(byte[] text, boolean xa, boolean readOnly) {}

    /** What the client believes begun, null when nothing is held. */
    public @Nullable HeldStart held() {
        return held;
    }

    /** Keeps a start; it replaces one that is held already. */
    public void hold(HeldStart start) {
        held = start;
    }

    /** The held start has become pointless. */
    public void dropHeld() {
        held = null;
    }

    /** The server executed the held start. */
    public void heldExecuted() {
        xaBranch |= held != null && held.xa();
        held = null;
    }

    /** XA START was executed ({@code true}), or what ends its branch for this session: PREPARE, COMMIT, ROLLBACK. */
    public void xaBranch(boolean open) {
        xaBranch = open;
    }

    /** Whether the client believes to be in a transaction. */
    public boolean isOpenForClient() {
        return inTransaction || held != null;
    }

    /** A response ended with these status flags ({@link ResponseTracker#NO_STATUS}: it told nothing). */
    public void responseEnded(int status) {
        if (status != ResponseTracker.NO_STATUS) {
            inTransaction = (status & ServerStatus.IN_TRANS) != 0;
        }
    }

    /** LOCK TABLES or UNLOCK TABLES was executed. */
    public void lockedTables(boolean locked) {
        lockedTables = locked;
    }

    /** GET_LOCK was executed. */
    public void userLockTaken() {
        userLocks++;
    }

    /** RELEASE_LOCK was executed. */
    public void userLockReleased() {
        userLocks = Math.max(0, userLocks - 1);
    }

    /** RELEASE_ALL_LOCKS was executed. */
    public void userLocksReleased() {
        userLocks = 0;
    }

    /** CREATE TEMPORARY TABLE was executed. */
    public void temporaryTableCreated(String name) {
        if (temporaryTables.isEmpty()) {
            temporaryTables = new HashSet<>(2);
        }
        temporaryTables.add(name.toLowerCase(Locale.ROOT));
    }

    /** DROP of a table that may be a temporary one was executed. */
    public void tableDropped(String name) {
        if (!temporaryTables.isEmpty()) {
            temporaryTables.remove(name.toLowerCase(Locale.ROOT));
        }
    }

    /** What binds the session to its server although no transaction is open; null when nothing does. */
    public @Nullable PinReason pin(SessionState session) {
        if (xaBranch) {
            return PinReason.XA_BRANCH;
        }
        if (session.isSetTransactionPending()) {
            return PinReason.SET_TRANSACTION;
        }
        if (!temporaryTables.isEmpty() || session.isTemporaryTableUsed()) {
            return PinReason.TEMPORARY_TABLE;
        }
        if (lockedTables) {
            return PinReason.LOCK_TABLES;
        }
        if (userLocks > 0) {
            return PinReason.USER_LOCK;
        }
        return null;
    }

    /** The server session, and all that it held, is gone. */
    public void serverLost() {
        reset();
    }

    /** Nothing is open, held or locked any more. */
    public void reset() {
        inTransaction = false;
        held = null;
        xaBranch = false;
        lockedTables = false;
        userLocks = 0;
        temporaryTables = Set.of();
    }
}
