package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the variables of a session ask of routing (original: ob_mysql_transact.cpp:267-367, 1222-1228, 7627-7738).
 *
 * @param consistency {@code ob_read_consistency}
 * @param zonePreference {@code ob_route_policy}
 * @param routePolicy {@code @proxy_route_policy}; null when the session has none
 * @param idcName {@code @proxy_idc_name}; null when the session has none
 * @param routeAddress {@code @obproxy_route_addr}; null when the session has none
 * @param readOnly {@code tx_read_only}
 */
public record SessionPreferences(
        Consistency consistency,
        ZonePreference zonePreference,
        @Nullable String routePolicy,
        @Nullable String idcName,
        @Nullable ServerAddress routeAddress,
        boolean readOnly) {
    /** A session that has set nothing. */
    public static final SessionPreferences DEFAULT =
            new SessionPreferences(Consistency.UNSET, ZonePreference.READONLY_ZONE_FIRST, null, null, null, false);

    private static final int PORT_SHIFT = 32;
    private static final int MAX_PORT = 65_535;

    /** Values of {@code ob_read_consistency} (numbers: 1 FROZEN, 2 WEAK, 3 STRONG). FROZEN is treated as strong. */
    public enum Consistency {
        /** No server has reported the variable, or it has its default. */
        UNSET,
        FROZEN,
        WEAK,
        STRONG
    }

    /** Values of {@code ob_route_policy} (ob_mysql_transact.cpp:7639-7656). */
    public enum ZonePreference {
        MERGE_IDC_ORDER,
        READONLY_ZONE_FIRST,
        ONLY_READONLY_ZONE,
        UNMERGE_ZONE_FIRST
    }

    /**
     * Reads the variables.
     *
     * @param system value of a system variable as servers print it, null when unknown
     * @param user value of a user variable as an SQL literal, null when unset
     */
    public static SessionPreferences of(
            Function<String, @Nullable String> system, Function<String, @Nullable String> user) {
        return new SessionPreferences(
                consistency(system.apply("ob_read_consistency")),
                zonePreference(system.apply("ob_route_policy")),
                text(user.apply("proxy_route_policy")),
                text(user.apply("proxy_idc_name")),
                address(user.apply("obproxy_route_addr")),
                isOn(system.apply("tx_read_only")) || isOn(system.apply("transaction_read_only")));
    }

    private static Consistency consistency(@Nullable String value) {
        return switch (value == null ? "" : value.toUpperCase(Locale.ROOT)) {
            case "1", "FROZEN" -> Consistency.FROZEN;
            case "2", "WEAK" -> Consistency.WEAK;
            case "3", "STRONG" -> Consistency.STRONG;
            default -> Consistency.UNSET;
        };
    }

    private static ZonePreference zonePreference(@Nullable String value) {
        return switch (value == null ? "" : value.toUpperCase(Locale.ROOT)) {
            case "0", "MERGE_IDC_ORDER" -> ZonePreference.MERGE_IDC_ORDER;
            case "2", "ONLY_READONLY_ZONE" -> ZonePreference.ONLY_READONLY_ZONE;
            case "3", "UNMERGE_ZONE_FIRST" -> ZonePreference.UNMERGE_ZONE_FIRST;
            default -> ZonePreference.READONLY_ZONE_FIRST;
        };
    }

    private static boolean isOn(@Nullable String value) {
        return value != null && (value.equals("1") || value.equalsIgnoreCase("ON"));
    }

    /** Content of a literal: of a string without its quotes, of NULL nothing. */
    private static @Nullable String text(@Nullable String literal) {
        if (literal == null || literal.isBlank() || literal.equalsIgnoreCase("NULL")) {
            return null;
        }
        int open = literal.indexOf('\'');
        int close = literal.lastIndexOf('\'');
        String content = open >= 0 && close > open ? literal.substring(open + 1, close) : literal;
        return content.strip().isEmpty() ? null : content.strip();
    }

    /** The lower 32 bits are an IPv4 address, the upper ones a port; 0 is none. */
    private static @Nullable ServerAddress address(@Nullable String literal) {
        String digits = text(literal);
        if (digits == null || digits.length() > 19 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        long number = Long.parseUnsignedLong(digits);
        long port = number >>> PORT_SHIFT;
        if (number == 0 || port < 1 || port > MAX_PORT) {
            return null;
        }
        return new ServerAddress(
                (number >>> 24 & 0xff) + "." + (number >>> 16 & 0xff) + '.' + (number >>> 8 & 0xff) + '.'
                        + (number & 0xff),
                (int) port);
    }
}
