package com.oceanbase.odp.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All parameters, read from the resources {@code parameters.tsv} (the original's), {@code own.tsv} (those it does not
 * have) and {@code differences.tsv}. Immutable.
 */
public final class ParameterTable {
    private static final int COLUMNS = 10;
    private static final int DIFFERENCE_COLUMNS = 3;
    private static final ParameterTable INSTANCE = new ParameterTable(read());

    private final List<Parameter<?>> ordered;
    private final Map<String, Parameter<?>> byName;

    private ParameterTable(List<Parameter<?>> parameters) {
        this.ordered = List.copyOf(parameters);
        Map<String, Parameter<?>> names = new LinkedHashMap<>();
        for (Parameter<?> parameter : parameters) {
            if (names.put(parameter.name(), parameter) != null) {
                throw new IllegalStateException("parameter " + parameter.name() + " is defined twice");
            }
        }
        this.byName = Collections.unmodifiableMap(names);
    }

    /** The parameters of this release. */
    public static ParameterTable get() {
        return INSTANCE;
    }

    /** The parameter of exactly this name, or null. */
    public @Nullable Parameter<?> find(String name) {
        return byName.get(name);
    }

    /** All parameters in name order. */
    public List<Parameter<?>> all() {
        return ordered;
    }

    /**
     * The parameter of this name as one with values of type T.
     *
     * @throws IllegalStateException if there is none or its values have another type: a defect of the caller
     */
    @SuppressWarnings("unchecked") // the value class was compared
    <T> Parameter<T> typed(String name, Class<? super T> valueClass) {
        Parameter<?> parameter = byName.get(name);
        if (parameter == null || parameter.type().valueClass() != valueClass) {
            throw new IllegalStateException("no parameter " + name + " of type " + valueClass.getSimpleName());
        }
        return (Parameter<T>) parameter;
    }

    private static List<Parameter<?>> read() {
        Map<String, List<String>> differences = new HashMap<>();
        for (List<String> row : rows("differences.tsv", DIFFERENCE_COLUMNS)) {
            differences.put(row.getFirst(), row);
        }
        List<List<String>> rows = new ArrayList<>(rows("parameters.tsv", COLUMNS));
        rows.addAll(rows("own.tsv", COLUMNS));
        rows.sort(Comparator.comparing(List::getFirst));
        List<Parameter<?>> result = new ArrayList<>();
        for (List<String> row : rows) {
            ParameterDefinition definition = definition(result.size(), row, differences.remove(row.getFirst()));
            result.add(parameter(definition));
        }
        if (!differences.isEmpty()) {
            throw new IllegalStateException("differences.tsv names unknown parameters: " + differences.keySet());
        }
        return result;
    }

    private static ParameterDefinition definition(int ordinal, List<String> row, @Nullable List<String> difference) {
        String original = row.get(2);
        return new ParameterDefinition(
                ordinal,
                row.get(0),
                row.get(1),
                difference == null ? original : difference.get(1),
                row.get(3),
                row.get(4),
                row.get(5).equals("yes"),
                VisibleLevel.valueOf(row.get(6).toUpperCase(Locale.ROOT)),
                row.get(7).equals("yes"),
                row.get(8),
                row.get(9),
                difference == null ? null : new ParameterDefinition.Difference(original, difference.get(2)));
    }

    private static Parameter<?> parameter(ParameterDefinition definition) {
        String range = definition.range();
        return switch (definition.type()) {
            case "bool" -> new Parameter<>(definition, TextTypes.BOOL);
            case "int" -> new Parameter<>(definition, NumberTypes.integer(range));
            case "time" -> new Parameter<>(definition, NumberTypes.time(range));
            case "capacity" -> new Parameter<>(definition, NumberTypes.capacity(range));
            case "string" -> new Parameter<>(definition, TextTypes.STRING);
            case "strlist" -> new Parameter<>(definition, TextTypes.STRING_LIST);
            case "ip" -> new Parameter<>(definition, TextTypes.IP);
            case "loglevel" -> new Parameter<>(definition, TextTypes.LOG_LEVEL);
            case "choice" -> new Parameter<>(definition, TextTypes.choice(range));
            default -> throw new IllegalStateException("unknown type of parameter " + definition.name());
        };
    }

    /** Lines of a tab-separated resource without comments and the heading line. */
    private static List<List<String>> rows(String resource, int columns) {
        InputStream stream = ParameterTable.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("resource " + resource + " is missing: the build is broken");
        }
        List<List<String>> result = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.startsWith("#") && !line.isEmpty())
                    .skip(1)
                    .forEach(line -> result.add(List.of(line.split("\t", -1))));
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + " can't be read", e);
        }
        for (List<String> row : result) {
            if (row.size() != columns) {
                throw new IllegalStateException(resource + ": '" + row.getFirst() + "' has " + row.size() + " columns");
            }
        }
        return result;
    }
}
