package com.oceanbase.odp.routing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.SessionView.TransactionPhase;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadModeTest {
    private static final RoutingRules DEFAULTS = RoutingRules.of(Fleet.config());
    private static final RoutingRules SPLIT = RoutingRules.of(Fleet.config("enable_read_write_split", "true"));
    private static final RoutingRules SPLIT_TRANSACTIONS =
            RoutingRules.of(Fleet.config("enable_read_write_split", "true", "enable_transaction_split", "true"));
    private static final RoutingRules FOLLOWERS = RoutingRules.of(Fleet.config("obproxy_read_consistency", "1"));
    private static final Session WEAK = Session.PLAIN.set("ob_read_consistency", "WEAK");

    private static boolean isWeak(String sql, SessionView session, RoutingRules rules) {
        return ReadMode.isWeak(Fleet.summary(sql), session, rules);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // hint, session: as in the original's table
                "select /*+ read_consistency(strong) */ * from t | 2 | false",
                "select /*+ read_consistency(weak) */ * from t | 3 | true",
                "select /*+ read_consistency(weak) */ * from t | 2 | true",
                "select /*+ read_consistency(weak) */ * from t | | true",
                "select /*+ read_consistency(frozen) */ * from t | 2 | true",
                "select /*+ read_consistency(frozen) */ * from t | 3 | false",
                "select * from t | 2 | true",
                "select * from t | WEAK | true",
                "select * from t | 3 | false",
                "select * from t | 1 | false",
                "select * from t | FROZEN | false",
                "select * from t | | false",
            })
    void isDecidedByHintAndThenBySession(String sql, String consistency, boolean weak) {
        assertThat(isWeak(sql, Session.PLAIN.set("ob_read_consistency", consistency), DEFAULTS))
                .isEqualTo(weak);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from t where a = 1 for update",
                "select * from t for update nowait",
                "select * from t for update wait 3",
                "select * from t for update skip locked",
                "select * from t for update  ",
                "select * from t for update of a",
                "select * from t for update;",
                "(select * from t for update)",
                "select * from t lock in share mode",
                "select * from t for share",
                "select /*+ read_consistency(weak) */ * from t for update nowait",
                "insert into t values (1)",
                "update t set a = 1",
                "delete from t",
                "insert into t select * from s",
                "set @a = 1",
                "show tables",
                "select 1; update t set a = 1",
            })
    void isNeverWeakForWhatLocksOrWrites(String sql) {
        assertThat(isWeak(sql, WEAK, FOLLOWERS)).isFalse();
        assertThat(isWeak(sql, Session.PLAIN, SPLIT_TRANSACTIONS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, true, true, true",
        "NONE, false, false, true",
        "ANNOUNCED, true, false, false",
        "ANNOUNCED, false, false, false",
        "OPEN, true, false, false",
        "OPEN, false, false, false",
    })
    void splitsReadsFromWritesOutsideTransactions(
            TransactionPhase phase, boolean autocommit, boolean split, boolean splitTransactions) {
        Session session = Session.PLAIN.in(phase, autocommit);
        assertThat(isWeak("select * from t", session, SPLIT)).isEqualTo(split);
        assertThat(isWeak("select * from t", session, SPLIT_TRANSACTIONS)).isEqualTo(splitTransactions);
        assertThat(isWeak("select * from t", session, DEFAULTS)).isFalse();
        assertThat(isWeak("select /*+ read_consistency(weak) */ * from t", session, DEFAULTS))
                .as("a hint counts inside a transaction, too")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select nextval(s) from t", "select @a := 1 from t", "select f(a) from t"})
    void splitsOnlyWhatIsProvenToBeARead(String sql) {
        assertThat(isWeak(sql, Session.PLAIN, SPLIT)).isFalse();
        assertThat(isWeak(sql, WEAK, SPLIT)).as("the session has asked for it").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from t", "select * from t where a = 1"})
    void isWeakByDefaultOfADedicatedProxy(String sql) {
        assertThat(isWeak(sql, Session.PLAIN, FOLLOWERS)).isTrue();
        assertThat(isWeak(sql.replace("select", "select /*+ read_consistency(strong) */"), Session.PLAIN, FOLLOWERS))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from t | true | true",
                "select * from t | false | false",
                "select 1 | false | true",
                "set names utf8mb4 | false | true",
                "use db | false | true",
                "show tables | false | true",
                "show warnings | false | true",
                "insert into t values (1) | false | false",
                "update t set a = 1 | false | false",
                "create table t (a int) | false | false",
            })
    void tellsWhatMayGoToAReadOnlyZone(String sql, boolean weak, boolean may) {
        assertThat(ReadMode.mayUseReadOnlyZone(Fleet.summary(sql), weak)).isEqualTo(may);
        assertThat(ReadMode.mayUseReadOnlyZone(null, false))
                .as("a command without text")
                .isTrue();
    }
}
