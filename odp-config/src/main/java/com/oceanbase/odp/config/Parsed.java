package com.oceanbase.odp.config;

/** Outcome of reading the text of a value. */
public sealed interface Parsed<T> {
    /** The text is a value. */
    record Valid<T>(T value) implements Parsed<T> {}

    /**
     * The text is none.
     *
     * @param problem what is wrong with it and what is expected, without the parameter's name
     */
    record Invalid<T>(String problem) implements Parsed<T> {}
}
