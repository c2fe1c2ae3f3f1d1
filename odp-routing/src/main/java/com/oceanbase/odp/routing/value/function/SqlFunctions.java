package com.oceanbase.odp.routing.value.function;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All functions by name. */
public final class SqlFunctions {
    private static final Map<String, SqlFunction> MYSQL = table(List.of(
            ControlFunctions.TABLE,
            NumericFunctions.TABLE,
            StringFunctions.TABLE,
            SearchFunctions.TABLE,
            EncodingFunctions.TABLE,
            DateFunctions.TABLE,
            DateArithmetic.TABLE,
            ClockFunctions.TABLE,
            DateFormats.TABLE));
    private static final Map<String, SqlFunction> ORACLE = table(List.of(OracleFunctions.TABLE));

    private SqlFunctions() {}

    private static Map<String, SqlFunction> table(List<List<SqlFunction>> families) {
        Map<String, SqlFunction> table = new HashMap<>();
        for (List<SqlFunction> family : families) {
            for (SqlFunction function : family) {
                table.put(function.name(), function);
            }
        }
        return Map.copyOf(table);
    }

    /** The function with this name, in upper case; null if it is not computed here. */
    public static @Nullable SqlFunction find(String name, boolean oracle) {
        return (oracle ? ORACLE : MYSQL).get(name);
    }

    /** Names of all functions of a mode. */
    public static Set<String> names(boolean oracle) {
        return (oracle ? ORACLE : MYSQL).keySet();
    }
}
