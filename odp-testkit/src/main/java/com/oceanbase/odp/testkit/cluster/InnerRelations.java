package com.oceanbase.odp.testkit.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Renames, in statement texts, the relations that a cluster has and a single-node kernel lacks.
 *
 * <p>Works on identifiers only: string literals, comments and all other text pass unchanged. A name counts with or
 * without backquotes, in any case, alone or behind {@code oceanbase.}, not behind another qualifier.
 */
final class InnerRelations {

    /** The database with the stand-ins of the first cluster before a kernel. */
    static final String SCHEMA = "oceanbase_sim";

    private static final Map<String, String> RELATIONS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        for (String same : new String[] {
            "DBA_OB_SERVERS",
            "DBA_OB_ZONES",
            "DBA_OB_TENANTS",
            "CDB_OB_LS_LOCATIONS",
            "CDB_OB_SERVICES",
            "ldg_standby_status",
            "DBA_OB_LS_LOCATIONS"
        }) {
            RELATIONS.put(same, same);
        }
        RELATIONS.put("CDB_OB_TABLEGROUP_TABLES", "tablegroup_tables");
        RELATIONS.put("V$OB_CLUSTER", "v_ob_cluster");
        RELATIONS.put("__all_virtual_server_stat", "server_stat");
        RELATIONS.put("__all_virtual_zone_stat", "zone_stat");
        RELATIONS.put("__all_virtual_proxy_server_stat", "proxy_server_stat");
        RELATIONS.put("__all_tenant", "all_tenant");
        RELATIONS.put("GV$OB_LOG_STAT", "log_stat");
        RELATIONS.put("V$OB_LOG_STAT", "log_stat");
        RELATIONS.put("__all_virtual_proxy_schema", "proxy_schema");
        RELATIONS.put("__all_virtual_tablet_to_ls", "tablet_to_ls");
        RELATIONS.put("__all_virtual_proxy_partition_info", "proxy_partition_info");
        RELATIONS.put("__all_virtual_proxy_partition", "proxy_partition");
        RELATIONS.put("__all_virtual_proxy_sub_partition", "proxy_sub_partition");
        RELATIONS.put("__all_virtual_proxy_routine", "proxy_routine");
        RELATIONS.put("__all_virtual_table", "virtual_table");
        RELATIONS.put("__all_virtual_column", "virtual_column");
        RELATIONS.put("__all_virtual_database", "virtual_database");
    }

    private static final String[] HINTS = {"_ob_", "__all_virtual_", "__all_tenant", "ldg_standby"};
    private static final String OWNER = "oceanbase";

    private InnerRelations() {}

    /** The text with stand-ins of this database, the same object if there was nothing to rename. */
    static String rename(String text, String schema) {
        return mayMatch(text) ? new Scan(text, schema).run() : text;
    }

    private static boolean mayMatch(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("$ob_")) {
            return true;
        }
        for (String hint : HINTS) {
            if (lower.contains(hint)) {
                return true;
            }
        }
        return false;
    }

    /** One pass over a text. */
    private static final class Scan {

        private final SqlTokens tokens;
        private final String text;
        private final String schema;
        private final StringBuilder out;
        private int copied;
        private int qualifierStart = -1;
        private boolean ownerQualifier;

        Scan(String text, String schema) {
            this.text = text;
            this.schema = schema;
            this.tokens = new SqlTokens(text);
            this.out = new StringBuilder(text.length() + 32);
        }

        String run() {
            boolean behindDot = false;
            while (tokens.next()) {
                switch (tokens.kind()) {
                    case IDENTIFIER -> {
                        identifier(behindDot);
                        behindDot = false;
                    }
                    case DOT -> behindDot = true;
                    case SPACE -> {
                        // Blanks may stand around the dot of a qualified name.
                    }
                    default -> {
                        behindDot = false;
                        qualifierStart = -1;
                    }
                }
            }
            if (copied == 0) {
                return text;
            }
            return out.append(text, copied, text.length()).toString();
        }

        private void identifier(boolean behindDot) {
            String name = tokens.name();
            String standIn = RELATIONS.get(name);
            boolean matches = standIn != null && (!behindDot || ownerQualifier);
            if (matches) {
                int from = behindDot ? qualifierStart : tokens.start();
                out.append(text, copied, from).append(schema).append('.').append(standIn);
                copied = tokens.end();
            }
            ownerQualifier = !behindDot && name.equalsIgnoreCase(OWNER);
            qualifierStart = tokens.start();
        }
    }
}
