package com.oceanbase.odp.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogStreamLeadersTest {
    private static final ServerAddress A = new ServerAddress("a", 1);
    private static final ServerAddress B = new ServerAddress("b", 1);
    private static final ServerAddress C = new ServerAddress("c", 1);
    private static final TableKey KEY = new TableKey("c", "sys", "db", "t");

    private final ScriptedLoader loader = new ScriptedLoader();
    private final LocationCache cache = new LocationCache(loader, () -> loader.rules, loader.clock::get);

    private static LogStreamLeaders leaders(Object... pairs) {
        Map<Integer, ServerAddress> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((Integer) pairs[i], (ServerAddress) pairs[i + 1]);
        }
        return new LogStreamLeaders(map);
    }

    private void tableAt(ServerAddress leader) {
        cache.request(KEY);
        loader.answer(new TableLocation.SinglePartition(
                KEY, 7, 1, List.of(new Replica(leader, true), new Replica(C, false))));
    }

    @Test
    void aKnownLogStreamDecidesAlone() {
        LogStreamLeaders.Moves moves = leaders(1001, B, 1002, A).since(leaders(1001, A, 1002, A));
        assertThat(moves.successor(A, 1001)).isEqualTo(B);
        assertThat(moves.successor(A, 1002)).isNull();
        assertThat(moves.successor(C, 1001))
                .as("it was not the leader that moved")
                .isNull();
        assertThat(moves.isDoubtful(A, 1001)).isFalse();
    }

    @Test
    void anUnknownLogStreamFollowsWhenAllOfTheLeaderWentToOneServer() {
        LogStreamLeaders before = leaders(1, A, 1001, A, 1002, A, 1003, B);
        assertThat(leaders(1, A, 1001, C, 1002, C, 1003, B).since(before).successor(A, -1))
                .as("the first has no user tables")
                .isEqualTo(C);
        LogStreamLeaders.Moves divided =
                leaders(1, A, 1001, C, 1002, A, 1003, B).since(before);
        assertThat(divided.successor(A, -1)).isNull();
        assertThat(divided.isDoubtful(A, -1)).isTrue();
        assertThat(divided.isDoubtful(B, -1)).isFalse();
        assertThat(leaders(1, B).since(leaders(1, A)).successor(A, -1)).isEqualTo(B);
    }

    @Test
    void aTableOfOnePartitionFollowsAtOnce() {
        tableAt(A);
        assertThat(cache.leadersMoved("c", "other", leaders(1001, A), leaders(1001, B)))
                .isZero();
        assertThat(cache.leadersMoved("c", "sys", leaders(1001, A), leaders(1001, A)))
                .isZero();
        assertThat(cache.leadersMoved("c", "sys", leaders(1001, A), leaders(1001, C)))
                .isEqualTo(1);
        assertThat(cache.cached(KEY))
                .isInstanceOfSatisfying(
                        TableLocation.SinglePartition.class,
                        table -> assertThat(table.leader()).isEqualTo(C));
        assertThat(loader.tables).hasSize(1);
    }

    @Test
    void aTableThatMayHaveMovedIsFetchedAgain() {
        tableAt(A);
        cache.leadersMoved("c", "sys", leaders(1001, A, 1002, A), leaders(1001, B, 1002, A));
        assertThat(cache.cached(KEY)).as("worth a short wait").isNull();
        assertThat(loader.tables).hasSize(2);
    }

    @Test
    void aLeaderKnownFromElsewhereMeanwhileStays() {
        tableAt(B);
        assertThat(cache.leadersMoved("c", "sys", leaders(1001, A), leaders(1001, C)))
                .isZero();
        assertThat(loader.tables).hasSize(1);
        assertThat(cache.tenantsInUse("c")).containsExactly("sys");
        cache.forgetCluster("c");
        assertThat(cache.tenantsInUse("c")).isEmpty();
    }
}
