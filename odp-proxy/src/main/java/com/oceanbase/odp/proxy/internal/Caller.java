package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.session.ClientSession;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what he may see and end. Immutable, so that it can be asked on the event loop of any session. Rules:
 * obproxy src/obproxy/cmd/ob_show_session_handler.cpp, ob_kill_op_handler.cpp, ob_mysql_server_session.cpp; bits of the
 * privilege mask: src/share/schema/ob_priv_type.h.
 *
 * @param id connection id of the session that asks
 * @param account its account, null before a login
 * @param privileges mask of the account's privileges in its tenant
 */
record Caller(long id, @Nullable AccountName account, long privileges) {
    private static final long PRIVILEGE_SUPER = 1L << 14;
    private static final long PRIVILEGE_PROCESS = 1L << 15;

    static Caller of(ClientSession session) {
        return new Caller(
                session.id(),
                session.isLoggedIn() ? session.login().account() : null,
                session.state().baseline().userPrivileges());
    }

    /** {@code root@proxysys}, who may do everything. */
    boolean isProxyAdministrator() {
        return account != null && account.isProxySys() && account.user().equals("root");
    }

    /** Whether the commands that concern the proxy as a whole are for this account: also for {@code root@sys}. */
    boolean isAdministrator() {
        return isProxyAdministrator()
                || (account != null && isSysTenant() && account.user().equals("root"));
    }

    private boolean isSysTenant() {
        return account != null && account.tenant().toLowerCase(Locale.ROOT).equals("sys");
    }

    private boolean isSameTenant(AccountName other) {
        return account != null
                && account.cluster().equals(other.cluster())
                && account.tenant().equals(other.tenant());
    }

    private boolean isSameUser(AccountName other) {
        return account != null && account.user().equals(other.user());
    }

    private boolean has(long privilege) {
        return (privileges & privilege) != 0;
    }

    /** Whether SHOW PROCESSLIST lists a session of this account. */
    boolean seesProcess(@Nullable AccountName other) {
        if (isProxyAdministrator()) {
            return true;
        }
        return other != null
                && (isSysTenant() || (isSameTenant(other) && (isSameUser(other) || has(PRIVILEGE_PROCESS))));
    }

    /** Whether the SHOW PROXYSESSION commands tell about the session. */
    boolean seesSession(long otherId, @Nullable AccountName other) {
        return isProxyAdministrator() || otherId == id || (other != null && isSysTenant());
    }

    /** Why a session of this account may not be ended, null when it may; one of another tenant seems not to exist. */
    @Nullable
    ErrorCode refusalToEnd(long otherId, @Nullable AccountName other) {
        if (isProxyAdministrator() || otherId == id) {
            return null;
        }
        if (other != null && isSysTenant()) {
            return account != null && account.cluster().equals(other.cluster()) ? null : ErrorCode.NOT_THREAD_OWNER;
        }
        return refusalToStop(otherId, other);
    }

    /** Why a statement of this account may not be stopped, null when it may; here tenant sys is like any other. */
    @Nullable
    ErrorCode refusalToStop(long otherId, @Nullable AccountName other) {
        if (isProxyAdministrator() || otherId == id) {
            return null;
        }
        if (other == null || !isSameTenant(other)) {
            return ErrorCode.UNKNOWN_THREAD;
        }
        return isSameUser(other) || has(PRIVILEGE_SUPER) ? null : ErrorCode.NOT_THREAD_OWNER;
    }
}
