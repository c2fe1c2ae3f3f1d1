package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.Router.Observation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What errors of a server mean for the request and for what is known of locations. Sources: obproxy
 * ob_mysql_transact.cpp:4560-4800 and src/lib/ob_errno.h; the numbers that it lacks are those of a 4.3.5 server. The
 * original passes on all that say "not here" but the first five; a server gives them when its own retries are used up.
 */
final class RetryRules {
    /**
     * An error.
     *
     * @param observation what it says of the router's choice; null for nothing
     * @param elsewhere whether the server executed nothing and another one may take the request
     */
    private record Rule(int errno, @Nullable Observation observation, boolean elsewhere) {}

    private static final Map<Integer, Rule> RULES = List.of(
                    new Rule(ErrorCode.TENANT_NOT_IN_SERVER.errno(), Observation.CHANGED, true),
                    new Rule(ErrorCode.CONNECT_ERROR.errno(), Observation.CHANGED, true),
                    new Rule(ErrorCode.SERVER_IS_INIT.errno(), null, true),
                    new Rule(ErrorCode.SERVER_IS_STOPPING.errno(), null, true),
                    new Rule(ErrorCode.SERVER_READ_ONLY.errno(), null, true),
                    new Rule(ErrorCode.NOT_MASTER.errno(), Observation.NOT_LEADER, true),
                    // the server knows no leader of the partition, of the log stream
                    new Rule(4654, Observation.NOT_LEADER, true),
                    new Rule(4722, Observation.NOT_LEADER, true),
                    // the log stream, the tablet is not there any more
                    new Rule(4719, Observation.NOT_LEADER, true),
                    new Rule(4725, Observation.NOT_LEADER, true),
                    // no location of the partition, of the log stream; no log stream of the tablet
                    new Rule(4653, Observation.CHANGED, true),
                    new Rule(4721, Observation.CHANGED, true),
                    new Rule(4723, Observation.CHANGED, true),
                    // no such partition: it was split, merged or dropped
                    new Rule(4225, Observation.CHANGED, true),
                    new Rule(4251, Observation.CHANGED, true),
                    // wrong schema; the server's schema is too old; try again
                    new Rule(4029, Observation.CHANGED, true),
                    new Rule(4242, Observation.CHANGED, true),
                    new Rule(5627, Observation.CHANGED, true),
                    // a table or a named partition that does not exist: most often the client's mistake
                    new Rule(1146, Observation.CHANGED, false),
                    new Rule(1735, Observation.CHANGED, false),
                    // the copy can't be read now
                    new Rule(6231, Observation.STALE, true))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Rule::errno, Function.identity()));

    private RetryRules() {}

    /**
     * What an error says about the router's choice; null for nothing.
     *
     * @param reason why the server was chosen; null if the router did not
     */
    static @Nullable Observation observation(int errno, @Nullable RouteReason reason) {
        if (isStale(errno, reason)) {
            return Observation.STALE;
        }
        Rule rule = RULES.get(errno);
        return rule == null ? null : rule.observation();
    }

    /**
     * Whether the error sends the request to another server.
     *
     * @param reason why the server was chosen; null if the router did not
     */
    static boolean isElsewhere(int errno, @Nullable RouteReason reason) {
        Rule rule = RULES.get(errno);
        return rule != null && rule.elsewhere() || isStale(errno, reason);
    }

    /** A copy that is too old for a weak read names another server (capability OB_CAP_READ_STALE_FEEDBACK). */
    private static boolean isStale(int errno, @Nullable RouteReason reason) {
        return errno == ErrorCode.REROUTE.errno() && reason == RouteReason.WEAK_READ_REPLICA;
    }

    /** Whether a login refused so may succeed on another server. */
    static boolean isLoginElsewhere(int errno) {
        return isElsewhere(errno, null) || errno == ErrorCode.SESSION_ALREADY_EXIST.errno();
    }

    /** Whether a tenant answers so that is not, or not any more, the primary of the service that a client asked for. */
    static boolean isAnotherInstance(int errno) {
        return errno == ErrorCode.SERVICE_NAME_NOT_FOUND.errno()
                || errno == ErrorCode.NOT_PRIMARY_TENANT.errno()
                || errno == ErrorCode.STANDBY_WEAK_READ_ONLY.errno();
    }
}
