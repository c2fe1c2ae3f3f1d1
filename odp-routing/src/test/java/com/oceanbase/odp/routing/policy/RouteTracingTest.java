package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.policy.Fleet.Locations;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.routing.trace.RouteTexts;
import com.oceanbase.odp.routing.trace.RouteTrace;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of servers that may not be used, and of those that somebody names. */
class RouteTracingTest extends RouterFixture {
    private String tree(String sql) {
        RouteTrace trace = RouteTrace.explaining();
        router.route(new RouteRequest(Fleet.three().tenant(), Session.PLAIN, Fleet.parsed(sql), Set.of(), 0, trace));
        assertThat(faults).isEmpty();
        return RouteTexts.tree(trace, null);
    }

    @Test
    void tellsThatTheLeaderIsBlocked() {
        locations.table("t", copies(3, 1, 2));
        block(3);
        assertThat(tree("update t set a = 1"))
                .contains(
                        "  [WARN] Will retry because this replica(" + at(3) + ") is in black list\n",
                        "> CONGESTION_CONTROL:{svr_addr:\"" + at(3)
                                + "\", alive_congested:true, why:\"it failed too often")
                .containsSubsequence(
                        "alive_congested:true",
                        "> RETRY:{retry_status:\"NOT_FOUND_EXISTING_ADDR\", retry_type:\"NOT_RETRY\", attempts:2",
                        "> ROUTE_POLICY:{route_policy:\"",
                        "> CONGESTION_CONTROL:{svr_addr:\"10.0.0.");
        assertThat(health.isBlocked(at(3))).as("an explanation is no trial").isTrue();
    }

    @Test
    void tellsThatABlockedServerIsUsedAllTheSame() {
        locations.table("t", copies(3, 1, 2));
        block(1, 2, 3);
        assertThat(tree("update t set a = 1"))
                .contains("force_retry_congested:true, alive_congested:true, why:\"no other server is left\"");
    }

    /** The points of a request that is executed. */
    private String log(String sql) {
        RouteTrace trace = RouteTrace.diagnosing(RouteTrace.MAXIMUM_LEVEL);
        router.route(new RouteRequest(Fleet.three().tenant(), Session.PLAIN, Fleet.parsed(sql), Set.of(), 0, trace));
        return RouteTexts.tree(trace, null);
    }

    @Test
    void saysInTheLogThatABlockedLeaderWasNotAsked() {
        String notAsked = "> HANDLE_RESPONSE:{is_partition_hit:\"true\", send_action:\"SERVER_SEND_NONE\", state:\"";
        locations.table("t", copies(3, 1, 2));
        block(3);
        assertThat(log("update t set a = 1"))
                .containsSubsequence("> CONGESTION_CONTROL", notAsked + "ALIVE_CONGESTED\"", "> RETRY");
        assertThat(tree("update t set a = 1")).doesNotContain("HANDLE_RESPONSE");
        locations.table("t", copies(7, 1, 2));
        assertThat(log("update t set a = 1"))
                .containsSubsequence("entry_exist:false", notAsked + "DEAD_CONGESTED\"", "> RETRY");
    }

    @Test
    void warnsOfLocationsThatMayBeOutOfDate() {
        locations.table("t", copies(3, 1, 2));
        assertThat(tree("select * from t")).doesNotContain("dirty");
        locations.stale.add(Locations.key("t"));
        assertThat(tree("select * from t"))
                .contains("> TABLE_ENTRY_LOOKUP_DONE\n  [WARN] Unexpected dirty entry\n")
                .contains("why:\"it has one partition; it may be out of date, and is fetched again\"");
    }

    @Test
    void tellsThatTheLeaderIsNoServerOfTheTenant() {
        locations.table("t", copies(7, 1, 2));
        assertThat(tree("update t set a = 1"))
                .contains(
                        "> CONGESTION_CONTROL:{svr_addr:\"" + at(7) + "\", entry_exist:false",
                        "Will retry other replica because this replica(" + at(7)
                                + ") does not exist in black/white list");
    }

    @Test
    void tellsWhoNamedTheServer() {
        locations.table("t", copies(3, 1, 2));
        assertThat(tree("/* target_db_server='" + at(2) + "' */ select * from t"))
                .contains(
                        "> ROUTE_INFO:{route_info_type:\"USE_COMMENT_TARGET_DB\", svr_addr:\"" + at(2) + "\"",
                        "Will route to target db server(" + at(2) + ")");
        config = Fleet.config("target_db_server", at(1).toString());
        assertThat(tree("select * from t"))
                .contains(
                        "> ROUTE_INFO:{route_info_type:\"USE_CONFIG_TARGET_DB\", svr_addr:\"" + at(1) + "\"",
                        "> CONGESTION_CONTROL:{svr_addr:\"" + at(1) + "\", need_congestion_lookup:false}");
    }

    @Test
    void tellsThatTheClusterKnowsNoRoutine() {
        RoutineKey key = new RoutineKey("c", "t", "db", "", "p", false);
        locations.routines.put(key, Routine.absent(key));
        assertThat(tree("call p(1)"))
                .contains(
                        "  > ROUTINE_ENTRY_LOOKUP_DONE:{info:\"entry not exists\", why:\"there is no such routine\"}");
    }
}
