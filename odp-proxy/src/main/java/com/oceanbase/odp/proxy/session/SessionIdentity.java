package com.oceanbase.odp.proxy.session;

/**
 * What a session is called.
 *
 * @param id connection id as the client sees it ({@code cs_id})
 * @param proxySessionId id of the session across all proxies ({@code proxy_sessid})
 * @param acceptedAtMillis when the client connected, milliseconds since the epoch
 */
public record SessionIdentity(long id, long proxySessionId, long acceptedAtMillis) {}
