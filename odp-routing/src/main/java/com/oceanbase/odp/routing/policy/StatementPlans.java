package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The plans in use. A plan has one of a few places that follow from its statement's form, tenant and database; where all of
 * them are taken it replaces another one. So looking is a few reads of one cache line, memory is bounded, and nothing is
 * locked.
 */
final class StatementPlans {
    /** Places that a plan may have. */
    private static final int WAYS = 4;

    /** Room for 10,000 forms such that hardly one of them is without a place. */
    private static final int BUCKET_BITS = 13;

    private static final int SPREAD = 0x9E3779B9;
    private static final int SHIFT = 32 - BUCKET_BITS;

    private final AtomicReferenceArray<StatementPlan> plans = new AtomicReferenceArray<>(WAYS << BUCKET_BITS);

    /** Where the next plan goes that finds no place; lost updates do no harm. */
    private int victim;

    /** The plan of a statement. */
    StatementPlan of(RouteRequest request, RoutedStatement statement) {
        Object form = StatementPlan.formOf(statement);
        String database = statement.database(request.session());
        int mixed = System.identityHashCode(form)
                + 31 * database.hashCode()
                + 17 * request.tenant().tenant().hashCode();
        int bucket = (mixed * SPREAD >>> SHIFT) * WAYS;
        int free = -1;
        for (int place = bucket; place < bucket + WAYS; place++) {
            StatementPlan plan = plans.get(place);
            if (plan == null) {
                free = place;
                break;
            }
            if (plan.isOf(form, database, request)) {
                return plan;
            }
        }
        StatementPlan plan = StatementPlan.of(request, statement);
        plans.set(free >= 0 ? free : bucket + (victim++ & WAYS - 1), plan);
        return plan;
    }
}
