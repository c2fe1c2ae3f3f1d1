package com.oceanbase.odp.proxy.state;

/** Why a session must stay on one server for a while. */
public enum PinReason {
    TRANSACTION("a transaction is open there"),
    XA_BRANCH("XA START was executed there"),
    SET_TRANSACTION("SET TRANSACTION was executed there for the next transaction"),
    TEMPORARY_TABLE("the session has temporary tables there"),
    LOCK_TABLES("LOCK TABLES was executed there"),
    USER_LOCK("GET_LOCK was executed there"),
    SERVER_LOCK("the server holds a lock for it"),
    SINGLE_SERVER("a plain MySQL server keeps the whole session"),
    CURSOR("the cursor is open there"),
    LONG_DATA("parameter data was sent there"),
    PREVIOUS_STATEMENT("the statement asks about the previous one, which was executed there");

    private final String explanation;

    /** Whether what is on the server belongs to the whole session, so that losing it ends the session. */
    public boolean holdsSession() {
        return switch (this) {
            case TRANSACTION,
                    XA_BRANCH,
                    SET_TRANSACTION,
                    TEMPORARY_TABLE,
                    LOCK_TABLES,
                    USER_LOCK,
                    SERVER_LOCK,
                    SINGLE_SERVER -> true;
            case CURSOR, LONG_DATA, PREVIOUS_STATEMENT -> false;
        };
    }

    PinReason(String explanation) {
        this.explanation = explanation;
    }

    /** The reason in words, fit to follow "must go to SERVER because". */
    public String explanation() {
        return explanation;
    }
}
