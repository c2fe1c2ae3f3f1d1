package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.Leaders;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements that say "now" go to the leader of the partition of the day: node 1 leads what is past, node 2 a stretch of
 * time around the present, node 3 the future. The kernel's own clock decides where rows are.
 */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockTest {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int PRESENT = 2;

    private final Instant started = Instant.now();
    private Nodes nodes;
    private Leaders leaders;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
        leaders = environment.cluster().leaders();
        table(
                "days",
                "k date, v int",
                "range columns(k)",
                text(-72).substring(0, 11) + '\'',
                text(72).substring(0, 11) + '\'');
        table("times", "k datetime(3), v int", "range columns(k)", text(-3), text(3));
        table("seconds", "k timestamp not null, v int", "range(unix_timestamp(k))", seconds(-3), seconds(3));
        table("numbers", "k bigint, v int", "range(k)", seconds(-3), seconds(3));
        table("dated", "k datetime, v int", "range(to_days(k))", day(-72), day(72));
    }

    private String text(int hours) {
        return '\'' + TEXT.format(started.plus(Duration.ofHours(hours))) + '\'';
    }

    private String seconds(int hours) {
        return Long.toString(started.plus(Duration.ofHours(hours)).getEpochSecond());
    }

    private String day(int hours) {
        return "to_days(" + text(hours) + ')';
    }

    private void table(String name, String columns, String method, String from, String to) {
        nodes.cluster()
                .sql(
                        nodes.database(),
                        "create table " + name + '(' + columns + ") partition by " + method
                                + " (partition past values less than (" + from
                                + "), partition present values less than (" + to
                                + "), partition future values less than (maxvalue))");
        List<Long> tablets = leaders.tablets(nodes.database(), name);
        for (int i = 0; i < 3; i++) {
            leaders.move(tablets.get(i), i + 1);
        }
    }

    /** The nodes that executed a statement; what it inserted is in the partition that its node leads. */
    private List<Integer> nodes(JournaledClient client, String statement) throws IOException {
        String[] words = statement.split("[ (]");
        boolean inserts = words[1].equals("into");
        List<Long> before = inserts ? rows(words[2]) : List.of();
        client.forget();
        client.ok(statement);
        List<Integer> executed = new ArrayList<>();
        for (int node = 1; node <= 3; node++) {
            if (client.sent(node).contains(statement)) {
                executed.add(node);
            }
        }
        if (inserts) {
            List<Long> after = rows(words[2]);
            for (int i = 0; i < 3; i++) {
                assertThat(after.get(i) > before.get(i)).as(statement).isEqualTo(executed.contains(i + 1));
            }
        }
        return executed;
    }

    /** Number of rows in each partition of a table. */
    private List<Long> rows(String table) {
        return Stream.of("past", "present", "future")
                .map(partition -> nodes.cluster()
                        .sql(nodes.database(), "select count(*) from " + table + " partition(" + partition + ')')
                        .cell())
                .map(count -> Long.parseLong(Objects.requireNonNull(count)))
                .toList();
    }

    private JournaledClient client(String zone) throws IOException {
        JournaledClient client = nodes.client();
        client.ok("set time_zone = '" + zone + '\'');
        return client;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into days values(now(), 1)",
                "insert into days values(curdate(), 1), (current_date, 2)",
                "select v from days where k = curdate()",
                "select v from days where k >= current_date and k < curdate() + interval 1 day",
                "insert into times values(now(3), 1)",
                "insert into times set k = sysdate(), v = 2",
                "select count(*) from times where k > now() - interval 2 hour and k <= now()",
                "update times set v = 3 where k between date_sub(now(), interval 10 minute) and date_add(now(), interval 1 hour)",
                "delete from times where k > localtimestamp() - interval 1 minute and k < current_timestamp",
                "select v from times where k > utc_timestamp() - interval 1 hour and k < utc_timestamp()",
                "insert into seconds values(current_timestamp(), 1)",
                "select count(*) from seconds where k = now()",
                "select count(*) from seconds where k between now() - interval 1 hour and now()",
                "insert into numbers values(unix_timestamp(), 1)",
                "select * from numbers where k > unix_timestamp() - 3600 and k <= unix_timestamp(now())",
                "insert into dated values(now(), 1)",
                "select * from dated where k >= curdate() and k < now() + interval 1 hour",
                "replace into dated(v, k) values(1, localtime)",
            })
    void theStatementGoesToThePresent(String statement) throws IOException {
        try (JournaledClient client = client("+00:00")) {
            assertThat(nodes(client, statement)).containsExactly(PRESENT);
        }
    }

    @Test
    void theFutureAndThePastAreElsewhere() throws IOException {
        try (JournaledClient client = client("+00:00")) {
            assertThat(nodes(client, "insert into times values(now() + interval 1 day, 1)"))
                    .containsExactly(3);
            assertThat(nodes(client, "select v from times where k < date_sub(curdate(), interval 1 week)"))
                    .containsExactly(1);
            assertThat(nodes(client, "insert into seconds values(now() - interval 2 month, 1)"))
                    .containsExactly(1);
        }
    }

    @Test
    void theZoneOfTheSessionDecidesWhereItMatters() throws IOException {
        try (JournaledClient east = client("+08:00");
                JournaledClient west = client("-08:00")) {
            assertThat(nodes(east, "insert into times values(now(), 1)")).containsExactly(3);
            assertThat(nodes(west, "insert into times values(now(), 1)")).containsExactly(1);
            assertThat(nodes(east, "insert into times values(utc_timestamp(), 1)"))
                    .containsExactly(PRESENT);
            for (JournaledClient client : List.of(east, west)) {
                assertThat(nodes(client, "insert into seconds values(now(), 1)"))
                        .containsExactly(PRESENT);
                assertThat(nodes(client, "select v from seconds where k > now() - interval 1 hour and k < now()"))
                        .containsExactly(PRESENT);
            }
        }
    }

    @Test
    void aPreparedStatementFollowsTheClock() throws IOException {
        try (JournaledClient client = client("+00:00")) {
            client.ok("prepare p from 'select v from times where k > now() - interval ? hour and k < now()'");
            client.ok("set @hours = 2");
            assertThat(nodes(client, "execute p using @hours")).containsExactly(PRESENT);
        }
    }

    @Test
    void aSessionWithAFixedTimestampLeavesItToTheServer() throws IOException {
        try (JournaledClient client = client("+00:00")) {
            client.ok("set timestamp = 1000000000");
            assertThat(client.cell("select year(now())")).isEqualTo("2001");
            client.ok("insert into times values(now(), 1)");
            assertThat(client.cell("select count(*) from times partition(past) where year(k) = 2001"))
                    .isEqualTo("1");
        }
    }
}
