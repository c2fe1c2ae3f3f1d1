package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.PinReason;
import org.jspecify.annotations.Nullable;

/**
 * Where a request must go, and why.
 *
 * @param reason why the router may not choose, null when it may
 * @param link the link it must use, null when there is none or it cannot be used
 * @param trouble why the link cannot be used, fit to follow what it was needed for
 */
record RequestBinding(@Nullable PinReason reason, @Nullable ServerLink link, String trouble) {
    private static final String GONE = "its connection is gone";
    private static final String ELSEWHERE = "the session is bound to another server now";

    /** What binds this request, by its own kind or by the session. */
    static RequestBinding of(RequestKind kind, ClientSession session) {
        ServerLink current = session.links().current();
        PinReason own = kind.boundBy(session);
        PinReason reason = own == null ? session.pinFor(kind.summary()) : own;
        ServerLink link = own == null ? current : kind.boundLink(session);
        if (reason == null) {
            return new RequestBinding(null, null, "");
        }
        if (link == null || !link.isOpen()) {
            return new RequestBinding(reason, null, GONE);
        }
        // What changes things may not go elsewhere while the session's transaction or locks are on the current server.
        boolean allowed = link == current || !kind.movesSession() || session.pinFor(null) == null;
        return allowed ? new RequestBinding(reason, link, "") : new RequestBinding(reason, null, ELSEWHERE);
    }
}
