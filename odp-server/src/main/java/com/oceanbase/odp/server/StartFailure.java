package com.oceanbase.odp.server;

/** Why the proxy did not start, in one line for the operator. */
public final class StartFailure extends Exception {
    /**
     * @param message one complete sentence: what failed and, where known, what to do
     */
    public StartFailure(String message) {
        super(message);
    }

    /**
     * @param message one complete sentence: what failed and, where known, what to do
     * @param cause for the log
     */
    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
