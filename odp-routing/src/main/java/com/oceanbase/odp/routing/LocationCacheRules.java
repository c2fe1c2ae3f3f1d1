package com.oceanbase.odp.routing;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import java.time.Duration;

/**
 * Bounds of the location cache.
 *
 * @param maximumBytes estimated memory of everything remembered
 * @param repeatInterval after a fetch that brought nothing new, the same location is fetched again only after this time
 * @param absentLifetime how long a table that does not exist, or could not be asked for, is not asked for again
 * @param refreshesPerSecond most fetches of stale locations begun in one second
 * @param limitedRefreshesPerSecond the same while many locations turn out wrong
 * @param waitForRefresh how long after its beginning the fetch of a location that a server contradicted is worth a wait
 * @param useWhileRefreshing whether a stale location that no server contradicted is used while it is fetched
 * @param expiry age at which a location is fetched again, at the latest; zero for never
 * @param relativeExpiryMillis see {@code partition_location_expire_relative_time}
 */
public record LocationCacheRules(
        long maximumBytes,
        Duration repeatInterval,
        Duration absentLifetime,
        int refreshesPerSecond,
        int limitedRefreshesPerSecond,
        Duration waitForRefresh,
        boolean useWhileRefreshing,
        Duration expiry,
        long relativeExpiryMillis) {
    /** Short, since the table may be created the next moment. */
    private static final Duration ABSENT_LIFETIME = Duration.ofSeconds(1);

    /** A fetch takes a few milliseconds; a statement that waits longer had better go where it is executed remotely. */
    private static final Duration WAIT = Duration.ofMillis(100);

    /** Bounds by the parameters of a configuration. */
    public static LocationCacheRules of(ConfigSnapshot config) {
        return new LocationCacheRules(
                config.get(Parameters.ROUTING_CACHE_MEM_LIMITED),
                config.get(Parameters.DELAY_UPDATE_ENTRY_INTERVAL),
                ABSENT_LIFETIME,
                atMostInt(config.get(Parameters.NORMAL_PL_UPDATE_THRESHOLD)),
                atMostInt(config.get(Parameters.LIMITED_PL_UPDATE_THRESHOLD)),
                WAIT,
                config.get(Parameters.ENABLE_ASYNC_PULL_LOCATION_CACHE),
                config.get(Parameters.LOCATION_EXPIRE_PERIOD_TIME),
                config.get(Parameters.PARTITION_LOCATION_EXPIRE_RELATIVE_TIME));
    }

    private static int atMostInt(long value) {
        return (int) Math.min(Integer.MAX_VALUE, value);
    }
}
