package com.oceanbase.odp.routing;

import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.topology.TenantView;

/** Chooses servers. Thread-safe; never blocks and never throws for any statement. */
public interface Router {
    /**
     * The server of a request. A request whose session must stay on its server (open transaction, temporary table …)
     * is not asked about. Has one side effect: choosing a server that was blocked takes its trial.
     */
    RouteDecision route(RouteRequest request);

    /** A server executed the request and said that it was not the right one: what led there is looked at again. */
    void missed(TenantView tenant, String database, StatementSummary statement);
}
