package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.policy.RouteGroup.Distance;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.TenantView;
import com.oceanbase.odp.topology.ZoneView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a tenant as seen from one data centre under one configuration: everything about them that does not
 * depend on the request, worked out once. Immutable, but for the doubt in a single leader.
 */
final class TenantServers {
    /** Priority of a zone that is not to be used. */
    static final int EXCLUDED = -1;

    private final TenantView tenant;
    private final RoutingRules rules;
    private final String idcName;
    private final ServerAddress[] addresses;
    private final int[] traits;
    private final Standing[] standings;
    private final int[] primaryPriorities;
    private final int[] zonePriorities;
    private final boolean readOnlyZone;
    private final int primaryGroups;
    private final Map<ServerAddress, Integer> indexes = new HashMap<>();
    private final RouteDecision.Use[][] uses;
    private volatile boolean singleLeaderDoubted;

    /** How willingly a server is used, by what the cluster says about it. */
    enum Standing {
        SERVING,
        /** It still serves, but is on its way out. */
        LEAVING,
        NOT_SERVING
    }

    /**
     * Works it out.
     *
     * @param idcName data centre of the proxy, empty if not known
     */
    TenantServers(TenantView tenant, RoutingRules rules, String idcName) {
        this.tenant = tenant;
        this.rules = rules;
        this.idcName = idcName;
        List<ServerView> servers = tenant.servers();
        int count = servers.size();
        addresses = new ServerAddress[count];
        traits = new int[count];
        standings = new Standing[count];
        primaryPriorities = new int[count];
        zonePriorities = new int[count];
        uses = new RouteDecision.Use[RouteReason.values().length][count];
        Map<String, ZoneView> zones = tenant.placement().zones();
        Distances distances = Distances.of(zones, servers, idcName);
        List<List<String>> primary = RoutingRules.zoneGroups(tenant.placement().primaryZone());
        boolean anyReadOnly = false;
        for (int i = 0; i < count; i++) {
            ServerView server = servers.get(i);
            ZoneView zone = zones.get(server.zone());
            addresses[i] = server.address();
            indexes.putIfAbsent(server.address(), i);
            boolean readOnly = zone != null && zone.isReadOnly();
            anyReadOnly |= readOnly;
            traits[i] = Traits.at(distances.of(zone))
                    | (readOnly ? Traits.READ_ONLY_ZONE : 0)
                    | (zone != null && zone.merging() ? Traits.MERGING : 0);
            standings[i] = standing(server);
            primaryPriorities[i] = priority(primary, server.zone(), primary.size());
            zonePriorities[i] = rules.limitsZones() ? priority(rules.onlyZones(), server.zone(), EXCLUDED) : 0;
            for (RouteReason reason : RouteReason.values()) {
                uses[reason.ordinal()][i] = new RouteDecision.Use(server.address(), reason);
            }
        }
        readOnlyZone = anyReadOnly;
        primaryGroups = primary.size();
    }

    private static Standing standing(ServerView server) {
        return switch (server.state()) {
            case ACTIVE -> Standing.SERVING;
            case DELETING -> Standing.LEAVING;
            case REPLAY, INACTIVE, STOPPED -> Standing.NOT_SERVING;
        };
    }

    private static int priority(List<List<String>> groups, String zone, int otherwise) {
        String name = zone.toLowerCase(Locale.ROOT);
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).contains(name)) {
                return i;
            }
        }
        return otherwise;
    }

    /**
     * How far zones are (original: src/obproxy/proxy/route/ob_ldc_location.cpp:76-126): zones of the proxy's data centre
     * are near, or if there is none, zones whose name begins with it; those of the same regions are next. Nothing is
     * near or far when the data centre is not known.
     */
    private record Distances(String idc, boolean byName, Set<String> regions) {
        static Distances of(Map<String, ZoneView> zones, List<ServerView> servers, String idcName) {
            String idc = idcName.toLowerCase(Locale.ROOT);
            Set<String> byIdc = new HashSet<>();
            Set<String> byName = new HashSet<>();
            for (ServerView server : servers) {
                ZoneView zone = zones.get(server.zone());
                if (zone != null && !idc.isEmpty()) {
                    if (zone.idc().equalsIgnoreCase(idc)) {
                        byIdc.add(zone.region());
                    }
                    if (zone.name().toLowerCase(Locale.ROOT).startsWith(idc)) {
                        byName.add(zone.region());
                    }
                }
            }
            return byIdc.isEmpty() ? new Distances(idc, true, byName) : new Distances(idc, false, byIdc);
        }

        Distance of(@Nullable ZoneView zone) {
            if (regions.isEmpty()) {
                return Distance.SAME_IDC;
            }
            if (zone == null) {
                return Distance.OTHER_REGION;
            }
            boolean near = byName
                    ? zone.name().toLowerCase(Locale.ROOT).startsWith(idc)
                    : zone.idc().equalsIgnoreCase(idc);
            if (near) {
                return Distance.SAME_IDC;
            }
            return regions.contains(zone.region()) ? Distance.SAME_REGION : Distance.OTHER_REGION;
        }
    }

    /** Whether this was worked out from the same. */
    boolean isOf(TenantView otherTenant, RoutingRules otherRules, String otherIdc) {
        return tenant == otherTenant && rules == otherRules && idcName.equals(otherIdc);
    }

    TenantView tenant() {
        return tenant;
    }

    RoutingRules rules() {
        return rules;
    }

    /** Data centre of the proxy, empty if not known. */
    String idcName() {
        return idcName;
    }

    /** {@code proxy_primary_zone_name} as groups. */
    String onlyZonesText() {
        return rules.onlyZones().stream().map(group -> String.join(",", group)).collect(Collectors.joining(";"));
    }

    /** Type of the server's zone, that of most when it is not known. */
    String zoneType(int index) {
        ZoneView zone =
                tenant.placement().zones().get(tenant.servers().get(index).zone());
        return zone == null ? "ReadWrite" : zone.type();
    }

    int count() {
        return addresses.length;
    }

    ServerAddress address(int index) {
        return addresses[index];
    }

    /** Index of a server, -1 if the tenant is not there. */
    int index(ServerAddress address) {
        Integer index = indexes.get(address);
        return index == null ? -1 : index;
    }

    /** Traits that do not depend on the partition. */
    int traits(int index) {
        return traits[index];
    }

    Standing standing(int index) {
        return standings[index];
    }

    /** Priority of the server's zone in the tenant's primary zone, 0 is the first. */
    int primaryPriority(int index) {
        return primaryPriorities[index];
    }

    /** Priority of the server's zone in {@code proxy_primary_zone_name}, {@link #EXCLUDED} if it is not named. */
    int zonePriority(int index) {
        return zonePriorities[index];
    }

    /** Whether the tenant is in a zone that only serves reads. */
    boolean hasReadOnlyZone() {
        return readOnlyZone;
    }

    /** Whether the tenant's primary zone names the server's zone. */
    boolean isInPrimaryZone(int index) {
        return primaryPriorities[index] < primaryGroups;
    }

    /** Whether the tenant has a primary zone. */
    boolean hasPrimaryZone() {
        return primaryGroups > 0;
    }

    /** The one server that leads everything of the tenant; null if there is none, or a server has contradicted. */
    @Nullable
    ServerAddress singleLeader() {
        return singleLeaderDoubted || !rules.switches().singleLeader()
                ? null
                : tenant.placement().singleLeader();
    }

    /** A server that was taken for the single leader is not. Holds until the cluster tells something new. */
    void doubtSingleLeader() {
        singleLeaderDoubted = true;
    }

    /** The decision for a server; always the same object. */
    RouteDecision.Use use(int index, RouteReason reason) {
        return uses[reason.ordinal()][index];
    }
}
