package com.oceanbase.odp.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Types whose values are numbers in some unit: integers, times and capacities. */
final class NumberTypes {
    // unit → microseconds; original: ObConfigTimeItem::parse, src/share/config/ob_config.cpp:849
    private static final Map<String, Long> TIME_UNITS = Map.of(
            "us", 1L,
            "ms", 1_000L,
            "s", 1_000_000L,
            "", 1_000_000L,
            "m", 60_000_000L,
            "h", 3_600_000_000L,
            "d", 86_400_000_000L);

    // unit → bytes; original: ObConfigCapacityParser::get, src/share/config/ob_config_helper.cpp:69
    private static final Map<String, Long> CAPACITY_UNITS = Map.ofEntries(
            Map.entry("b", 1L),
            Map.entry("byte", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kb", 1L << 10),
            Map.entry("", 1L << 20),
            Map.entry("m", 1L << 20),
            Map.entry("mb", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gb", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("tb", 1L << 40),
            Map.entry("p", 1L << 50),
            Map.entry("pb", 1L << 50));

    private NumberTypes() {}

    /** 64-bit integer; decimal, 0 octal or 0x hexadecimal, with nothing after it. */
    static ValueType<Long> integer(String range) {
        return new Ranged<>(Long.class, range, NumberTypes::readInteger, value -> value);
    }

    /** Time in microseconds; a bare number is seconds and a negative one becomes 0. */
    static ValueType<Duration> time(String range) {
        return new Ranged<>(
                Duration.class,
                range,
                text -> readWithUnit(text, TIME_UNITS, "a time such as 20s (units us, ms, s, m, h, d)"),
                micros -> Duration.of(micros, ChronoUnit.MICROS));
    }

    /** Size in bytes; a bare number is megabytes and a negative one becomes 0. */
    static ValueType<Long> capacity(String range) {
        return new Ranged<>(
                Long.class,
                range,
                text -> readWithUnit(text, CAPACITY_UNITS, "a size such as 64KB (units B, K, M, G, T, P)"),
                value -> value);
    }

    private static Parsed<Long> readInteger(String text) {
        CNumber number = CNumber.read(text);
        return number != null && number.rest().isEmpty()
                ? new Parsed.Valid<>(number.value())
                : new Parsed.Invalid<>("is not an integer");
    }

    private static Parsed<Long> readWithUnit(String text, Map<String, Long> units, String expected) {
        CNumber number = CNumber.read(text);
        Long factor = number == null ? null : units.get(number.rest().toLowerCase(Locale.ROOT));
        if (number == null || factor == null) {
            return new Parsed.Invalid<>("is not " + expected);
        }
        long value = Math.max(0, number.value());
        try {
            return new Parsed.Valid<>(Math.multiplyExact(value, factor));
        } catch (ArithmeticException e) {
            return new Parsed.Invalid<>("is too large");
        }
    }

    private static final class Ranged<T> implements ValueType<T> {
        private final Class<T> valueClass;
        private final Function<String, Parsed<Long>> reader;
        private final LongFunction<T> converter;
        private final NumberRange range;

        Ranged(Class<T> valueClass, String range, Function<String, Parsed<Long>> reader, LongFunction<T> converter) {
            this.valueClass = valueClass;
            this.reader = reader;
            this.converter = converter;
            this.range = NumberRange.parse(range, bound -> switch (reader.apply(bound)) {
                case Parsed.Valid<Long>(Long value) -> value;
                case Parsed.Invalid<Long>(String problem) ->
                    throw new IllegalArgumentException("bound '" + bound + "' of range " + range + ' ' + problem);
            });
        }

        @Override
        public Class<T> valueClass() {
            return valueClass;
        }

        @Override
        public Parsed<T> parse(String text) {
            return switch (reader.apply(text)) {
                case Parsed.Invalid<Long>(String problem) -> new Parsed.Invalid<>(problem);
                case Parsed.Valid<Long>(Long value) ->
                    range.contains(value)
                            ? new Parsed.Valid<>(converter.apply(value))
                            : new Parsed.Invalid<>("is outside " + range.text());
            };
        }
    }
}
