package com.oceanbase.odp.routing;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import java.time.Duration;

/**
 * Bounds of the location cache.
 *
 * @param maximumEntries tables remembered
 * @param minimumAge a stale location is fetched again only when its last fetch is older
 * @param absentLifetime how long a table that does not exist, or could not be asked for, is not asked for again
 * @param refreshesPerSecond most fetches of stale locations begun in one second
 */
public record LocationCacheRules(
        long maximumEntries, Duration minimumAge, Duration absentLifetime, int refreshesPerSecond) {
    /** Estimated memory of an entry in bytes (original: src/obproxy/obutils/ob_cache_cleaner.cpp). */
    private static final long ENTRY_BYTES = 512;

    /** Short, since the table may be created the next moment. */
    private static final Duration ABSENT_LIFETIME = Duration.ofSeconds(1);

    /** Bounds by the parameters of a configuration. */
    public static LocationCacheRules of(ConfigSnapshot config) {
        return new LocationCacheRules(
                Math.max(1, config.get(Parameters.ROUTING_CACHE_MEM_LIMITED) / ENTRY_BYTES),
                config.get(Parameters.DELAY_UPDATE_ENTRY_INTERVAL),
                ABSENT_LIFETIME,
                (int) Math.min(Integer.MAX_VALUE, config.get(Parameters.NORMAL_PL_UPDATE_THRESHOLD)));
    }
}
