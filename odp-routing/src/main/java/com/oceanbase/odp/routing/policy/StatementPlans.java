package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The plans in use. Each has one place that follows from its statement's form, tenant and database; a plan that comes to
 * the same place replaces the older one. So looking is one array read, memory is bounded, and nothing is locked.
 */
final class StatementPlans {
    private static final int SIZE = 1 << 13;
    private static final int SPREAD = 0x9E3779B9;
    private static final int SHIFT = 32 - 13;

    private final AtomicReferenceArray<StatementPlan> plans = new AtomicReferenceArray<>(SIZE);

    /** The plan of a statement. */
    StatementPlan of(RouteRequest request, RoutedStatement statement) {
        Object form = StatementPlan.formOf(statement);
        String database = statement.database(request.session());
        int mixed = System.identityHashCode(form)
                + 31 * database.hashCode()
                + 17 * request.tenant().tenant().hashCode();
        int place = mixed * SPREAD >>> SHIFT;
        StatementPlan plan = plans.get(place);
        if (plan == null || !plan.isOf(form, database, request)) {
            plan = StatementPlan.of(request, statement);
            plans.set(place, plan);
        }
        return plan;
    }
}
