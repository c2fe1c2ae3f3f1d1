package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static com.oceanbase.odp.routing.policy.Fleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.SessionView.TransactionPhase;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.sql.StatementSummary;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers must be told that a read is weak, and where bound requests may go. */
class WeakBySplitTest extends RouterFixture {
    private boolean isSaid(Session session, String sql) {
        locations.table("t", copies(3, 1, 2));
        RouteRequest request = request(Fleet.three().tenant(), session, sql);
        return router.route(request) instanceof RouteDecision.Use use && router.mustSayWeak(request, use);
    }

    private void split() {
        config = Fleet.config("enable_read_write_split", "true", "proxy_route_policy", "FOLLOWER_FIRST");
    }

    @Test
    void aFollowerIsTold() {
        split();
        assertThat(isSaid(Session.PLAIN, "select * from t")).isTrue();
        assertThat(isSaid(Session.PLAIN, "table t")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select /*+ read_consistency(weak) */ * from t",
                "select /*+ read_consistency(strong) */ * from t",
                "select * from t for update",
                "update t set a = 1",
                "select 1"
            })
    void nothingElseIsSaid(String sql) {
        split();
        assertThat(isSaid(Session.PLAIN, sql)).isFalse();
    }

    @Test
    void nothingIsSaidThatTheSessionSays() {
        split();
        assertThat(isSaid(Session.PLAIN.set("ob_read_consistency", "WEAK"), "select * from t"))
                .isFalse();
        assertThat(isSaid(Session.PLAIN.in(TransactionPhase.ANNOUNCED, true), "select * from t"))
                .isFalse();
        config = Fleet.config("obproxy_read_consistency", "1");
        assertThat(isSaid(Session.PLAIN, "select * from t")).isFalse();
    }

    @Test
    void theLeaderNeedNotBeTold() {
        config = Fleet.config("enable_read_write_split", "true");
        locations.table("t", copies(3, 1, 2));
        RouteRequest request = request(Fleet.three().tenant(), Session.PLAIN, "select * from t");
        Set<Boolean> saidToLeader = new TreeSet<>();
        Set<Boolean> saidToFollowers = new TreeSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            if (router.route(request) instanceof RouteDecision.Use use) {
                (use.server().equals(at(3)) ? saidToLeader : saidToFollowers).add(router.mustSayWeak(request, use));
            }
        }
        assertThat(saidToLeader).containsExactly(false);
        assertThat(saidToFollowers).containsExactly(true);
    }

    @Test
    void boundRequestsMayStayUnlessOthersAreNamed() {
        StatementSummary plain = Fleet.summary("select * from t");
        StatementSummary commented = Fleet.summary(
                "/* ODP: target_db_server='10.0.0.7:2881,10.0.0.8:2881;10.0.0.9:2881' */ select * from t");
        assertThat(router.allows(plain, at(1))).isTrue();
        assertThat(router.allows(null, at(1))).isTrue();
        assertThat(router.allows(commented, at(1))).isFalse();
        assertThat(router.allows(commented, at(9))).isTrue();
        config = Fleet.config("target_db_server", "10.0.0.1:2881");
        assertThat(router.allows(plain, at(1))).isTrue();
        assertThat(router.allows(plain, at(2))).isFalse();
        assertThat(router.allows(null, at(2))).isFalse();
        assertThat(router.allows(commented, at(8))).as("the comment goes first").isTrue();
    }
}
