package com.oceanbase.odp.routing.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In which order servers come into question (original: src/obproxy/proxy/route/ob_ldc_route.cpp:27-580). The letters are
 * those of {@link RouteGroup}; the first group that has a usable server gives it.
 */
public enum RoutingPolicy {
    /** Nearest first, those that are not merging before those that are. */
    MERGE_IDC_ORDER("ANP BNP AMP BMP ANT BNT AMT BMT CNP CMP CNT CMT"),
    /** Read-only zones before read-write zones. */
    READONLY_ZONE_FIRST("ANRP BNRP AMRP BMRP ANWP BNWP AMWP BMWP ANRT BNRT AMRT BMRT ANWT BNWT AMWT BMWT"
            + " CNRP CMRP CNWP CMWP CNRT CMRT CNWT CMWT"),
    /** Read-only zones only. */
    ONLY_READONLY_ZONE("ANRP BNRP AMRP BMRP ANRT BNRT AMRT BMRT CNRP CMRP CNRT CMRT"),
    /** Zones that are not merging before those that are, then read-only zones before read-write zones. */
    UNMERGE_ZONE_FIRST("ANRP BNRP ANWP BNWP AMRP BMRP AMWP BMWP ANRT BNRT ANWT BNWT AMRT BMRT AMWT BMWT"
            + " CNRP CNWP CMRP CMWP CNRT CNWT CMRT CMWT"),
    /** Read-write zones only. */
    ONLY_READWRITE_ZONE("ANWP BNWP AMWP BMWP ANWT BNWT AMWT BMWT CNWP CMWP CNWT CMWT"),
    /** Followers before the leader. */
    FOLLOWER_FIRST("ANPF BNPF AMPF BMPF ANPL BNPL AMPL BMPL ANT BNT AMT BMT CNPF CMPF CNPL CMPL CNT CMT"),
    /** Zones that are not merging before those that are, then followers before the leader. */
    UNMERGE_FOLLOWER_FIRST("ANPF BNPF ANPL BNPL AMPF BMPF AMPL BMPL ANT BNT AMT BMT CNPF CNPL CMPF CMPL CNT CMT"),
    /** Never the leader. */
    FOLLOWER_ONLY("ANPF BNPF AMPF BMPF ANT BNT AMT BMT CNPF CMPF CNT CMT"),
    /** Copies of a duplicate table before other replicas. */
    DUP_REPLICA_FIRST("ANPD BNPD AMPD BMPD CNPD CMPD ANP BNP AMP BMP CNP CMP ANT BNT AMT BMT CNT CMT"),
    /**
     * The tenant's primary zone where the location is not known. The original has no order behind it; the order is that
     * of {@link #MERGE_IDC_ORDER} here.
     */
    PRIMARY_ZONE_FIRST(MERGE_IDC_ORDER.groups),
    /**
     * Only servers of the zones that {@code proxy_primary_zone_name} names, by the priority of the zone first and then
     * in the order of {@link #MERGE_IDC_ORDER}. (In the original distance goes before priority.)
     */
    PROXY_PRIMARY_ZONE_NAME_ONLY(MERGE_IDC_ORDER.groups),
    /** The server is given. */
    TARGET_DB_SERVER_ONLY(MERGE_IDC_ORDER.groups);

    private final String groups;
    private final GroupOrder order;
    private final GroupOrder optimized;

    RoutingPolicy(String groups) {
        this.groups = groups;
        this.order = GroupOrder.parse(groups);
        this.optimized = order.withReplicasElsewhereFirst();
    }

    /** The groups in their order, separated by blanks. */
    String groups() {
        return groups;
    }

    /** The order as it stands. */
    GroupOrder order() {
        return order;
    }

    /** The order when no replica of this region is usable: replicas elsewhere before servers that have none. */
    GroupOrder optimized() {
        return optimized;
    }

    /** Name in diagnosis. The original has no optimized form of {@link #PRIMARY_ZONE_FIRST} and what follows. */
    String name(boolean isOptimized) {
        return isOptimized && ordinal() < PRIMARY_ZONE_FIRST.ordinal() ? name() + "_OPTIMIZED" : name();
    }

    /** The policy of weak reads that a text names in any letter case; null if it names none. */
    public static @Nullable RoutingPolicy ofWeakReads(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "FOLLOWER_FIRST" -> FOLLOWER_FIRST;
            case "UNMERGE_FOLLOWER_FIRST" -> UNMERGE_FOLLOWER_FIRST;
            case "FOLLOWER_ONLY" -> FOLLOWER_ONLY;
            case "MERGE_IDC_ORDER" -> MERGE_IDC_ORDER;
            case "READONLY_ZONE_FIRST" -> READONLY_ZONE_FIRST;
            case "ONLY_READONLY_ZONE" -> ONLY_READONLY_ZONE;
            case "UNMERGE_ZONE_FIRST" -> UNMERGE_ZONE_FIRST;
            case "ONLY_READWRITE_ZONE" -> ONLY_READWRITE_ZONE;
            default -> null;
        };
    }
}
