package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.routing.LocationSurvey;
import com.oceanbase.odp.routing.LocationSurvey.Ages;
import com.oceanbase.odp.routing.LocationSurvey.Entry;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHOW PROXYROUTE [LIKE 'cluster tenant database table'], … ROUTINE [LIKE 'cluster tenant database package routine'], …
 * PARTITION and … GLOBALINDEX: what is remembered of locations, with the original's columns (obproxy
 * src/obproxy/cmd/ob_show_route_handler.cpp). Versions of clusters do not exist here and are 0; when an entry was used
 * last is not recorded, as that would cost every statement; global indexes are tables like others.
 */
final class ShowProxyRoute implements InternalCommand {
    private static final String[] TIMES = {
        "create_time", "last_valid_time", "last_access_time", "last_update_time", "expire_time", "relative_expire_time"
    };
    private static final List<ResultColumn> TABLE_COLUMNS = columns(
            List.of(
                    "cluster_name",
                    "tenant_name",
                    "database_name",
                    "table_name",
                    "state",
                    "partition_num:L",
                    "replica_num:L",
                    "table_id:U",
                    "cluster_version:L",
                    "schema_version:L",
                    "from_rslist"),
            "server addr");
    private static final List<ResultColumn> PARTITION_COLUMNS = columns(
            List.of("table_id:U", "partition_id:U", "state", "cluster_version:L", "schema_version:L"), "server addr");
    private static final List<ResultColumn> ROUTINE_COLUMNS = columns(
            List.of(
                    "cluster_name",
                    "tenant_name",
                    "database_name",
                    "package_name",
                    "routine_name",
                    "state",
                    "routine_num:L",
                    "routine_id:U",
                    "cluster_version:L",
                    "schema_version:L"),
            "route_sql");
    private static final List<ResultColumn> INDEX_COLUMNS = columns(
            List.of(
                    "table_id:U",
                    "data_table_id:U",
                    "index_table_name",
                    "state",
                    "cluster_version:L",
                    "schema_version:L"),
            null);
    private static final String NONE = "0";
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private static List<ResultColumn> columns(List<String> before, @Nullable String last) {
        List<String> names = new ArrayList<>(before);
        names.addAll(List.of(TIMES));
        if (last != null) {
            names.add(last);
        }
        return ResultColumn.of(names.toArray(new String[0]));
    }

    @Override
    public void run(Call call) {
        CommandArguments arguments = call.arguments();
        LocationSurvey survey = call.session().context().locations().survey();
        List<String[]> rows = new ArrayList<>();
        List<ResultColumn> columns;
        if (arguments.accept("PARTITION")) {
            columns = PARTITION_COLUMNS;
            survey.partitions(leaf -> rows.add(row(leaf)));
        } else if (arguments.accept("GLOBALINDEX")) {
            columns = INDEX_COLUMNS;
        } else if (arguments.accept("ROUTINE")) {
            columns = ROUTINE_COLUMNS;
            NamePatterns patterns = new NamePatterns(arguments.like());
            survey.routines(entry -> addRoutine(rows, patterns, entry));
        } else {
            columns = TABLE_COLUMNS;
            NamePatterns patterns = new NamePatterns(arguments.like());
            survey.tables(entry -> addTable(rows, patterns, entry));
        }
        if (arguments.areUsedUp()) {
            call.reply().rows(columns, rows);
        } else {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
        }
    }

    /** Patterns separated by blanks, for one name after the other; what is missing fits everything. */
    private static final class NamePatterns {
        private static final int NAMES = 5;

        private final List<LikePattern> patterns = new ArrayList<>();

        NamePatterns(LikePattern all) {
            for (String part : all.pattern().split(" ", NAMES)) {
                patterns.add(new LikePattern(part));
            }
        }

        boolean fit(String... names) {
            boolean fitting = true;
            for (int i = 0; i < names.length; i++) {
                fitting &= i >= patterns.size() || patterns.get(i).matches(names[i]);
            }
            return fitting;
        }
    }

    private static void addTable(List<String[]> rows, NamePatterns patterns, Entry<TableLocation> entry) {
        if (entry.key() instanceof TableKey key
                && patterns.fit(key.cluster(), key.tenant(), key.database(), key.table())) {
            List<String> row = new ArrayList<>(List.of(
                    key.cluster(),
                    key.tenant(),
                    key.database(),
                    key.table(),
                    entry.state().name()));
            row.addAll(described(entry.value()));
            row.add("N");
            addTimes(row, entry.ages());
            row.add(servers(entry.value()));
            rows.add(row.toArray(new String[0]));
        }
    }

    /** Number of partitions and copies, table id, version of the cluster, version of the schema. */
    private static List<String> described(@Nullable TableLocation location) {
        return switch (location) {
            case TableLocation.SinglePartition single ->
                List.of(
                        "1",
                        Integer.toString(single.replicas().replicas().size()),
                        Long.toUnsignedString(single.tableId()),
                        NONE,
                        Long.toString(single.schemaVersion()));
            case TableLocation.Partitioned table ->
                List.of(
                        Integer.toString(table.partitions()),
                        NONE,
                        Long.toUnsignedString(table.tableId()),
                        NONE,
                        Long.toString(table.schemaVersion()));
            case null, default -> List.of(NONE, NONE, NONE, NONE, NONE);
        };
    }

    private static String servers(@Nullable TableLocation location) {
        return switch (location) {
            case TableLocation.SinglePartition single -> servers(single.replicas());
            case TableLocation.Partitioned table -> table.definition() == null ? "" : levels(table.definition());
            case null, default -> "";
        };
    }

    private static String servers(ReplicaSet replicas) {
        StringBuilder text = new StringBuilder();
        for (Replica replica : replicas.replicas()) {
            text.append("server[")
                    .append(text.isEmpty() ? 0 : count(text))
                    .append("]=")
                    .append(replica.server())
                    .append(replica.leader() ? ",LEADER," : ",FOLLOWER,")
                    .append(replica.type())
                    .append("; ");
        }
        return text.toString();
    }

    private static int count(StringBuilder servers) {
        return (int) servers.chars().filter(c -> c == ';').count();
    }

    private static String levels(PartitionedTable table) {
        PartitionLevel second = table.second();
        String first = "part_level=" + (second == null ? 1 : 2) + ", first_func="
                + table.first().function() + ", first_num=" + table.partitions().size();
        return second == null ? first : first + ", sub_func=" + second.function();
    }

    private static String[] row(LocationSurvey.Leaf leaf) {
        List<String> row = new ArrayList<>(List.of(
                Long.toUnsignedString(leaf.table().tableId()),
                Long.toUnsignedString(leaf.table().physicalId(leaf.leaf())),
                leaf.state().name(),
                NONE,
                Long.toString(leaf.table().schemaVersion())));
        addTimes(row, leaf.ages());
        row.add(servers(leaf.replicas()));
        return row.toArray(new String[0]);
    }

    private static void addRoutine(List<String[]> rows, NamePatterns patterns, Entry<Routine> entry) {
        if (entry.key() instanceof RoutineKey key
                && patterns.fit(key.cluster(), key.tenant(), key.database(), key.qualifier(), key.routine())) {
            Routine routine = entry.value();
            List<String> row = new ArrayList<>(List.of(
                    key.cluster(),
                    key.tenant(),
                    key.database(),
                    key.qualifier(),
                    key.routine(),
                    entry.state().name(),
                    NONE,
                    routine == null ? NONE : Long.toUnsignedString(routine.id()),
                    NONE,
                    routine == null ? NONE : Long.toString(routine.schemaVersion())));
            addTimes(row, entry.ages());
            row.add(routine == null ? "" : routine.routeSql());
            rows.add(row.toArray(new String[0]));
        }
    }

    /** As the original: local time to the second, the beginning of the epoch for never. */
    private static void addTimes(List<String> row, Ages ages) {
        Instant now = Instant.now();
        String answered = LOCAL.format(now.minusNanos(ages.answeredAgo()));
        Long expiresIn = ages.expiresIn();
        row.add(LOCAL.format(now.minusNanos(ages.createdAgo())));
        row.add(answered);
        row.add("");
        row.add(answered);
        row.add(LOCAL.format(expiresIn == null ? Instant.EPOCH : now.plusNanos(expiresIn)));
        row.add(LOCAL.format(Instant.EPOCH));
    }
}
