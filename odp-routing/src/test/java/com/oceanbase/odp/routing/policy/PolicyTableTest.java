package com.oceanbase.odp.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.SessionPreferences;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTableTest {
    /**
     * Rows of the original (ob_mysql_transact.cpp:7627-7738): weak, duplicate replicas, a read-only zone, the statement
     * may use it; ob_read_consistency, ob_route_policy and @proxy_route_policy of the session; proxy_route_policy,
     * proxy_primary_zone_name, enable_primary_zone; the policy.
     */
    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            value = {
                "weak,duplicate,zone,may,consistency,zone policy,own policy,policy,zones,primary,expected",
                // duplicate replicas go before everything else
                "0,1,0,1,,,,,,true,DUP_REPLICA_FIRST",
                "0,1,1,1,3,2,,FOLLOWER_ONLY,z1,true,DUP_REPLICA_FIRST",
                // a read-only zone, weak: ob_route_policy of the session
                "1,0,1,1,2,0,,,,true,MERGE_IDC_ORDER",
                "1,0,1,1,2,1,,,,true,READONLY_ZONE_FIRST",
                "1,0,1,1,2,2,,,,true,ONLY_READONLY_ZONE",
                "1,0,1,1,2,3,,,,true,UNMERGE_ZONE_FIRST",
                "1,0,1,1,,,,FOLLOWER_FIRST,,true,READONLY_ZONE_FIRST",
                "1,0,1,1,2,7,,,,true,READONLY_ZONE_FIRST",
                // a read-only zone that the statement may use
                "0,0,1,1,2,2,,,,true,ONLY_READONLY_ZONE",
                "0,0,1,1,2,3,,,,true,UNMERGE_ZONE_FIRST",
                "0,0,1,1,3,2,,,,true,ONLY_READWRITE_ZONE",
                "0,0,1,1,1,2,,,,true,ONLY_READWRITE_ZONE",
                "0,0,1,1,,2,,,,true,MERGE_IDC_ORDER",
                // a read-only zone that it may not use
                "0,0,1,0,,,,,,true,ONLY_READWRITE_ZONE",
                "0,0,1,0,2,1,,,,true,ONLY_READWRITE_ZONE",
                // no read-only zone, weak: the session's policy, the proxy's, the named zones, the default
                "1,0,0,1,,,'''FOLLOWER_ONLY''',FOLLOWER_FIRST,z1,true,FOLLOWER_ONLY",
                "1,0,0,1,,,'''nonsense''',FOLLOWER_FIRST,,true,FOLLOWER_FIRST",
                "1,0,0,1,,,,FOLLOWER_FIRST,,true,FOLLOWER_FIRST",
                "1,0,0,1,,,,UNMERGE_FOLLOWER_FIRST,,true,UNMERGE_FOLLOWER_FIRST",
                "1,0,0,1,,,,FOLLOWER_ONLY,,true,FOLLOWER_ONLY",
                "1,0,0,1,,,,FOLLOWER_FIRST,z1,true,FOLLOWER_FIRST",
                "1,0,0,1,,,,,z1,true,PROXY_PRIMARY_ZONE_NAME_ONLY",
                "1,0,0,1,,2,,,,true,MERGE_IDC_ORDER",
                // no read-only zone, strong: the named zones, the tenant's primary zone, the default
                "0,0,0,0,,,,FOLLOWER_FIRST,z1,true,PROXY_PRIMARY_ZONE_NAME_ONLY",
                "0,0,0,0,,,,FOLLOWER_FIRST,,true,PRIMARY_ZONE_FIRST",
                "0,0,0,1,3,2,,,,true,PRIMARY_ZONE_FIRST",
                "0,0,0,0,,,,,,false,MERGE_IDC_ORDER",
            })
    void choosesAsTheOriginal(ArgumentsAccessor row) {
        Map<String, String> variables = new HashMap<>();
        variables.put("ob_read_consistency", row.getString(4));
        variables.put("ob_route_policy", row.getString(5));
        variables.put("proxy_route_policy", row.getString(6));
        RoutingRules rules = RoutingRules.of(Fleet.config(
                "proxy_route_policy", text(row, 7),
                "proxy_primary_zone_name", text(row, 8),
                "enable_primary_zone", text(row, 9)));
        SessionPreferences session = SessionPreferences.of(variables::get, variables::get);
        assertThat(PolicyTable.choose(is(row, 0), is(row, 1), is(row, 2), is(row, 3), session, rules))
                .isEqualTo(row.get(10, RoutingPolicy.class));
    }

    private static boolean is(ArgumentsAccessor row, int column) {
        return row.getInteger(column) == 1;
    }

    private static String text(ArgumentsAccessor row, int column) {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
