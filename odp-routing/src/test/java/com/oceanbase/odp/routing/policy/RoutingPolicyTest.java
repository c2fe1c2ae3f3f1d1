package com.oceanbase.odp.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoutingPolicyTest {
    /** The orders as specified, one row a policy (original: src/obproxy/proxy/route/ob_ldc_route.cpp:27-580). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MERGE_IDC_ORDER | ANP BNP AMP BMP ANT BNT AMT BMT CNP CMP CNT CMT",
                "READONLY_ZONE_FIRST | ANRP BNRP AMRP BMRP ANWP BNWP AMWP BMWP ANRT BNRT AMRT BMRT ANWT BNWT AMWT BMWT "
                        + "CNRP CMRP CNWP CMWP CNRT CMRT CNWT CMWT",
                "ONLY_READONLY_ZONE | ANRP BNRP AMRP BMRP ANRT BNRT AMRT BMRT CNRP CMRP CNRT CMRT",
                "UNMERGE_ZONE_FIRST | ANRP BNRP ANWP BNWP AMRP BMRP AMWP BMWP ANRT BNRT ANWT BNWT AMRT BMRT AMWT BMWT "
                        + "CNRP CNWP CMRP CMWP CNRT CNWT CMRT CMWT",
                "ONLY_READWRITE_ZONE | ANWP BNWP AMWP BMWP ANWT BNWT AMWT BMWT CNWP CMWP CNWT CMWT",
                "FOLLOWER_FIRST | ANPF BNPF AMPF BMPF ANPL BNPL AMPL BMPL ANT BNT AMT BMT CNPF CMPF CNPL CMPL CNT CMT",
                "UNMERGE_FOLLOWER_FIRST | ANPF BNPF ANPL BNPL AMPF BMPF AMPL BMPL ANT BNT AMT BMT CNPF CNPL CMPF CMPL "
                        + "CNT CMT",
                "FOLLOWER_ONLY | ANPF BNPF AMPF BMPF ANT BNT AMT BMT CNPF CMPF CNT CMT",
                "DUP_REPLICA_FIRST | ANPD BNPD AMPD BMPD CNPD CMPD ANP BNP AMP BMP CNP CMP ANT BNT AMT BMT CNT CMT",
            })
    void hasTheOrderOfTheOriginal(RoutingPolicy policy, String order) {
        assertThat(policy.order().groups())
                .containsExactlyElementsOf(
                        Arrays.stream(order.split(" ")).map(RouteGroup::parse).toList());
    }

    @ParameterizedTest
    @EnumSource(RoutingPolicy.class)
    void takesReplicasElsewhereBeforeServersWithoutInItsOptimizedForm(RoutingPolicy policy) {
        List<RouteGroup> plain = policy.order().groups();
        List<RouteGroup> optimized = policy.optimized().groups();
        assertThat(optimized).containsExactlyInAnyOrderElementsOf(plain);
        List<Boolean> holders = optimized.stream().map(RouteGroup::holder).toList();
        assertThat(holders.subList(holders.indexOf(false), holders.size())).containsOnly(false);
        assertThat(optimized.stream().filter(RouteGroup::holder))
                .containsExactlyElementsOf(
                        plain.stream().filter(RouteGroup::holder).toList());
    }

    /** That is why the optimized form can always be used: a near replica is before everything else in both. */
    @ParameterizedTest
    @EnumSource(RoutingPolicy.class)
    void beginsWithNearReplicasInBothForms(RoutingPolicy policy) {
        for (int traits = 0; traits < Traits.COUNT; traits++) {
            boolean near =
                    Traits.has(traits, Traits.HOLDER) && Traits.distance(traits) != RouteGroup.Distance.OTHER_REGION;
            for (int other = 0; near && other < Traits.COUNT; other++) {
                boolean before = policy.order().place(traits) < policy.order().place(other);
                boolean optimized =
                        policy.optimized().place(traits) < policy.optimized().place(other);
                boolean otherHolder = Traits.has(other, Traits.HOLDER);
                if (!otherHolder || Traits.distance(other) != RouteGroup.Distance.OTHER_REGION) {
                    assertThat(optimized)
                            .as("%s: %d before %d", policy, traits, other)
                            .isEqualTo(before);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANP, ROUTE_TYPE_PARTITION_UNMERGE_LOCAL",
        "CMRT, ROUTE_TYPE_NONPARTITION_READONLY_MERGE_REMOTE",
        "BNPF, ROUTE_TYPE_FOLLOWER_PARTITION_UNMERGE_REGION",
        "AMWP, ROUTE_TYPE_PARTITION_READWRITE_MERGE_LOCAL",
        "CNPL, ROUTE_TYPE_LEADER_PARTITION_UNMERGE_REMOTE",
        "CNPD, ROUTE_TYPE_DUP_PARTITION_UNMERGE_REMOTE",
    })
    void namesGroupsAsTheOriginalDoes(String letters, String name) {
        assertThat(RouteGroup.parse(letters).typeName()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "follower_first, FOLLOWER_FIRST",
        "Unmerge_Follower_First, UNMERGE_FOLLOWER_FIRST",
        "FOLLOWER_ONLY, FOLLOWER_ONLY",
        "' follower_only ', FOLLOWER_ONLY",
        "READONLY_ZONE_FIRST, READONLY_ZONE_FIRST",
        "ONLY_READONLY_ZONE, ONLY_READONLY_ZONE",
        "UNMERGE_ZONE_FIRST, UNMERGE_ZONE_FIRST",
        "ONLY_READWRITE_ZONE, ONLY_READWRITE_ZONE",
        "MERGE_IDC_ORDER, MERGE_IDC_ORDER",
        "TARGET_DB_SERVER_ONLY,",
        "leader,",
        "'',",
    })
    void readsTheNamesOfWeakReadPolicies(String text, RoutingPolicy policy) {
        assertThat(RoutingPolicy.ofWeakReads(text)).isEqualTo(policy);
    }

    @Test
    void namesItsOptimizedForm() {
        assertThat(RoutingPolicy.FOLLOWER_FIRST.name(true)).isEqualTo("FOLLOWER_FIRST_OPTIMIZED");
        assertThat(RoutingPolicy.FOLLOWER_FIRST.name(false)).isEqualTo("FOLLOWER_FIRST");
        assertThat(RoutingPolicy.PRIMARY_ZONE_FIRST.name(true)).isEqualTo("PRIMARY_ZONE_FIRST");
    }

    @Test
    void givesEveryServerTheSamePlaceInRandomMode() {
        for (int traits = 0; traits < Traits.COUNT; traits++) {
            assertThat(GroupOrder.EQUAL.place(traits)).isZero();
        }
    }
}
