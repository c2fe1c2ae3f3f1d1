package com.oceanbase.odp.topology;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import java.time.Duration;
import java.util.Set;

/**
 * Rules by which failing servers are avoided; defaults and meaning: parameters {@code enable_congestion},
 * {@code congestion_failure_threshold}, {@code congestion_fail_window}, {@code congestion_retry_interval} and
 * {@code min_keep_congestion_interval}.
 *
 * @param enabled false switches the mechanism off
 * @param failureThreshold failures within the window that block a server; 0 disables counting, as documented
 * @param failureWindow length of the window in which failures are counted
 * @param retryInterval time after which a blocked server is tried once again
 * @param minimumBlock shortest block that a listing as active can end
 */
public record HealthRules(
        boolean enabled, int failureThreshold, Duration failureWindow, Duration retryInterval, Duration minimumBlock) {

    /**
     * OceanBase errors that count as a failure of the server: server is initialising, is stopping, packet checksum
     * error, allocate memory failed (original: src/obproxy/proxy/mysql/ob_mysql_transact.cpp:6924-7012).
     */
    public static final Set<Integer> COUNTED_SERVER_ERRORS = Set.of(8001, 8002, 8003, 4013);

    /** The defaults of the parameters. */
    public static final HealthRules DEFAULT =
            new HealthRules(true, 5, Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(20));

    /** The rules that a configuration asks for. */
    public static HealthRules of(ConfigSnapshot config) {
        return new HealthRules(
                config.get(Parameters.ENABLE_CONGESTION),
                Math.toIntExact(Math.min(Integer.MAX_VALUE, config.get(Parameters.CONGESTION_FAILURE_THRESHOLD))),
                config.get(Parameters.CONGESTION_FAIL_WINDOW),
                config.get(Parameters.CONGESTION_RETRY_INTERVAL),
                config.get(Parameters.MIN_KEEP_CONGESTION_INTERVAL));
    }
}
