package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No weak read sees older data than one before it. */
class SafeSnapshotsTest extends RouterFixture {
    private static final Session WEAK = Session.PLAIN.set("ob_read_consistency", "2");

    private static RouteRequest request(Session session, String sql) {
        return new RouteRequest(Fleet.three().tenant(), session, Fleet.parsed(sql), Set.of(), 0, null);
    }

    private RouteDecision.Use routed(Session session, String sql) {
        return (RouteDecision.Use) router.route(request(session, sql));
    }

    @Test
    void aReadGoesToTheNewestCopyAndIsToldWhatWasSeenElsewhere() {
        locations.table("t", copies(3, 1, 2));
        assertThat(used(Fleet.three().tenant(), WEAK, "select * from t", RouteReason.WEAK_READ_REPLICA))
                .as("nothing is known")
                .hasSizeGreaterThan(1);
        router.snapshotSeen("c", at(2), 7, false);
        router.snapshotSeen("c", at(1), 5, false);
        assertThat(used(Fleet.three().tenant(), WEAK, "select * from t", RouteReason.WEAK_READ_REPLICA))
                .containsExactly(2);
        RouteDecision.Use newest = routed(WEAK, "select * from t");
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), newest))
                .isZero();
        RouteDecision.Use older = new RouteDecision.Use(at(1), newest.reason(), newest.partition());
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), older))
                .isEqualTo(7);
        router.snapshotSeen("c", at(1), 9, false);
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), older))
                .isZero();
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), newest))
                .isEqualTo(9);
    }

    @Test
    void whatCameFromElsewhereBindsAllServers() {
        locations.table("t", copies(3, 1));
        router.snapshotSeen("c", at(2), 7, false);
        RouteDecision.Use chosen = routed(WEAK, "select * from t");
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), chosen))
                .as("server 2 has no copy of the table")
                .isZero();
        router.snapshotSeen("c", at(2), 8, true);
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), chosen))
                .isEqualTo(8);
        router.snapshotSeen("other", at(1), 99, true);
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), chosen))
                .isEqualTo(8);
    }

    @Test
    void strongReadsWritesAndOtherSettingsDoNotCare() {
        locations.table("t", copies(3, 1, 2));
        router.snapshotSeen("c", at(2), 7, true);
        RouteDecision.Use chosen = routed(Session.PLAIN, "select * from t");
        assertThat(chosen.server()).isEqualTo(at(3));
        assertThat(router.snapshotToTell(request(Session.PLAIN, "select * from t"), chosen))
                .isZero();
        assertThat(router.snapshotToTell(request(WEAK, "update t set a = 1"), chosen))
                .isZero();
        config = Fleet.config("enable_causal_order_read", "false");
        assertThat(router.snapshotToTell(request(WEAK, "select * from t"), chosen))
                .isZero();
        assertThat(used(Fleet.three().tenant(), WEAK, "select * from t", RouteReason.WEAK_READ_REPLICA))
                .hasSizeGreaterThan(1);
    }
}
