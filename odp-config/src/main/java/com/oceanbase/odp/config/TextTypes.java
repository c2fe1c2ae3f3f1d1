package com.oceanbase.odp.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Types whose values are words or text. */
final class TextTypes {
    /** Most parts of a list (original: MAX_INDEX_SIZE, src/share/config/ob_config.h). */
    static final int MAX_LIST_PARTS = 64;

    private static final List<String> LOG_LEVELS = List.of("ERROR", "EDIAG", "WARN", "WDIAG", "INFO", "TRACE", "DEBUG");

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS =
            Pattern.compile("[0-9A-Fa-f:]*(?:\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})?");

    private static final Function<String, Parsed<String>> ANY_TEXT = Parsed.Valid::new;

    static final ValueType<Boolean> BOOL = new Simple<>(Boolean.class, TextTypes::readBoolean);
    static final ValueType<String> STRING = new Simple<>(String.class, ANY_TEXT);
    static final ValueType<List<String>> STRING_LIST = new Simple<>(List.class, TextTypes::readList);
    static final ValueType<String> IP = new Simple<>(String.class, TextTypes::readIp);
    static final ValueType<String> LOG_LEVEL = new Simple<>(String.class, TextTypes::readLogLevel);

    private TextTypes() {}

    private record Simple<T>(Class<? super T> valueClass, Function<String, Parsed<T>> reader) implements ValueType<T> {
        @Override
        public Parsed<T> parse(String text) {
            return reader.apply(text);
        }
    }

    /** One of the words of a text such as {@code client|server}, in the letter case of that text. */
    static ValueType<String> choice(String words) {
        List<String> allowed = List.of(words.split("\\|"));
        return new Simple<>(
                String.class,
                text -> allowed.contains(text)
                        ? new Parsed.Valid<>(text)
                        : new Parsed.Invalid<>("is none of " + String.join(", ", allowed)));
    }

    private static Parsed<Boolean> readBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "t", "1" -> new Parsed.Valid<>(true);
            case "false", "off", "no", "f", "0" -> new Parsed.Valid<>(false);
            default -> new Parsed.Invalid<>("is neither true nor false");
        };
    }

    private static Parsed<List<String>> readList(String text) {
        if (text.isEmpty()) {
            return new Parsed.Valid<>(List.of());
        }
        List<String> parts = Arrays.asList(text.split(";", -1));
        return parts.size() <= MAX_LIST_PARTS
                ? new Parsed.Valid<>(List.copyOf(parts))
                : new Parsed.Invalid<>("has more than " + MAX_LIST_PARTS + " parts");
    }

    private static Parsed<String> readIp(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text)
                ? new Parsed.Valid<>(text)
                : new Parsed.Invalid<>("is neither an IPv4 nor an IPv6 address");
    }

    private static boolean isIpv6(String text) {
        if (text.indexOf(':') < 0 || !IPV6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int groups = 0;
        for (String group : (gap < 0 ? text : text.replace("::", ":")).split(":", -1)) {
            if (group.isEmpty()) {
                if (gap < 0) {
                    return false;
                }
            } else if (group.indexOf('.') >= 0) {
                if (!IPV4.matcher(group).matches()) {
                    return false;
                }
                groups += 2;
            } else if (group.length() > 4) {
                return false;
            } else {
                groups++;
            }
        }
        return gap < 0 ? groups == 8 : groups < 8;
    }

    private static Parsed<String> readLogLevel(String text) {
        for (String part : text.split(",", -1)) {
            String level = part.substring(part.indexOf(':') + 1).strip();
            if (!LOG_LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
                return new Parsed.Invalid<>("is no log level; write one of " + String.join(", ", LOG_LEVELS)
                        + ", or MODULE.SUBMODULE:LEVEL parts separated by commas");
            }
        }
        return new Parsed.Valid<>(text);
    }
}
