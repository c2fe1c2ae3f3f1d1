package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.protocol.ob20.Ob20Flags;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RoutedPartition;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which refusals send a request elsewhere, and where: once to the server that the refusing one names (original:
 * ob_mysql_transact.cpp:1701-1739, 2000-2049), to the primary tenant of its service, or to any other server. Event loop
 * confined; one instance a session.
 */
final class Rerouting {
    private final ClientSession session;
    private final ServiceSwitch services;
    private boolean spent;
    private @Nullable RerouteInfo info;

    Rerouting(ClientSession session) {
        this.session = session;
        this.services = new ServiceSwitch(session);
    }

    /** A new request. */
    void begin() {
        spent = false;
        info = null;
        services.begin();
    }

    /**
     * Whether the request, which may go elsewhere, does so after this error.
     *
     * @param followed the router's choice that led to the server; null if the router had none
     */
    boolean sendsElsewhere(int errno, RouteDecision.@Nullable Use followed) {
        boolean named = follows(errno, followed);
        return named
                || services.follows(errno)
                || RetryRules.isElsewhere(errno, followed == null ? null : followed.reason());
    }

    /** Whether the error sends the session to another tenant. */
    boolean movesTenant(int errno) {
        return services.follows(errno);
    }

    /** Lets the request begin again in the tenant that is the primary now; the error is its end if there is none. */
    void moveTenant(RequestFlow flow, ErrPacket error) {
        services.move(flow, error);
    }

    /**
     * Whether the request, which may go elsewhere, follows after this error.
     *
     * @param followed the router's choice that led to the server; null if the router had none
     */
    private boolean follows(int errno, RouteDecision.@Nullable Use followed) {
        if (errno != ErrorCode.REROUTE.errno() || !isAllowed(followed)) {
            return false;
        }
        spent = true;
        return true;
    }

    /** What a server is told of the request with OceanBase 2.0. */
    int requestFlags(ServerLink target, RouteDecision.@Nullable Use followed, boolean mayRepeatElsewhere) {
        int flags = mayRepeatElsewhere && isAllowed(followed) ? Ob20Flags.PROXY_REROUTE : 0;
        if (followed != null && isWeak(followed)) {
            flags |= Ob20Flags.WEAK_READ;
        }
        ServerLink before = session.links().current();
        return before == null || before == target ? flags : flags | Ob20Flags.PROXY_SWITCH_ROUTE;
    }

    private static boolean isWeak(RouteDecision.Use followed) {
        return switch (followed.reason()) {
            case WEAK_READ_REPLICA, WEAK_READ_LEADER -> true;
            default -> false;
        };
    }

    private boolean isAllowed(RouteDecision.@Nullable Use followed) {
        if (spent || followed == null) {
            return false;
        }
        ConfigSnapshot config = session.context().config().get();
        boolean enabled = switch (followed.reason()) {
            case ROUTE_ADDRESS, TARGET_SERVER, TEST_SERVER, PROXY_PRIMARY_ZONE -> false;
            case WEAK_READ_REPLICA, WEAK_READ_LEADER -> config.get(Parameters.ENABLE_WEAK_REROUTE);
            default -> config.get(Parameters.ENABLE_REROUTE);
        };
        return enabled && config.get(Parameters.PROXY_PRIMARY_ZONE_NAME).isBlank();
    }

    /** What came with the refusal. */
    void learn(SessionChanges changes) {
        for (SessionChanges.Variable variable : changes.systemVariables()) {
            if (variable.name().equals(RerouteInfo.VARIABLE)) {
                info = RerouteInfo.decode(variable.value());
            }
        }
    }

    /** The server that was named, once; null when none was. What it tells of the table is remembered for others. */
    @Nullable
    ServerAddress take(RouteDecision.@Nullable Use followed) {
        RerouteInfo named = info;
        info = null;
        if (named == null) {
            return null;
        }
        RoutedPartition partition = followed == null ? null : followed.partition();
        if (partition != null) {
            tell(named, partition);
        }
        return named.server();
    }

    /** Another name than that of the table that was routed by is a global index: it says nothing of the table. */
    private void tell(RerouteInfo named, RoutedPartition partition) {
        TableKey key = partition.table().key();
        if (!key.table().equalsIgnoreCase(named.table())) {
            return;
        }
        LocationSource locations = session.context().locations();
        if (named.leader()) {
            locations.leaderIs(partition.table(), partition.leaf(), named.server());
        }
        if (named.schemaVersion() > 0) {
            locations.schemaVersionIs(key, named.schemaVersion());
        }
    }
}
