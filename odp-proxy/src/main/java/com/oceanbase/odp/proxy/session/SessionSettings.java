package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.LinkConnector;
import java.time.Duration;
import java.util.List;

/**
 * The parameters that a session lives by, read from the configuration when the session begins.
 *
 * @param maxRetries how often a request is tried again on another server
 * @param keepLimit longest request, bytes, that is kept whole and can be sent again
 * @param prefixLength bytes of a longer request that are looked at
 * @param memoryLimit bytes that variables and statements of one session may take
 * @param queryTimeoutDelta how much longer the proxy waits than the server's own query timeout
 * @param loginTimeout time a client has between greeting and login
 * @param userNameSeparators characters that may separate the parts of a login name
 * @param checkCluster servers compare the cluster name
 * @param tellClientIp servers learn the client's address
 * @param clientSessionIdVersion layout of connection ids, 1 or 2
 * @param ob20 servers are offered the OceanBase 2.0 protocol
 * @param initSql statements that a server gets before the first request of a client, empty for none
 * @param links how server links are opened
 */
public record SessionSettings(
        int maxRetries,
        int keepLimit,
        int prefixLength,
        long memoryLimit,
        Duration queryTimeoutDelta,
        Duration loginTimeout,
        List<String> userNameSeparators,
        boolean checkCluster,
        boolean tellClientIp,
        int clientSessionIdVersion,
        boolean ob20,
        String initSql,
        LinkConnector.Settings links) {}
