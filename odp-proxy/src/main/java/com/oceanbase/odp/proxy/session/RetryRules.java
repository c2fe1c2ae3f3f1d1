package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.routing.Router;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which errors of a server mean that it did not execute the request and another one may. Source: obproxy ob_mysql_transact.cpp. */
final class RetryRules {
    private static final Set<Integer> ELSEWHERE = Stream.of(
                    ErrorCode.TENANT_NOT_IN_SERVER,
                    ErrorCode.SERVER_IS_INIT,
                    ErrorCode.SERVER_IS_STOPPING,
                    ErrorCode.CONNECT_ERROR,
                    ErrorCode.SERVER_READ_ONLY)
            .map(ErrorCode::errno)
            .collect(Collectors.toUnmodifiableSet());

    private RetryRules() {}

    /** What an error says about the router's choice (source: ob_mysql_transact.cpp:4560-4800); null for nothing. */
    static Router.@Nullable Observation observation(int errno) {
        if (errno == ErrorCode.TENANT_NOT_IN_SERVER.errno() || errno == ErrorCode.CONNECT_ERROR.errno()) {
            return Router.Observation.CHANGED;
        }
        return errno == ErrorCode.NOT_MASTER.errno() ? Router.Observation.NOT_LEADER : null;
    }

    /** Whether the error sends the request to another server. */
    static boolean isElsewhere(int errno) {
        return ELSEWHERE.contains(errno);
    }

    /** Whether a login refused so may succeed on another server. */
    static boolean isLoginElsewhere(int errno) {
        return ELSEWHERE.contains(errno) || errno == ErrorCode.SESSION_ALREADY_EXIST.errno();
    }
}
