package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableKeys;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.topology.TenantView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of all statements of one form under one current database: those that are written first. */
final class StatementPlan {
    private final Object form;
    private final String cluster;
    private final String tenant;
    private final String database;
    private final boolean exactNames;
    private final List<TableUse> uses;
    private final @Nullable RoutineUse routine;

    private StatementPlan(
            Object form,
            TenantView tenant,
            String database,
            boolean exactNames,
            List<TableUse> uses,
            @Nullable RoutineUse routine) {
        this.form = form;
        this.cluster = tenant.cluster();
        this.tenant = tenant.tenant();
        this.database = database;
        this.exactNames = exactNames;
        this.uses = List.copyOf(uses);
        this.routine = routine;
    }

    /** What all statements of a form share: their access, or without that their summary. */
    static Object formOf(RoutedStatement statement) {
        StatementAccess access = statement.access();
        return access.blocks().isEmpty() ? statement.summary() : access;
    }

    static StatementPlan of(RouteRequest request, RoutedStatement statement) {
        TenantView tenant = request.tenant();
        String database = statement.database(request.session());
        boolean exact = TableKeys.areExact(tenant, request.session());
        StatementPlan empty = new StatementPlan(formOf(statement), tenant, database, exact, List.of(), null);
        List<TableUse> uses = new ArrayList<>();
        TableName named = statement.summary().table();
        if (statement.access().blocks().isEmpty() && statement.summary().kind() != StatementKind.CALL) {
            TableKey key = named == null ? null : empty.key(named);
            if (key != null) {
                uses.add(new TableUse(key, null, null));
            }
        } else {
            empty.collect(statement.access(), uses);
        }
        return new StatementPlan(empty.form, tenant, database, exact, uses, RoutineUse.of(request, statement));
    }

    private void collect(StatementAccess access, List<TableUse> uses) {
        TableKeys keys = new TableKeys(cluster, tenant, exactNames);
        access.blocks().forEach(block -> TableUse.collect(block, keys, database, uses));
    }

    private @Nullable TableKey key(TableName name) {
        return new TableKeys(cluster, tenant, exactNames).key(name, database);
    }

    /** Whether this is the plan of a statement. */
    boolean isOf(Object otherForm, String otherDatabase, RouteRequest request) {
        return form == otherForm
                && database.equals(otherDatabase)
                && tenant.equals(request.tenant().tenant())
                && cluster.equals(request.tenant().cluster())
                && exactNames == TableKeys.areExact(request.tenant(), request.session());
    }

    /** The tables, those that are written first. */
    List<TableUse> uses() {
        return uses;
    }

    /** The routine that is called, null for other statements. */
    @Nullable
    RoutineUse routine() {
        return routine;
    }

    @Override
    public String toString() {
        return routine == null ? uses.toString() : routine.key().toString();
    }
}
