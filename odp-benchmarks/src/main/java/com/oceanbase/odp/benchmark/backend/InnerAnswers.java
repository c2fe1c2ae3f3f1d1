package com.oceanbase.odp.benchmark.backend;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy asks beside the load: one cluster with a zone for each server, the tenants {@code sys} and {@code app},
 * and the tables of {@link CannedTable} in the database {@code bench}. Columns and values are those of a real 4.3.5
 * server.
 */
final class InnerAnswers {
    static final String CLUSTER = "bench";
    static final String TENANT = "app";
    static final String DATABASE = "bench";
    private static final String VERSION = "4.3.5.3";
    private static final long FRAMINGS =
            ObCapabilities.CHECKSUM | ObCapabilities.OB_PROTOCOL_V2 | ObCapabilities.OB_PROTOCOL_V2_COMPRESS;
    private static final int DUMMY_TABLE_ID = 135;
    private static final String SCHEMA_VERSION = "1795247821483776";

    private static final List<String> SCHEMA_COLUMNS = List.of(
            ("tenant_name database_name table_name tablet_id svr_ip sql_port table_id role part_num replica_num table_type"
                            + " schema_version replica_type dup_replica_type memstore_percent spare1 spare2 spare3 spare4"
                            + " spare5 spare6 complex_table_type level1_decoded_db_name level1_decoded_table_name"
                            + " level2_decoded_db_name level2_decoded_table_name svr_port")
                    .split(" "));
    private static final Pattern TABLE_NAME = Pattern.compile("table_name = '([^']*)'");
    private static final Pattern TENANT_NAME = Pattern.compile("tenant_name = '([^']*)'");
    private static final Pattern TABLET = Pattern.compile("tablet_id = (\\d+)");
    private static final Pattern TABLE_ID = Pattern.compile("table_id = (\\d+)");
    private static final Pattern TABLETS = Pattern.compile("tablet_id in \\(([^)]*)\\)");

    private static final List<List<String>> SYSTEM_VARIABLES = rows("system-variables.tsv");
    private static final List<List<String>> SESSION_VARIABLES = rows("session-variables.tsv");

    /** Types of variables that are integers (data_type 5 and 10). */
    private static final List<String> INTEGERS = List.of("5", "10");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

    /** Values of the variables that are integers, as the inner table has them. */
    private static final Map<String, String> NUMBERS = SYSTEM_VARIABLES.stream()
            .filter(row -> INTEGERS.contains(row.get(1)))
            .collect(Collectors.toUnmodifiableMap(List::getFirst, row -> row.get(2)));

    private final List<String> hosts;
    private final int port;

    InnerAnswers(List<String> hosts, int port) {
        this.hosts = hosts;
        this.port = port;
    }

    private static List<List<String>> rows(String resource) {
        try (InputStream in = InnerAnswers.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(line -> List.of(line.split("\t", -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The verdict on a proxy's login: OK with all session variables. Granted is what was asked for, but no framing. */
    static ByteBuf loginOk(int sequence, @Nullable String askedFor) {
        String capabilityWord = askedFor == null ? null : Long.toString(Long.parseLong(askedFor) & ~FRAMINGS);
        List<Variable> variables = new ArrayList<>(SESSION_VARIABLES.size());
        for (List<String> row : SESSION_VARIABLES) {
            String name = row.getFirst();
            variables.add(new Variable(
                    name,
                    capabilityWord != null && name.equals("ob_capability_flag")
                            ? capabilityWord
                            : number(name, row.get(1))));
        }
        SessionChanges changes = new SessionChanges(
                variables, List.of(new Variable("_min_cluster_version", "'" + VERSION + "'")), null, false, List.of());
        OkPacket ok = OkPacket.of(0, 0, ServerStatus.AUTOCOMMIT, 0).withChanges(changes);
        ByteBuf out = Unpooled.buffer(1 << 15);
        MysqlFrame.append(
                out, sequence, payload -> ok.encode(payload, Capabilities.PROTOCOL_41 | Capabilities.SESSION_TRACK));
        return out;
    }

    /** The OK behind a SET of a user variable. */
    static ByteBuf userVariable(String name, String value) {
        SessionChanges changes =
                new SessionChanges(List.of(), List.of(new Variable(name, value)), null, false, List.of());
        OkPacket ok = OkPacket.of(0, 0, ServerStatus.AUTOCOMMIT, 0).withChanges(changes);
        ByteBuf out = Unpooled.buffer();
        MysqlFrame.append(out, 1, payload -> ok.encode(payload, Capabilities.PROTOCOL_41 | Capabilities.SESSION_TRACK));
        return out;
    }

    /** A word for an integer (ON, utf8mb4, STRONG) as the number that it stands for: the C++ obproxy understands few words. */
    private static String number(String name, String value) {
        return NUMBER.matcher(value).matches() ? value : NUMBERS.getOrDefault(name, value);
    }

    /** The answer to a statement that is no load. */
    ByteBuf answer(String sql, int variant) {
        String text = sql.toLowerCase(Locale.ROOT);
        if (text.contains("__all_virtual_proxy_schema")) {
            return CannedAnswers.table(variant, SCHEMA_COLUMNS, schema(text));
        }
        if (text.contains("__all_virtual_proxy_partition_info")) {
            return partitionInfo(text, variant);
        }
        if (text.contains("__all_virtual_proxy_partition")) {
            return partitions(text, variant);
        }
        if (text.contains("__all_virtual_proxy_sys_variable")) {
            return CannedAnswers.table(
                    variant, SYSTEM_VARIABLES.getFirst(), SYSTEM_VARIABLES.subList(1, SYSTEM_VARIABLES.size()));
        }
        return topology(text, variant);
    }

    private ByteBuf topology(String text, int variant) {
        if (text.contains("parameters.name = 'cluster'")) {
            return CannedAnswers.table(
                    variant,
                    List.of(("cluster zone zone_status server_status region spare4 spare5 svr_ip svr_port rpc_port"
                                    + " start_service_time stop_time")
                            .split(" ")),
                    clusterServers());
        }
        if (text.contains("dba_ob_zones")) {
            List<List<String>> rows = new ArrayList<>();
            for (int i = 1; i <= hosts.size(); i++) {
                rows.add(List.of("z" + i, "ACTIVE", "0", "r1", "idc" + i, "ReadWrite"));
            }
            return CannedAnswers.table(
                    variant, List.of("zone", "status", "is_merging", "region", "spare4", "spare5"), rows);
        }
        if (text.contains("from oceanbase.dba_ob_servers")) {
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < hosts.size(); i++) {
                rows.add(List.of(
                        hosts.get(i),
                        Integer.toString(port + 1),
                        Integer.toString(port),
                        "z" + (i + 1),
                        "ACTIVE",
                        "1",
                        "0"));
            }
            return CannedAnswers.table(
                    variant,
                    List.of("svr_ip", "rpc_port", "svr_port", "zone", "status", "start_service_time", "stop_time"),
                    rows);
        }
        if (text.contains("from oceanbase.dba_ob_tenants")) {
            return CannedAnswers.table(
                    variant,
                    List.of("tenant_name", "tenant_id", "locality", "previous_locality", "primary_zone", "status"),
                    List.of(List.of(TENANT, "1002", "FULL{1}@z1, FULL{1}@z2", "NULL", "RANDOM", "NORMAL")));
        }
        if (text.contains("ob_version()")) {
            return CannedAnswers.table(variant, List.of("cluster_version"), List.of(List.of(VERSION)));
        }
        if (text.contains("v$ob_cluster")) {
            return CannedAnswers.table(
                    variant,
                    List.of("cluster_id", "cluster_name", "cluster_role", "cluster_status", "primary_cluster_id"),
                    List.of(List.of("1", CLUSTER, "PRIMARY", "VALID", "1")));
        }
        return CannedAnswers.table(
                variant, List.of("1"), text.contains("oceanbase.") ? List.of() : List.of(List.of("1")));
    }

    /** What the C++ obproxy asks first of a cluster. */
    private List<List<String>> clusterServers() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            List<String> row = new ArrayList<>(List.of(
                    CLUSTER, "z" + (i + 1), "ACTIVE", "ACTIVE", "r1", "idc" + (i + 1), "ReadWrite", hosts.get(i)));
            row.addAll(List.of(Integer.toString(port), Integer.toString(port + 1), "1", "0"));
            rows.add(row);
        }
        return rows;
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Rows of {@code __all_virtual_proxy_schema} joined with the servers. */
    private List<List<String>> schema(String text) {
        String name = find(TABLE_NAME, text);
        String tenant = find(TENANT_NAME, text);
        List<List<String>> rows = new ArrayList<>();
        CannedTable table = CannedTable.named(name);
        if (name.equals("__all_dummy")) {
            for (int i = 0; i < hosts.size(); i++) {
                rows.add(schemaRow(List.of(tenant, "oceanbase", name, "0"), null, i, i == 0));
            }
        } else if (table != null) {
            String list = find(TABLETS, text);
            String tablets = list.isEmpty() ? find(TABLET, text) : list;
            for (String word : tablets.split(",")) {
                long tablet = word.isBlank() ? 0 : Long.parseLong(word.strip());
                int leader = table.leader(tablet, hosts.size());
                List<String> identity = List.of(tenant, DATABASE, name, Long.toString(tablet));
                for (int i = 0; i < hosts.size(); i++) {
                    rows.add(schemaRow(identity, table, (leader + i) % hosts.size(), i == 0));
                }
            }
        }
        return rows;
    }

    /** @param table null for the dummy table */
    private List<String> schemaRow(List<String> identity, @Nullable CannedTable table, int server, boolean leader) {
        List<String> row = new ArrayList<>(SCHEMA_COLUMNS.size());
        row.addAll(identity);
        row.addAll(List.of(
                hosts.get(server),
                Integer.toString(port),
                Long.toString(table == null ? DUMMY_TABLE_ID : table.id()),
                leader ? "1" : "2",
                Integer.toString(table == null ? 1 : table.partitions()),
                Integer.toString(hosts.size()),
                table == null ? "0" : "3",
                table == null ? "0" : SCHEMA_VERSION));
        row.addAll(List.of("0", "0", "100", Integer.toString(port + 1), "0", "0", "NULL", "NULL", "NULL", "0"));
        row.addAll(List.of("NULL", "NULL", "NULL", "NULL", Integer.toString(port + 1)));
        return row;
    }

    private static @Nullable CannedTable tableOf(String text) {
        String id = find(TABLE_ID, text);
        return id.isEmpty() ? null : CannedTable.of(Long.parseLong(id));
    }

    private ByteBuf partitionInfo(String text, int variant) {
        List<String> columns =
                List.of(("tenant_name table_id part_level all_part_num template_num part_id_rule_ver part_type part_num"
                                + " is_column_type part_space part_expr part_expr_bin part_range_type part_interval"
                                + " part_interval_bin interval_start interval_start_bin sub_part_type"
                                + " sub_part_num is_sub_column_type sub_part_space sub_part_expr sub_part_expr_bin"
                                + " sub_part_range_type def_sub_part_interval def_sub_part_interval_bin"
                                + " def_sub_interval_start def_sub_interval_start_bin part_key_num part_key_name part_key_type"
                                + " part_key_idx part_key_level part_key_extra part_key_collation_type part_key_rowkey_idx part_key_expr"
                                + " part_key_length part_key_precision part_key_scale spare1 spare2 spare3 spare4 spare5"
                                + " spare6 part_key_default_value")
                        .split(" "));
        CannedTable table = tableOf(text);
        if (table == null) {
            return CannedAnswers.table(variant, columns, List.of());
        }
        String values = TENANT + "\t" + table.id() + "\t1\t" + table.partitions() + "\t0\t0\t0\t" + table.partitions()
                + "\t0\t0\tid\t\t\t\t\t\t\t0\t0\t0\t0\t\t\t\t\t\t\t\t1\tid\t4\t0\t1\t\t63\t0\t\t-1\t11\t0\t"
                + SCHEMA_VERSION
                + "\t0\t0\t\t\t\tNULL";
        return CannedAnswers.table(variant, columns, List.of(List.of(values.split("\t", -1))));
    }

    private ByteBuf partitions(String text, int variant) {
        List<List<String>> rows = new ArrayList<>();
        CannedTable table = tableOf(text);
        if (table != null && !text.contains("__all_virtual_proxy_sub_partition a")) {
            for (int i = 0; i < table.partitions(); i++) {
                rows.add(List.of(
                        Long.toString(table.tablet(i)),
                        Integer.toString(1001 + i % hosts.size()),
                        Long.toString(table.id() + 1 + i),
                        "p" + i,
                        "NULL",
                        "0"));
            }
        }
        return CannedAnswers.table(
                variant,
                List.of("tablet_id", "ls_id", "part_id", "part_name", "high_bound_val_bin", "sub_part_num"),
                rows);
    }
}
