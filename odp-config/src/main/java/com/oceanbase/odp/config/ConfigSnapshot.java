package com.oceanbase.odp.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of all parameters at one moment; immutable, read without a lock. Each parameter has a <em>text</em>, what
 * the user wrote and what is shown and saved, and an <em>effective</em> value. They differ where the text is
 * normalised (the time {@code -5s} is in effect 0) and where a change waits for a restart.
 */
public final class ConfigSnapshot {
    /** Largest length of a value's text (original: src/lib/ob_define.h:800). */
    public static final int MAX_TEXT_LENGTH = 4095;

    private static final ConfigSnapshot DEFAULTS = createDefaults();

    private final List<String> texts;
    private final List<Object> effective;

    private ConfigSnapshot(List<String> texts, List<Object> effective) {
        this.texts = List.copyOf(texts);
        this.effective = List.copyOf(effective);
    }

    /** Every parameter at its default. */
    public static ConfigSnapshot defaults() {
        return DEFAULTS;
    }

    private static ConfigSnapshot createDefaults() {
        List<String> texts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Parameter<?> parameter : ParameterTable.get().all()) {
            String text = parameter.definition().defaultText();
            texts.add(text);
            values.add(
                    switch (parameter.type().parse(text)) {
                        case Parsed.Valid<?>(Object value) -> value;
                        case Parsed.Invalid<?>(String problem) ->
                            throw new IllegalStateException("default of " + parameter.name() + ' ' + problem);
                    });
        }
        return new ConfigSnapshot(texts, values);
    }

    /** Effective value of a parameter. */
    @SuppressWarnings("unchecked") // the value was made by this parameter's type
    public <T> T get(Parameter<T> parameter) {
        return (T) effective.get(parameter.definition().ordinal());
    }

    /** Text of a parameter as the user gave it. */
    public String text(Parameter<?> parameter) {
        return texts.get(parameter.definition().ordinal());
    }

    /** Whether the parameter has the text of its default. */
    public boolean isDefault(Parameter<?> parameter) {
        return text(parameter).equals(parameter.definition().defaultText());
    }

    /** Outcome of setting a parameter. */
    public sealed interface Change {
        /** The new snapshot; the old one is unaffected. */
        record Applied(ConfigSnapshot snapshot) implements Change {}

        /** There is no such parameter (error 5099). */
        record UnknownName(String message) implements Change {}

        /** The text is no allowed value (error 4147). */
        record InvalidValue(String message) implements Change {}
    }

    /**
     * A snapshot with one changed text. A running process passes {@code starting=false}: then a parameter that needs a
     * restart keeps its effective value and only shows the new text.
     */
    public Change with(String name, String text, boolean starting) {
        Parameter<?> parameter = ParameterTable.get().find(name);
        if (parameter == null) {
            return new Change.UnknownName("there is no parameter '" + name + "'" + suggestion(name));
        }
        if (text.length() > MAX_TEXT_LENGTH) {
            return new Change.InvalidValue(name + ": the value is longer than " + MAX_TEXT_LENGTH + " characters");
        }
        return switch (parameter.type().parse(text)) {
            case Parsed.Invalid<?>(String problem) -> new Change.InvalidValue(name + ": '" + text + "' " + problem);
            case Parsed.Valid<?>(Object value) -> {
                int ordinal = parameter.definition().ordinal();
                List<String> newTexts = new ArrayList<>(texts);
                newTexts.set(ordinal, text);
                List<Object> newValues = new ArrayList<>(effective);
                if (starting || !parameter.definition().needsRestart()) {
                    newValues.set(ordinal, value);
                }
                yield new Change.Applied(new ConfigSnapshot(newTexts, newValues));
            }
        };
    }

    private static String suggestion(String name) {
        String close = closest(name);
        return close == null ? "" : "; did you mean " + close + "?";
    }

    private static @Nullable String closest(String name) {
        for (Parameter<?> parameter : ParameterTable.get().all()) {
            String known = parameter.name();
            if (known.equalsIgnoreCase(name) || known.replace("_", "").equalsIgnoreCase(name.replace("-", ""))) {
                return known;
            }
        }
        return null;
    }
}
