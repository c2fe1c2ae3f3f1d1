package com.oceanbase.odp.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings from one place. Sources are applied in order, a later one wins: configuration file, then command line.
 *
 * @param name of the place, for messages
 * @param fromDisk true for a file: parameters of level MEMORY in it are passed over
 * @param settings in the order in which they apply
 */
public record ConfigSource(String name, boolean fromDisk, List<Setting> settings) {
    /**
     * Not taken from an option string, since its value contains commas
     * (original: src/share/config/ob_common_config.cpp:18).
     */
    private static final String NOT_IN_OPTION_STRING = "target_db_server";

    /** Copies the list. */
    public ConfigSource {
        settings = List.copyOf(settings);
    }

    /**
     * The text of an option string: {@code name=value} parts separated by commas or line ends. The value is what
     * follows the first {@code =} and may be empty; a part without {@code =} is a setting with an empty name.
     */
    public static ConfigSource optionString(String text) {
        List<Setting> settings = new ArrayList<>();
        for (String part : text.split("[,\n]")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 0) {
                settings.add(new Setting("", part.strip()));
            } else {
                String name = part.substring(0, equals).strip();
                if (!name.equals(NOT_IN_OPTION_STRING)) {
                    settings.add(new Setting(name, part.substring(equals + 1).strip()));
                }
            }
        }
        return new ConfigSource("option string", false, settings);
    }

    /**
     * A file with one {@code name: value} a line (a flat YAML map); a value may be in quotes, {@code #} begins a
     * comment line.
     *
     * @throws IOException if the file can't be read
     */
    public static ConfigSource file(Path file) throws IOException {
        List<Setting> settings = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#") || content.equals("---")) {
                continue;
            }
            int colon = content.indexOf(':');
            settings.add(
                    colon < 0
                            ? new Setting("", content)
                            : new Setting(
                                    content.substring(0, colon).strip(),
                                    unquoted(content.substring(colon + 1).strip())));
        }
        return new ConfigSource(file.toString(), true, settings);
    }

    private static String unquoted(String text) {
        int last = text.length() - 1;
        boolean quoted =
                last > 0 && text.charAt(0) == text.charAt(last) && (text.charAt(0) == '\'' || text.charAt(0) == '"');
        return quoted ? text.substring(1, last) : text;
    }
}
