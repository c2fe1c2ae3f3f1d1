package com.oceanbase.odp.control.inner;

import java.util.Map;
import java.util.Set;

/**
 * The statements that the proxy asks servers by itself. Names in braces are replaced by {@link #text}; columns of the
 * results are found by name. Sources are files of the original below src/obproxy.
 */
public enum InnerSql {
    /** Column cluster_version. Source: obutils/ob_resource_pool_processor.cpp:51. */
    CLUSTER_VERSION("SELECT ob_version() AS cluster_version", "SELECT ob_version() AS cluster_version"),

    /** Columns zone, status, is_merging, region, spare4 (idc), spare5 (type). Source: obutils/ob_server_state_processor.cpp:45-53. */
    ZONES(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ * FROM oceanbase.__all_virtual_zone_stat LIMIT 9223372036854775807",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ zone, status, 0 AS is_merging, region, idc AS spare4, type AS spare5"
                    + " FROM oceanbase.DBA_OB_ZONES LIMIT 9223372036854775807"),

    /** Columns svr_ip, svr_port (SQL port), zone, status, start_service_time, stop_time. Source: the same file, 55-66. */
    SERVERS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ ss.svr_ip AS svr_ip, ss.svr_port AS svr_port, ss.zone AS zone,"
                    + " ss.status AS status, ss.start_service_time AS start_service_time, ss.stop_time AS stop_time,"
                    + " ass.svr_port AS rpc_port FROM oceanbase.__all_virtual_proxy_server_stat ss left join"
                    + " oceanbase.__all_virtual_server_stat ass on ss.svr_ip = ass.svr_ip and ss.svr_port = ass.inner_port"
                    + " WHERE ss.svr_port > 0 ORDER BY zone LIMIT 9223372036854775807",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ svr_ip, svr_port AS rpc_port, sql_port AS svr_port, zone, status,"
                    + "start_service_time is not null AS start_service_time, stop_time is not null as stop_time"
                    + " FROM oceanbase.DBA_OB_SERVERS WHERE svr_port > 0 ORDER BY zone LIMIT 9223372036854775807"),

    /** Columns tenant_name, tenant_id, locality, primary_zone. Source: the same file, 99-101 and 1000-1003. */
    TENANTS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ tenant_name, tenant_id, locality, previous_locality, primary_zone,"
                    + " compatibility_mode FROM oceanbase.__all_tenant where previous_locality = '' and tenant_id != 1",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ tenant_name, tenant_id, locality, previous_locality, primary_zone, status,"
                    + " compatibility_mode FROM oceanbase.DBA_OB_TENANTS where previous_locality is null and tenant_id != 1"),

    /**
     * Columns tenant_name, leader_addr, is_single_leader; {tenants} are tenant ids separated by commas.
     * Source: obutils/ob_server_state_processor.cpp:68-91.
     */
    SINGLE_LEADERS(
            "SELECT  /*+READ_CONSISTENCY(WEAK)*/  tenant_name, CONCAT(vs.svr_ip, ':', vs.inner_port) AS "
                    + "leader_addr, st.unit_count = 1 AS is_single_leader FROM (oceanbase.__all_unit AS u RIGHT "
                    + "JOIN ( SELECT t.tenant_name AS tenant_name, t.tenant_id, unit_count, "
                    + "SUBSTRING_INDEX(t.primary_zone, ';', 1) AS primary_zone, resource_pool_id FROM  "
                    + "oceanbase.__all_tenant AS t LEFT JOIN oceanbase.__all_resource_pool AS s ON t.tenant_id = "
                    + "s.tenant_id WHERE t.tenant_id != 1 AND t.primary_zone != 'RANDOM' GROUP BY tenant_id HAVING "
                    + "count(*) = 1) AS st ON u.zone = st.primary_zone AND u.resource_pool_id = "
                    + "st.resource_pool_id AND u.status = 'ACTIVE') LEFT JOIN oceanbase.__all_virtual_server_stat "
                    + "vs ON vs.svr_ip = u.svr_ip AND vs.svr_port = u.svr_port AND INSTR(primary_zone, ',') = 0",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ t.tenant_name as tenant_name, leader_addr, count(*) = 1 "
                    + "AS is_single_leader FROM oceanbase.DBA_OB_TENANTS t RIGHT JOIN ( SELECT DISTINCT tenant_id, "
                    + "CONCAT(svr_ip, ':', sql_port) AS leader_addr FROM oceanbase.CDB_OB_LS_LOCATIONS WHERE ls_id "
                    + "!= 1 AND role='leader' AND tenant_id IN ({tenants})) s ON t.tenant_id = s.tenant_id GROUP "
                    + "BY tenant_name"),

    /**
     * Columns tenant_id, ls_id, svr_ip, sql_port, modify_time; one row for each leader of a log stream. {ids} are tenant
     * ids. ODP's own, from version 4 on; the relation is that of {@link #SINGLE_LEADERS}.
     */
    LOG_STREAM_LEADERS(
            "",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ tenant_id, ls_id, svr_ip, sql_port, modify_time"
                    + " FROM oceanbase.CDB_OB_LS_LOCATIONS WHERE role = 'LEADER' AND tenant_id IN ({ids})"
                    + " LIMIT 9223372036854775807"),

    /** Columns tenant_role, service_name of the tenant {tenant}. Source: obutils/ob_server_state_processor.cpp:103-105. */
    SERVICE_ROLE(
            "",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ dba_tenant.tenant_role, c_service_name.service_name"
                    + " from oceanbase.CDB_OB_SERVICES c_service_name join oceanbase.DBA_OB_TENANTS dba_tenant"
                    + " on dba_tenant.tenant_id = c_service_name.tenant_id where dba_tenant.tenant_name ='{tenant}' "),

    /** Columns svr_ip, sql_port; one row per server of the tenant {tenant}. Source: proxy/route/ob_route_utils.cpp:113-127. */
    TENANT_SERVERS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ A.*, B.svr_port as svr_port FROM oceanbase.__all_virtual_proxy_schema A"
                    + " inner join oceanbase.__all_virtual_server_stat B ON A.svr_ip = B.svr_ip and A.sql_port = B.inner_port"
                    + " WHERE A.tenant_name = '{tenant}' AND A.database_name = 'oceanbase' AND A.table_name = '__all_dummy'"
                    + " AND A.sql_port > 0 ORDER BY A.partition_id ASC, role ASC LIMIT 9223372036854775807",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ A.*, B.svr_port as svr_port FROM oceanbase.__all_virtual_proxy_schema A"
                    + " inner join oceanbase.DBA_OB_SERVERS B ON A.svr_ip = B.svr_ip and A.sql_port = B.sql_port"
                    + " WHERE A.tenant_name = '{tenant}' AND A.database_name = 'oceanbase' AND A.table_name = '__all_dummy'"
                    + " AND A.sql_port > 0 ORDER BY A.tablet_id ASC, role ASC LIMIT 9223372036854775807"),

    /**
     * Columns svr_ip, sql_port, table_id, role, part_num, replica_type (spare1 below 4.0), table_type, schema_version;
     * one row per replica of the first partition. {force} is empty or {@link #FORCE_REFRESH}.
     * Source: proxy/route/ob_route_utils.cpp:67-83.
     */
    TABLE_ENTRY(
            "SELECT /*+READ_CONSISTENCY(WEAK){force}*/ A.*, B.svr_port as svr_port FROM oceanbase.__all_virtual_proxy_schema A"
                    + " inner join oceanbase.__all_virtual_server_stat B ON A.svr_ip = B.svr_ip and A.sql_port = B.inner_port"
                    + " WHERE A.tenant_name = '{tenant}' AND A.database_name = '{db}' AND A.table_name = '{table}'"
                    + " AND A.partition_id = 0 ORDER BY A.role ASC LIMIT 9223372036854775807",
            "SELECT /*+READ_CONSISTENCY(WEAK){force}*/ A.*, B.svr_port as svr_port FROM oceanbase.__all_virtual_proxy_schema A"
                    + " inner join oceanbase.DBA_OB_SERVERS B ON A.svr_ip = B.svr_ip and A.sql_port = B.sql_port"
                    + " WHERE A.tenant_name = '{tenant}' AND A.database_name = '{db}' AND A.table_name = '{table}'"
                    + " AND A.tablet_id = 0 ORDER BY A.role ASC LIMIT 9223372036854775807"),

    /**
     * Columns as of {@link #TABLE_ENTRY}, and tablet_id or partition_id; {ids} is a list of numbers. Source:
     * proxy/route/ob_route_utils.cpp:85-101.
     */
    PARTITION_LOCATIONS(
            "SELECT /*+READ_CONSISTENCY(WEAK){force}*/ A.*, B.svr_port as svr_port FROM oceanbase.__all_virtual_proxy_schema A"
                    + " inner join oceanbase.__all_virtual_server_stat B ON A.svr_ip = B.svr_ip and A.sql_port = B.inner_port"
                    + " WHERE A.tenant_name = '{tenant}' AND A.database_name = '{db}' AND A.table_name = '{table}'"
                    + " AND A.partition_id IN ({ids}) ORDER BY A.role ASC LIMIT 9223372036854775807",
            "SELECT /*+READ_CONSISTENCY(WEAK){force}*/ A.*, B.svr_port as svr_port FROM oceanbase.__all_virtual_proxy_schema A"
                    + " inner join oceanbase.DBA_OB_SERVERS B ON A.svr_ip = B.svr_ip and A.sql_port = B.sql_port"
                    + " WHERE A.tenant_name = '{tenant}' AND A.database_name = '{db}' AND A.table_name = '{table}'"
                    + " AND A.tablet_id IN ({ids}) ORDER BY A.tablet_id, A.role ASC LIMIT 9223372036854775807"),

    /** How a table is divided: one row for each column of the keys. Source: the same file, 129-137. */
    PARTITION_INFO(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ * FROM oceanbase.__all_virtual_proxy_partition_info"
                    + " WHERE table_id = {id} order by part_key_idx LIMIT 128;",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ * FROM oceanbase.__all_virtual_proxy_partition_info"
                    + " WHERE table_id = {id} and tenant_name = '{tenant}' order by part_key_idx LIMIT 128;"),

    /**
     * Columns part_id, part_name, high_bound_val_bin, sub_part_num, from version 4 on also tablet_id, ls_id. Source:
     * the same file, 139-157.
     */
    PARTITIONS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ part_id, part_name, high_bound_val_bin, sub_part_num"
                    + " FROM oceanbase.__all_virtual_proxy_partition WHERE table_id = {id} LIMIT 9223372036854775807;",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/  A.tablet_id as tablet_id, IFNULL((SELECT B.ls_id"
                    + " FROM oceanbase.__all_virtual_tablet_to_ls B WHERE A.tablet_id = B.tablet_id AND B.table_id = {id}"
                    + " AND B.tenant_id = (SELECT tenant_id FROM oceanbase.DBA_OB_TENANTS WHERE tenant_name = '{tenant}' LIMIT 1)"
                    + " LIMIT 1), -1) as ls_id, A.part_id as part_id, A.part_name as part_name,"
                    + " A.high_bound_val_bin as high_bound_val_bin, A.sub_part_num AS sub_part_num"
                    + " FROM oceanbase.__all_virtual_proxy_partition A WHERE A.table_id = {id}"
                    + " AND A.tenant_name = '{tenant}'LIMIT 9223372036854775807;"),

    /** As {@link #PARTITIONS} without bounds, for HASH and KEY: old servers have no such column. Source: the same file, 144-148. */
    HASH_PARTITIONS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ part_id, part_name, sub_part_num"
                    + " FROM oceanbase.__all_virtual_proxy_partition WHERE table_id = {id} LIMIT 9223372036854775807;",
            PARTITIONS.from4),

    /**
     * Columns part_id, sub_part_id, part_name, high_bound_val_bin, from version 4 on also tablet_id, ls_id. Source: the
     * same file, 164-176.
     */
    SUB_PARTITIONS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ part_id, sub_part_id, part_name, high_bound_val_bin"
                    + " FROM oceanbase.__all_virtual_proxy_sub_partition WHERE table_id = {id} LIMIT 9223372036854775807;",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/  A.tablet_id as tablet_id, IFNULL((SELECT B.ls_id"
                    + " FROM oceanbase.__all_virtual_tablet_to_ls B WHERE A.tablet_id = B.tablet_id AND B.table_id = {id}"
                    + " AND B.tenant_id = (SELECT tenant_id FROM oceanbase.DBA_OB_TENANTS WHERE tenant_name = '{tenant}' LIMIT 1)"
                    + " LIMIT 1), -1) as ls_id, A.part_id as part_id, A.sub_part_id as sub_part_id, A.part_name as part_name,"
                    + " A.high_bound_val_bin as high_bound_val_bin FROM oceanbase.__all_virtual_proxy_sub_partition A"
                    + " WHERE A.table_id = {id} AND A.tenant_name = '{tenant}'LIMIT 9223372036854775807;"),

    /** The sub-partitions that all partitions of a template table have; template tables exist below version 4 only. Source: the same file, 159-162. */
    TEMPLATE_SUB_PARTITIONS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ part_id, sub_part_id, part_name, high_bound_val_bin"
                    + " FROM oceanbase.__all_virtual_proxy_sub_partition WHERE table_id = {id} and part_id = -1"
                    + " LIMIT 9223372036854775807;",
            SUB_PARTITIONS.from4),

    /**
     * Columns table_name, leading_column; one row for each usable global index of a partitioned table, unique ones first.
     * {id} is the table's, {ids} the tenant's. ODP's own; kinds 3 and 4 are the global ones, status 2 is available
     * (source: src/share/schema/ob_schema_struct.h).
     */
    GLOBAL_INDEXES(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ T.table_name AS table_name, C.column_name AS leading_column"
                    + " FROM oceanbase.__all_virtual_table T INNER JOIN oceanbase.__all_virtual_column C"
                    + " ON C.tenant_id = T.tenant_id AND C.table_id = T.table_id AND C.index_position = 1"
                    + " WHERE T.tenant_id = {ids} AND T.data_table_id = {id} AND T.index_type IN (3, 4)"
                    + " AND T.index_status = 2 ORDER BY T.index_type DESC, T.table_id LIMIT 128",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ T.table_name AS table_name, C.column_name AS leading_column"
                    + " FROM oceanbase.__all_virtual_table T INNER JOIN oceanbase.__all_virtual_column C"
                    + " ON C.tenant_id = T.tenant_id AND C.table_id = T.table_id AND C.index_position = 1"
                    + " WHERE T.tenant_id = {ids} AND T.data_table_id = {id} AND T.index_type IN (3, 4)"
                    + " AND T.index_status = 2 ORDER BY T.index_type DESC, T.table_id LIMIT 128"),

    /**
     * Columns of a table with the members of ENUM and SET ({@code extended_type_info}); {ids} is the tenant's id. ODP's own
     * (source: src/share/inner_table/ob_inner_table_schema_def.py of the server).
     */
    COLUMNS(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ column_name, data_type, collation_type, data_length, data_precision,"
                    + " data_scale, extended_type_info FROM oceanbase.__all_virtual_column"
                    + " WHERE tenant_id = {ids} AND table_id = {id} AND is_hidden = 0",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ column_name, data_type, collation_type, data_length, data_precision,"
                    + " data_scale, extended_type_info FROM oceanbase.__all_virtual_column"
                    + " WHERE tenant_id = {ids} AND table_id = {id} AND is_hidden = 0"),

    /**
     * Column view_definition: the query of the view {db}.{table}; {ids} is the tenant's id. ODP's own; type 4 is a view
     * (source: src/share/schema/ob_schema_struct.h).
     */
    VIEW(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ T.view_definition AS view_definition FROM oceanbase.__all_virtual_table T"
                    + " INNER JOIN oceanbase.__all_virtual_database D ON D.tenant_id = T.tenant_id"
                    + " AND D.database_id = T.database_id WHERE T.tenant_id = {ids} AND D.database_name = '{db}'"
                    + " AND T.table_name = '{table}' AND T.table_type = 4 LIMIT 1",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ T.view_definition AS view_definition FROM oceanbase.__all_virtual_table T"
                    + " INNER JOIN oceanbase.__all_virtual_database D ON D.tenant_id = T.tenant_id"
                    + " AND D.database_id = T.database_id WHERE T.tenant_id = {ids} AND D.database_name = '{db}'"
                    + " AND T.table_name = '{table}' AND T.table_type = 4 LIMIT 1"),

    /** Columns routine_id, routine_sql, or table_id, spare4; database_name, schema_version. Source: the same file, 178-195. */
    ROUTINE(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ * FROM oceanbase.__all_virtual_proxy_schema"
                    + " WHERE tenant_name = '{tenant}' AND database_name = '{db}' AND table_name = '{routine}'"
                    + " AND partition_id = 0 AND svr_ip = '' AND sql_port = 0 ORDER BY table_id ASC LIMIT 1;",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ * FROM __all_virtual_proxy_routine WHERE tenant_name = '{tenant}'"
                    + " and database_name = '{db}' and package_name = '' and routine_name = '{routine}';"),

    /** As {@link #ROUTINE}, in a package. Source: the same file, 184-195. */
    PACKAGE_ROUTINE(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ * FROM oceanbase.__all_virtual_proxy_schema"
                    + " WHERE tenant_name = '{tenant}' AND (database_name = '{db}' OR database_name = '{package}')"
                    + " AND table_name = '{package}.{routine}' AND partition_id = 0 AND svr_ip = '' AND sql_port = 0"
                    + " ORDER BY table_id ASC LIMIT 1;",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ * FROM __all_virtual_proxy_routine WHERE tenant_name = '{tenant}'"
                    + " and database_name = '{db}' and package_name = '{package}' and routine_name = '{routine}';"),

    /** Columns name, data_type, value, modified_time, flags. Source: proxy/mysqllib/ob_sys_var_set_processor.cpp:40. */
    SYSTEM_VARIABLES(
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ name, data_type, value, modified_time, flags"
                    + " FROM __all_virtual_proxy_sys_variable LIMIT 9223372036854775807",
            "SELECT /*+READ_CONSISTENCY(WEAK)*/ name, data_type, value, modified_time, flags"
                    + " FROM __all_virtual_proxy_sys_variable LIMIT 9223372036854775807");

    /** Value of {force} that makes the server look again itself. */
    public static final String FORCE_REFRESH = ", FORCE_REFRESH_LOCATION_CACHE";

    private static final int FIRST_MAJOR_WITH_VIEWS = 4;

    /** Placeholders outside of string literals: callers give a hint, a number, or a list of numbers. */
    private static final Set<String> NOT_QUOTED = Set.of("force", "id", "ids");

    private final String below4;
    private final String from4;

    InnerSql(String below4, String from4) {
        this.below4 = below4;
        this.from4 = from4;
    }

    /**
     * The text for a server version with its placeholders filled.
     *
     * @param majorVersion number before the first dot of the server's version
     * @param values what stands for the placeholders; every value but {force}, {id} and {ids} is quoted as the content of a string
     */
    public String text(int majorVersion, Map<String, String> values) {
        String text = majorVersion < FIRST_MAJOR_WITH_VIEWS ? below4 : from4;
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            String name = text.substring(open + 1, close);
            String value = values.getOrDefault(name, "");
            out.append(text, from, open).append(NOT_QUOTED.contains(name) ? value : quoted(value));
            from = close + 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    /** A text as the content of a string literal: quotes and backslashes doubled. */
    static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }
}
