package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.sql.SetItem;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import org.jspecify.annotations.Nullable;

/**
 * Session variables that the configuration decides: {@code ob_read_consistency} by {@code obproxy_read_consistency} and
 * {@code weak_read_user_list}, {@code tx_read_only} by {@code obproxy_read_only}, which the client may not change then,
 * and {@code ob_max_read_stale_time} where servers know it (original: ob_mysql_transact.cpp:7480-7585,
 * ob_mysql_sm.cpp:8395-8425). Servers get them as they get what the client sets. Event loop confined.
 */
final class ImposedVariables {
    private static final String READ_CONSISTENCY = "ob_read_consistency";
    private static final String READ_ONLY = "tx_read_only";
    private static final String READ_ONLY_OTHER_NAME = "transaction_read_only";
    private static final String WEAK = "2";
    private static final String STRONG = "3";
    private static final String MAX_STALE_TIME = "ob_max_read_stale_time";
    private static final long UNLIMITED = -1;
    private static final long FOLLOWER = 1;
    private static final long NO_WRITES = 0;

    private final ClientSession session;
    private @Nullable ConfigSnapshot known;
    private boolean follower;
    private boolean readOnly;
    private long maxStaleTime = UNLIMITED;

    ImposedVariables(ClientSession session) {
        this.session = session;
    }

    /** The session has the variables of its login again. */
    void forget() {
        known = null;
        follower = false;
        readOnly = false;
        maxStaleTime = UNLIMITED;
    }

    /** Brings the session in line with the configuration, if that has changed since. */
    void follow(ConfigSnapshot config) {
        if (config != known) {
            known = config;
            boolean toFollower = config.get(Parameters.OBPROXY_READ_CONSISTENCY) == FOLLOWER
                    || session.login().account().isAmong(config.get(Parameters.WEAK_READ_USER_LIST));
            if (toFollower != follower) {
                follower = toFollower;
                session.state().impose(READ_CONSISTENCY, follower ? WEAK : STRONG);
            }
            boolean noWrites = config.get(Parameters.OBPROXY_READ_ONLY) == NO_WRITES;
            if (noWrites != readOnly) {
                readOnly = noWrites;
                session.state().impose(READ_ONLY, readOnly ? "1" : "0");
            }
            long staleTime = config.get(Parameters.OB_MAX_READ_STALE_TIME);
            if (staleTime != maxStaleTime && session.variableCatalog().contains(MAX_STALE_TIME)) {
                maxStaleTime = staleTime;
                session.state().impose(MAX_STALE_TIME, Long.toString(staleTime));
            }
        }
    }

    /** Why the statement may not be executed, null when it may. */
    @Nullable
    ErrorCode refusal(StatementSummary statement) {
        if (!(follower || readOnly) || statement.kind() != StatementKind.SET) {
            return null;
        }
        for (SetItem item : statement.setItems()) {
            if (follower && item.isSessionVariable() && item.name().equalsIgnoreCase(READ_CONSISTENCY)) {
                return ErrorCode.READ_CONSISTENCY_CHANGE_NOT_ALLOWED;
            }
            if (readOnly && changesReadOnly(item)) {
                return ErrorCode.READ_ONLY_CHANGE_NOT_ALLOWED;
            }
        }
        return null;
    }

    private static boolean changesReadOnly(SetItem item) {
        boolean named = item.name().equalsIgnoreCase(READ_ONLY) || item.name().equalsIgnoreCase(READ_ONLY_OTHER_NAME);
        return item.isSessionVariable() && named;
    }
}
