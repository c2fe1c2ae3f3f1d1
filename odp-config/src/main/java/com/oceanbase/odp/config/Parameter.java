package com.oceanbase.odp.config;

/**
 * A parameter together with the Java type of its values.
 *
 * @param definition facts
 * @param type how text becomes a value
 * @param <T> Java type: Boolean, Long (integers; capacities in bytes), Duration (times), String or List of String
 */
public record Parameter<T>(ParameterDefinition definition, ValueType<T> type) {
    /** Name as users write it. */
    public String name() {
        return definition.name();
    }
}
