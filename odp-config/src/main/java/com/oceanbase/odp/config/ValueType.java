package com.oceanbase.odp.config;

/**
 * How text becomes a value of type T. All implementations are immutable and thread-safe.
 *
 * @param <T> type of the value
 */
public interface ValueType<T> {
    /** Class of the values; used to make a snapshot's look-up safe. */
    Class<? super T> valueClass();

    /** Reads a text. */
    Parsed<T> parse(String text);
}
