package com.oceanbase.odp.testkit.cluster;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relations which a cluster of several nodes has and a single-node kernel lacks, as real tables and views in a
 * database of the kernel: schema rows come from the kernel, addresses, roles and further tenants from here.
 *
 * <p>Names and columns are those which the inner SQL of obproxy reads (version 4.x of the server).
 */
final class SimSchema {

    private static final int FIRST_TENANT_ID = 1002;
    static final int FIRST_LOG_STREAM = 1001;
    private static final int DUMMY_TABLE_ID = 135;

    private final ClusterOptions options;
    private final String name;
    private final int port;
    private final KernelLink kernel;
    private final List<String> statements = new ArrayList<>();

    SimSchema(ClusterOptions options, String name, int port, KernelLink kernel) {
        this.options = options;
        this.name = name;
        this.port = port;
        this.kernel = kernel;
    }

    /** Creates everything. */
    void create() {
        statements.clear();
        statements.add("create database if not exists " + name);
        statements.add("use " + name);
        servers();
        tenants();
        leaders();
        proxySchema();
        for (String same : new String[] {"partition_info", "partition", "sub_partition", "routine"}) {
            perTenant("__all_virtual_proxy_" + same, "proxy_" + same, "tenant_name", "'sys'");
        }
        perTenant("__all_virtual_table", "virtual_table", "tenant_id", "1");
        perTenant("__all_virtual_column", "virtual_column", "tenant_id", "1");
        perTenant("__all_virtual_database", "virtual_database", "tenant_id", "1");
        tableGroups();
        olderNames();
        statements.add("create user if not exists proxyro");
        statements.add("grant select on *.* to proxyro");
        statements.forEach(kernel::require);
    }

    private void servers() {
        statements.add("create table DBA_OB_SERVERS(svr_ip varchar(46), svr_port bigint, id bigint, zone varchar(128),"
                + " sql_port bigint, with_rootserver varchar(3), status varchar(64), start_service_time timestamp(6) null,"
                + " stop_time timestamp(6) null, block_migrate_in_time timestamp(6) null, create_time timestamp(6) null,"
                + " modify_time timestamp(6) null, build_version varchar(256), primary key(svr_ip, svr_port))");
        statements.add("create table DBA_OB_ZONES(zone varchar(128) primary key, create_time timestamp(6) null,"
                + " modify_time timestamp(6) null, status varchar(64), idc varchar(64), region varchar(128),"
                + " type varchar(64))");
        for (int node = 1; node <= options.nodes(); node++) {
            statements.add(
                    "insert into DBA_OB_SERVERS select '" + options.address(node) + "', " + (port + 1) + ", " + node
                            + ", '" + options.zone(node) + "', " + port + ", '" + (node == 1 ? "YES" : "NO")
                            + "', 'ACTIVE', now(6), null, null, now(6), now(6), ob_version()");
        }
        for (int zone = 0; zone < Math.min(options.zones().size(), options.nodes()); zone++) {
            statements.add("insert into DBA_OB_ZONES values('" + options.zones().get(zone)
                    + "', now(6), now(6), 'ACTIVE', 'idc" + (zone + 1) + "', 'r1', 'ReadWrite')");
        }
        statements.add(
                "create table v_ob_cluster(cluster_id bigint, cluster_name varchar(128), cluster_role varchar(64),"
                        + " cluster_status varchar(64), primary_cluster_id bigint)");
        statements.add("insert into v_ob_cluster values(1, '" + options.name() + "', 'PRIMARY', 'VALID', 1)");
        statements.add("create table ldg_standby_status(TENANT_ID bigint, TENANT_NAME varchar(128), CLUSTER_ID bigint,"
                + " CLUSTER_NAME varchar(128), LDG_ROLE varchar(64))");
        statements.add("create table lags(server_id bigint primary key, millis bigint)");
    }

    private void tenants() {
        statements.add("create table DBA_OB_TENANTS(tenant_id bigint primary key, tenant_name varchar(128),"
                + " tenant_type varchar(64), create_time timestamp(6) null, modify_time timestamp(6) null,"
                + " primary_zone varchar(128), locality varchar(4096), previous_locality varchar(4096),"
                + " compatibility_mode varchar(64), status varchar(64), tenant_role varchar(64))");
        StringBuilder locality = new StringBuilder();
        for (int zone = 0; zone < Math.min(options.zones().size(), options.nodes()); zone++) {
            locality.append(zone == 0 ? "" : ", ")
                    .append("FULL{1}@")
                    .append(options.zones().get(zone));
        }
        int id = FIRST_TENANT_ID;
        for (String tenant : options.tenants()) {
            boolean sys = tenant.equals("sys");
            statements.add("insert into DBA_OB_TENANTS values(" + (sys ? 1 : id) + ", '" + tenant + "', '"
                    + (sys ? "SYS" : "USER") + "', now(6), now(6), 'RANDOM', '" + locality
                    + "', null, 'MYSQL', 'NORMAL', 'PRIMARY')");
            id += sys ? 0 : 2;
        }
        statements.add(
                "create table CDB_OB_SERVICES(tenant_id bigint, service_name varchar(64), service_name_id bigint,"
                        + " service_status varchar(64))");
    }

    private void leaders() {
        statements.add("create table leaders(tablet_id bigint primary key, server_id bigint)");
        statements.add("create table leader_slots(slot bigint primary key, server_id bigint,"
                + " modify_time timestamp(6) default current_timestamp(6) on update current_timestamp(6))");
        for (int slot = 0; slot < options.nodes(); slot++) {
            statements.add("insert into leader_slots(slot, server_id) values(" + slot + ", " + (slot + 1) + ")");
        }
        // One for inner tables, one for each slot, and one for the tablets that were moved to a node one by one.
        String logStreams = "select 1 as ls_id, server_id, modify_time from leader_slots where slot = 0"
                + " union all select " + FIRST_LOG_STREAM + " + slot, server_id, modify_time from leader_slots"
                + " union all select " + firstOfNodes() + " + id, id, create_time from DBA_OB_SERVERS"
                + " where id in (select server_id from leaders)";
        statements.add("create view CDB_OB_LS_LOCATIONS as select v.create_time, s.modify_time, t.tenant_id, s.ls_id,"
                + " v.svr_ip, v.svr_port, v.sql_port, v.zone, if(v.id = s.server_id, 'LEADER', 'FOLLOWER') as role"
                + " from DBA_OB_TENANTS t, (" + logStreams + ") s, DBA_OB_SERVERS v");
        statements.add("create view DBA_OB_LS_LOCATIONS as select ls_id, svr_ip, svr_port, sql_port, zone, role"
                + " from CDB_OB_LS_LOCATIONS where tenant_id = 1");
        statements.add("create view log_stat as select l.tenant_id, l.ls_id, l.svr_ip, l.svr_port, l.role,"
                + " (time_to_usec(now(6)) - ifnull((select g.millis from lags g where g.server_id = v.id), 0) * 1000)"
                + " * 1000 as end_scn, if(exists(select 1 from lags g where g.server_id = v.id and g.millis > 0),"
                + " 'NO', 'YES') as in_sync from CDB_OB_LS_LOCATIONS l join DBA_OB_SERVERS v"
                + " on v.svr_ip = l.svr_ip and v.svr_port = l.svr_port");
        statements.add("create view tablet_to_ls as select t.tenant_id, m.tablet_id, ifnull((select " + firstOfNodes()
                + " + l.server_id from leaders l where l.tablet_id = m.tablet_id), " + FIRST_LOG_STREAM
                + " + mod(m.tablet_id, " + options.nodes() + ")) as ls_id, m.table_id, m.transfer_seq"
                + " from oceanbase.__all_virtual_tablet_to_ls m, DBA_OB_TENANTS t where m.tenant_id = 1");
    }

    private int firstOfNodes() {
        return FIRST_LOG_STREAM + options.nodes() - 1;
    }

    private void proxySchema() {
        String table = "ifnull((select x.tablet_id from oceanbase.__all_table x where x.table_id = s.table_id), 0)";
        String tablet = "if(s.tablet_id = 0, " + table + ", s.tablet_id)";
        String leader = "ifnull((select l.server_id from leaders l where l.tablet_id = " + tablet + "),"
                + " (select p.server_id from leader_slots p where p.slot = mod(" + tablet + ", " + options.nodes()
                + ")))";
        String rest = ", s.memstore_percent, s.spare1, s.spare2, s.spare3, s.spare4, s.spare5, s.spare6,"
                + " s.complex_table_type, s.level1_decoded_db_name, s.level1_decoded_table_name,"
                + " s.level2_decoded_db_name, s.level2_decoded_table_name";
        String tables = "select t.tenant_name, s.database_name, s.table_name, s.tablet_id, v.svr_ip, v.sql_port,"
                + " s.table_id, if(v.id = " + leader + ", 1, 2) as role, s.part_num, " + options.nodes()
                + " as replica_num, s.table_type, s.schema_version, s.replica_type, s.dup_replica_type" + rest
                + " from oceanbase.__all_virtual_proxy_schema s, DBA_OB_SERVERS v, DBA_OB_TENANTS t"
                + " where s.tenant_name = 'sys' and s.table_name <> '__all_dummy'";
        // Every server of a tenant has a virtual tablet: one server of each zone has the same, its first one leads.
        String sameZone = "(select count(*) from DBA_OB_SERVERS w where w.zone = v.zone and w.id < v.id)";
        String first = "(select min(u.id) from DBA_OB_SERVERS u where (select count(*) from DBA_OB_SERVERS w"
                + " where w.zone = u.zone and w.id < u.id) = " + sameZone + ")";
        String dummy = "select t.tenant_name, 'oceanbase' as database_name, '__all_dummy' as table_name, " + sameZone
                + " as tablet_id, v.svr_ip, v.sql_port, " + DUMMY_TABLE_ID + " as table_id, if(v.id = " + first
                + ", 1, 2) as role, 1 as part_num, " + options.nodes() + " as replica_num, 0 as table_type,"
                + " 0 as schema_version, 0 as replica_type, 0 as dup_replica_type, 100, " + (port + 1)
                + ", 0, 0, '', '', '', 0, '', '', '', '' from DBA_OB_SERVERS v, DBA_OB_TENANTS t";
        statements.add("create view proxy_schema as " + tables + " union all " + dummy);
    }

    /** A relation of the kernel's one tenant, shown for every tenant name. */
    private void perTenant(String relation, String view, String tenantColumn, String kernelTenant) {
        List<String> columns = new ArrayList<>();
        columns.add("t." + tenantColumn);
        for (List<@Nullable String> row : kernel.rows("desc oceanbase." + relation)) {
            String column = row.getFirst();
            if (column != null && !column.equals(tenantColumn)) {
                columns.add("s.`" + column + "`");
            }
        }
        statements.add("create view " + view + " as select " + String.join(", ", columns) + " from oceanbase."
                + relation + " s, DBA_OB_TENANTS t where s." + tenantColumn + " = " + kernelTenant);
    }

    /** The kernel's relation lacks the tenant. */
    private void tableGroups() {
        statements.add("create view tablegroup_tables as select t.tenant_id as TENANT_ID, s.TABLEGROUP_NAME, s.OWNER,"
                + " s.TABLE_NAME, s.SHARDING from oceanbase.CDB_OB_TABLEGROUP_TABLES s, DBA_OB_TENANTS t");
    }

    /** Relations of 3.x servers which are cheap to have. */
    private void olderNames() {
        statements.add("create view server_stat as select svr_ip, svr_port, sql_port as inner_port, zone, id,"
                + " status from DBA_OB_SERVERS");
        statements.add("create view zone_stat as select v.cluster_name as cluster, z.zone, z.status, 0 as is_merging,"
                + " z.region, z.idc as spare4, z.type as spare5 from DBA_OB_ZONES z, v_ob_cluster v");
        statements.add("create view proxy_server_stat as select s.svr_ip, s.sql_port as svr_port, s.zone,"
                + " lower(s.status) as status, ifnull(time_to_usec(s.start_service_time), 0) as start_service_time,"
                + " ifnull(time_to_usec(s.stop_time), 0) as stop_time from DBA_OB_SERVERS s");
        statements.add("create view all_tenant as select tenant_id, tenant_name, locality,"
                + " ifnull(previous_locality, '') as previous_locality, primary_zone from DBA_OB_TENANTS");
    }
}
