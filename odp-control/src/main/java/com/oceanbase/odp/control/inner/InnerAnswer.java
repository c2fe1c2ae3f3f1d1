package com.oceanbase.odp.control.inner;

/** What a server answers to an inner statement. */
public sealed interface InnerAnswer {
    /** A result set. */
    record Rows(ResultTable table) implements InnerAnswer {}

    /** Success without result set. */
    record Done() implements InnerAnswer {}

    /** An error; the connection stays usable. */
    record Failed(int errno, String message) implements InnerAnswer {
        @Override
        public String toString() {
            return errno + " " + message;
        }
    }
}
