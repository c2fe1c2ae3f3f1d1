package com.oceanbase.odp.it.quickstart;

/** Why the demo cannot run, in one line for the person who started it. */
final class DemoFailure extends Exception {
    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
