package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.Router.Observation;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.policy.Fleet.Locations;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.ViewDefinition;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which server a view leads to: that of the tables that its query reads. */
class ViewChoiceTest extends RouterFixture {
    private void view(String name, String query) {
        locations.tables.put(
                Locations.key(name),
                new TableLocation.View(Locations.key(name), new ViewDefinition(query, SqlMode.MYSQL)));
    }

    private static RouteRequest request(String sql) {
        return new RouteRequest(Fleet.three().tenant(), Session.PLAIN.last(2), Fleet.parsed(sql), Set.of(), 0, null);
    }

    @Test
    void theTableOfAViewDecides() {
        locations.table("t", copies(3));
        view("v", "select `db`.`t`.`a` AS `a` from `db`.`t`");
        view("w", "select `db`.`v`.`a` AS `a` from `db`.`v`");
        RouteDecision.Use table = byTable(3, RouteReason.TABLE_LEADER);
        assertThat(router.route(request("select * from v"))).isEqualTo(table);
        assertThat(router.route(request("select * from w where a = 1"))).isEqualTo(table);
        assertThat(router.route(Fleet.request(Fleet.three().tenant(), Session.PLAIN, "delete from w")))
                .isEqualTo(table);
    }

    @Test
    void theTableOfAViewIsWaitedFor() {
        view("v", "select `db`.`t`.`a` AS `a` from `db`.`t`");
        assertThat(router.route(request("select * from v"))).isInstanceOf(RouteDecision.Wait.class);
        assertThat(locations.feedback).containsExactly("request t");
    }

    @Test
    void aMissMakesTheViewDoubtful() {
        locations.table("t", copies(3));
        view("v", "select `db`.`t`.`a` AS `a` from `db`.`t`");
        RouteRequest request = request("select * from v");
        RouteDecision.Use used = (RouteDecision.Use) router.route(request);
        router.observed(request, used, Observation.HIT);
        assertThat(locations.feedback).isEmpty();
        router.observed(request, used, Observation.MISS);
        assertThat(locations.feedback).containsExactly("stale v", "missed t -1 " + at(3).host());
        locations.feedback.clear();
        router.observed(request, used, Observation.CHANGED);
        assertThat(locations.feedback).containsExactly("stale v", "stale t");
    }

    @Test
    void viewsThatReadThemselvesOrTooManyTablesGoAnywhere() {
        view("v", "select `db`.`w`.`a` AS `a` from `db`.`w`");
        view("w", "select `db`.`v`.`a` AS `a` from `db`.`v`");
        view("many", "select `x`.`a` AS `a` from `db`.`many` `x` join `db`.`many` `y` join `db`.`many` `z`");
        RouteDecision last = use(2, RouteReason.LAST_SERVER);
        assertThat(bare(router.route(request("select * from v")))).isEqualTo(last);
        assertThat(bare(router.route(request("select * from many")))).isEqualTo(last);
        assertThat(faults).isEmpty();
    }
}
