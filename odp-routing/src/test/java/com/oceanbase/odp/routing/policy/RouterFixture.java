package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RoutedPartition;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.policy.Fleet.Locations;
import com.oceanbase.odp.topology.HealthRules;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.TenantView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A router over a made-up fleet, and what its decisions come to. */
abstract class RouterFixture {
    static final int ROUNDS = 60;

    final AtomicLong clock = new AtomicLong();
    final ServerHealth health = new ServerHealth(() -> HealthRules.DEFAULT, clock::get, server -> {});
    final Locations locations = new Locations();
    final Map<ServerAddress, Integer> load = new HashMap<>();
    final List<RuntimeException> faults = new ArrayList<>();
    ConfigSnapshot config = Fleet.config();
    final PartitionRouter router = new PartitionRouter(
            new PartitionRouter.Parts(
                    locations, (table, block, use, joined) -> (statement, session) -> table.all(), health, faults::add),
            () -> config,
            server -> load.getOrDefault(server, 0),
            clock::get);

    void block(int... servers) {
        for (int server : servers) {
            for (int i = 0; i < 5; i++) {
                health.reportConnectFailure(at(server));
            }
        }
    }

    static RouteDecision use(int server, RouteReason reason) {
        return new RouteDecision.Use(at(server), reason);
    }

    RouteDecision route(TenantView tenant, SessionView session, @Nullable String sql, int... excluded) {
        Set<ServerAddress> failed = new TreeSet<>();
        for (int server : excluded) {
            failed.add(at(server));
        }
        return bare(router.route(request(tenant, session, sql, failed.toArray(ServerAddress[]::new))));
    }

    /** Without the partition that decided. */
    static RouteDecision bare(RouteDecision decision) {
        return decision instanceof RouteDecision.Use use ? new RouteDecision.Use(use.server(), use.reason()) : decision;
    }

    RouteDecision.Use byTable(int server, RouteReason reason) {
        TableLocation table = Objects.requireNonNull(locations.cached(Locations.key("t")));
        return new RouteDecision.Use(at(server), reason, new RoutedPartition(table, LocationSource.NO_LEAF));
    }

    /** Servers that are used in many rounds, all for this reason. */
    Set<Integer> used(TenantView tenant, SessionView session, @Nullable String sql, RouteReason reason) {
        Set<Integer> used = new TreeSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(route(tenant, session, sql)).isInstanceOfSatisfying(RouteDecision.Use.class, decision -> {
                assertThat(decision.reason()).isEqualTo(reason);
                String host = decision.server().host();
                used.add(Integer.parseInt(host.substring(host.lastIndexOf('.') + 1)));
            });
        }
        return used;
    }
}
