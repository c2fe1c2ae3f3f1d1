package com.oceanbase.odp.server;

/** Exit codes of the command line; 3 is that of the LSB for "not running". */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int NOT_RUNNING = 3;

    private ExitCode() {}
}
