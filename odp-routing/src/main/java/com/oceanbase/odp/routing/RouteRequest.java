package com.oceanbase.odp.routing;

import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.TenantView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement that may go to more than one server.
 *
 * @param tenant snapshot that the request was begun with
 * @param database current database of the session, empty if none
 * @param statement what is known of its text; null for a command without text
 * @param lastServer server that the session used last, null before the first
 * @param excluded servers that failed for this request already
 * @param locationWaited whether {@link LocationSource#request} has been awaited for this request; then the router
 *     never asks for it again
 */
public record RouteRequest(
        TenantView tenant,
        String database,
        @Nullable StatementSummary statement,
        @Nullable ServerAddress lastServer,
        Set<ServerAddress> excluded,
        boolean locationWaited) {}
