package com.oceanbase.odp.topology;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The system variables of a tenant by name; immutable. Names are looked up without regard to letter case.
 * An unknown variable is treated as a plain writable string so that nothing a session has set is ever lost.
 */
public final class SystemVariableCatalog {
    private static final long WRITABLE = SystemVariable.GLOBAL_SCOPE | SystemVariable.SESSION_SCOPE;

    /**
     * Used until a tenant's own variables are known. Values: original, load_default_system_variable() in
     * src/obproxy/proxy/mysqllib/ob_session_field_mgr.cpp:2771. The original marks all but autocommit read-only;
     * here they are writable, otherwise a value learnt early from a session would not be replayed.
     */
    private static final SystemVariableCatalog BUILT_IN = new SystemVariableCatalog(
            0,
            List.of(
                    integer("autocommit", "1"),
                    integer("auto_increment_increment", "1"),
                    integer("auto_increment_offset", "1"),
                    integer("last_insert_id", "0"),
                    integer("interactive_timeout", "0"),
                    integer("ob_query_timeout", "10000000"),
                    integer("ob_trx_timeout", "100000000"),
                    integer("net_read_timeout", "30"),
                    integer("net_write_timeout", "60"),
                    integer("wait_timeout", "28800"),
                    new SystemVariable(
                            "lower_case_table_names",
                            SystemVariable.TYPE_INT,
                            "2",
                            WRITABLE | SystemVariable.READ_ONLY),
                    integer("tx_read_only", "0"),
                    integer("ob_read_consistency", "3"),
                    integer("collation_connection", "45"),
                    integer("ob_enable_transmission_checksum", "1")));

    private final long version;
    private final Map<String, SystemVariable> variables;

    /**
     * A catalogue of these variables.
     *
     * @param version largest {@code modified_time} of the rows, 0 for a built-in set
     */
    public SystemVariableCatalog(long version, Collection<SystemVariable> variables) {
        this.version = version;
        Map<String, SystemVariable> byName = HashMap.newHashMap(variables.size());
        for (SystemVariable variable : variables) {
            byName.put(variable.name().toLowerCase(Locale.ROOT), variable);
        }
        this.variables = Map.copyOf(byName);
    }

    /** The set used before a tenant's own set has been fetched. */
    public static SystemVariableCatalog builtIn() {
        return BUILT_IN;
    }

    private static SystemVariable integer(String name, String value) {
        return new SystemVariable(name, SystemVariable.TYPE_INT, value, WRITABLE);
    }

    /** Largest {@code modified_time} of the set: the tenant's global variables version; 0 for the built-in set. */
    public long version() {
        return version;
    }

    /** Number of variables. */
    public int size() {
        return variables.size();
    }

    /** The variable of this name, or null. */
    public @Nullable SystemVariable find(String name) {
        SystemVariable exact = variables.get(name);
        return exact != null ? exact : variables.get(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the tenant has a variable of this name. */
    public boolean contains(String name) {
        return find(name) != null;
    }

    /** Whether a SET has to quote the value; true for an unknown name. */
    public boolean isString(String name) {
        SystemVariable variable = find(name);
        return variable == null || variable.isString();
    }

    /** Whether a session may set it; true for an unknown name. */
    public boolean isSessionWritable(String name) {
        SystemVariable variable = find(name);
        return variable == null || variable.isSessionWritable();
    }

    /** Whether an empty value stands for NULL; false for an unknown name. */
    public boolean isNullable(String name) {
        SystemVariable variable = find(name);
        return variable != null && variable.isNullable();
    }

    /** Global value as text, or null for an unknown name. */
    public @Nullable String globalValue(String name) {
        SystemVariable variable = find(name);
        return variable == null ? null : variable.globalValue();
    }

    /** All variables in no particular order. */
    public Collection<SystemVariable> all() {
        return variables.values();
    }
}
