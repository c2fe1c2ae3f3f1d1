package com.oceanbase.odp.config;

import org.jspecify.annotations.Nullable;

/**
 * The facts about one parameter.
 *
 * @param ordinal position in the table
 * @param name name, matched exactly
 * @param type word of its type: bool, int, time, capacity, string, strlist, ip, loglevel, choice
 * @param defaultText text of the default value
 * @param range text of the range, empty if every parseable value is allowed
 * @param unit unit of a plain number, may be empty
 * @param needsRestart whether a change takes effect at the next start only
 * @param visibleLevel who manages it
 * @param multiLevel whether a VIP, a tenant or a cluster may have a value of its own
 * @param area part of the product it belongs to
 * @param meaning one sentence for users
 * @param difference why the default differs from the original's; null if it does not
 */
public record ParameterDefinition(
        int ordinal,
        String name,
        String type,
        String defaultText,
        String range,
        String unit,
        boolean needsRestart,
        VisibleLevel visibleLevel,
        boolean multiLevel,
        String area,
        String meaning,
        @Nullable Difference difference) {

    /**
     * A default of ODP's own.
     *
     * @param originalDefault default of the original
     * @param reason why ODP has another
     */
    public record Difference(String originalDefault, String reason) {}
}
