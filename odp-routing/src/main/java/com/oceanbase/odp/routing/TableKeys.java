package com.oceanbase.odp.routing;

import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.topology.TenantView;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes full names of tables from names in texts, in the letter case that the tenant stores.
 *
 * @param exact whether the tenant tells names apart that differ in letter case only
 */
public record TableKeys(String cluster, String tenant, boolean exact) {
    /** Tables in them are virtual or small and on every server; asking for their location would only cost time. */
    private static final Set<String> SYSTEM_DATABASES =
            Set.of("oceanbase", "information_schema", "mysql", "performance_schema", "sys", "__recyclebin", "__public");

    /** Those of a session of the tenant. */
    public static TableKeys of(TenantView tenant, SessionView session) {
        return new TableKeys(tenant.cluster(), tenant.tenant(), areExact(tenant, session));
    }

    /** Whether names that differ in letter case only are names of different tables. */
    public static boolean areExact(TenantView tenant, SessionView session) {
        return session.values().oracle() || "0".equals(tenant.variables().globalValue("lower_case_table_names"));
    }

    /**
     * The full name; null when its database is not known or is one of the system's.
     *
     * @param database database of names without one, empty for none
     */
    public @Nullable TableKey key(TableName name, String database) {
        String named = name.database();
        String in = named == null || named.isEmpty() ? database : named;
        if (in.isEmpty() || name.name().isEmpty() || SYSTEM_DATABASES.contains(in.toLowerCase(Locale.ROOT))) {
            return null;
        }
        return new TableKey(
                cluster,
                tenant,
                exact ? in : in.toLowerCase(Locale.ROOT),
                exact ? name.name() : name.name().toLowerCase(Locale.ROOT));
    }
}
