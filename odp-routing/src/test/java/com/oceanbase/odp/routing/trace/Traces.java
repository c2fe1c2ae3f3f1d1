package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.topology.ServerAddress;

/** Traces of the statements that the original was asked about on a real cluster. */
final class Traces {
    static final ServerAddress NODE_1 = new ServerAddress("127.0.0.11", 2881);
    static final ServerAddress NODE_2 = new ServerAddress("127.0.0.12", 2881);

    private Traces() {}

    private static SqlParse parse(String sql, String table) {
        return new SqlParse("COM_QUERY", "explain route " + sql, table, true, "");
    }

    private static RouteInfo lookup() {
        return RouteInfo.of(RouteInfo.Type.USE_PARTITION_LOCATION_LOOKUP, null, "");
    }

    private static ResolveToken integer(int value) {
        return new ResolveToken(
                ResolveToken.Type.TOKEN_INT_VAL, "BIGINT:" + value, Integer.toString(value), "", true, "");
    }

    private static RouteTrace trace(TracePoint... points) {
        RouteTrace trace = RouteTrace.explaining();
        for (TracePoint point : points) {
            trace.add(point);
        }
        return trace;
    }

    static RouteTrace pointSelect() {
        return trace(
                parse("select * from t1 where id=3", "t1"),
                lookup(),
                LocationCacheLookup.oceanbase(),
                TableEntryLookupDone.userTable("t1", 500071, 4, false, false, ""),
                new ExprParse("id=3", ""),
                new ResolveExpr("[3 ; 3]", "", ""),
                integer(3),
                new CalcPartitionId("partition by key(BIGINT<binary>) partitions 4", ""),
                PartitionIdCalcDone.one(200050, 1, new PartitionNames().add(2).text(), ""),
                PartitionEntryLookupDone.known(NODE_2, false, false, false, ""),
                RoutePolicy.leader("PRIMARY_ZONE_FIRST", NODE_2, "STRONG", ""),
                CongestionControl.free(NODE_2));
    }

    static RouteTrace twoLevels() {
        return trace(
                parse("select * from t4 where id=1 and d=5", "t4"),
                lookup(),
                LocationCacheLookup.oceanbase(),
                TableEntryLookupDone.userTable("t4", 500089, 4, false, false, ""),
                new ExprParse("id=1,d=5", ""),
                new ResolveExpr("[1 ; 1]", "[5 ; 5]", ""),
                integer(1),
                integer(5),
                new CalcPartitionId(
                        "partition by hash(BIGINT<binary>) partitions 2 subpartition by range (P500092[BIGINT:100],"
                                + " P500093[EXT:maxvalue])",
                        ""),
                PartitionIdCalcDone.one(
                        200063, 2, new PartitionNames().add(1, 0).text(), ""),
                PartitionEntryLookupDone.known(NODE_1, false, false, false, ""),
                RoutePolicy.leader("PRIMARY_ZONE_FIRST", NODE_1, "STRONG", ""),
                CongestionControl.blocked(NODE_1, CongestionControl.State.ALIVE_CONGESTED, "5 failures within 120 s"),
                Retry.at(Retry.Type.PARTITION_LOCATION_LOOKUP, NODE_2, 2, "the leader is blocked"),
                CongestionControl.free(NODE_2));
    }

    static RouteTrace transaction() {
        return trace(
                parse("select * from t2 where id=7", "t2"),
                new RouteInfo(RouteInfo.Type.USE_LAST_SESSION, NODE_1, true, false, false, ""));
    }

    static RouteTrace withoutKey() {
        return trace(
                parse("select * from t2", "t2"),
                lookup(),
                LocationCacheLookup.oceanbase(),
                TableEntryLookupDone.userTable("t2", 500076, 4, false, true, ""),
                new ExprParse("", ""),
                new ResolveExpr(ResolveExpr.EVERYTHING, "", ""),
                new CalcPartitionId("partition by key(BIGINT<binary>) partitions 4", ""),
                PartitionIdCalcDone.several(1, "", 4, "no value for key column id: 4 partitions possible"),
                RouteInfo.of(RouteInfo.Type.USE_CACHED_SESSION, NODE_1, ""),
                RoutePolicy.none("", "", ""),
                CongestionControl.free(NODE_1));
    }

    static RouteTrace weakRead() {
        return trace(
                parse("select /*+read_consistency(weak)*/ * from t2 where id=5", "t2"),
                lookup(),
                LocationCacheLookup.oceanbase(),
                TableEntryLookupDone.userTable("t2", 500076, 4, false, false, ""),
                PartitionIdCalcDone.one(200052, 1, "(p0)", ""),
                PartitionEntryLookupDone.known(NODE_2, false, false, false, ""),
                new RoutePolicy(
                        "MERGE_IDC_ORDER",
                        "MERGE_IDC_ORDER",
                        NODE_1,
                        "ROUTE_TYPE_PARTITION_UNMERGE_LOCAL",
                        new RoutePolicy.Candidate(
                                "SAME_IDC", "ReadWrite", "FOLLOWER", "FULL", false, false, true, false),
                        RoutePolicy.Basis.PROXY_POLICY,
                        "",
                        "WEAK",
                        "STRONG",
                        "",
                        ""),
                CongestionControl.free(NODE_1));
    }

    /** Every point once, each with as many of its fields as can go together. */
    static RouteTrace everything() {
        RouteTrace trace = trace(
                new SqlParse("COM_QUERY", "call p(\"a\nb\")", "", false, "no table"),
                new RouteInfo(RouteInfo.Type.USE_COORDINATOR_SESSION, NODE_1, false, true, true, "because"),
                new LocationCacheLookup("random", false, "mode"),
                new RoutineEntryLookupDone(true, "select 1", false, true, "routine"),
                FetchTableRelatedData.partitioned(2, true, "c1,c2", "c3", "new"),
                FetchTableRelatedData.failed(5019, FetchTableRelatedData.Stage.LOOKUP_TABLE_ENTRY_STATE, "gone"),
                new TableEntryLookupDone("t", 7, "USER TABLE", 1, true, false, true, false, "small"),
                new ExprParse("c1=1", "one of two keys"),
                new CalcRowid(CalcRowid.State.DECODE_ROWID, CalcRowid.Version.PK_ROWID_VERSION, "not base 64"),
                new ResolveExpr("[1 ; 1]", "(MIN ; 4)", "half"),
                new ResolveToken(ResolveToken.Type.TOKEN_FUNC, "", "f(1)", "f", false, "not known"),
                new CalcPartitionId("", "none"),
                new PartitionIdCalcDone(-1, 2, "p9", "", 0, "select * from t", "no such partition"),
                PartitionEntryLookupDone.known(null, true, true, true, "stale"),
                new RoutePolicy(
                        "FOLLOWER_FIRST",
                        "FOLLOWER_FIRST_OPTIMIZED",
                        NODE_2,
                        "ROUTE_TYPE_PRIMARY_ZONE",
                        new RoutePolicy.Candidate(
                                "OTHER_REGION", "ReadOnly", "FOLLOWER", "READONLY", true, true, true, true),
                        RoutePolicy.Basis.TENANT_PRIMARY_ZONE,
                        "z1;z2",
                        "WEAK",
                        "WEAK",
                        "idc1",
                        "far"),
                CongestionControl.forced(NODE_2, CongestionControl.State.DEAD_CONGESTED, "all are"),
                new HandleResponse(
                        false,
                        HandleResponse.SendAction.SERVER_SEND_REQUEST,
                        HandleResponse.State.RESPONSE_ERROR,
                        "1062 Duplicate entry",
                        "moved"),
                Retry.unknown(2, "next"));
        trace.decided(NODE_2, "any \"server\"");
        return trace;
    }
}
