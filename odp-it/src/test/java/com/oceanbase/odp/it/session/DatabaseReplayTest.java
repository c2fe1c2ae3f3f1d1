package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The current database is the same on every node, however it was chosen or lost. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseReplayTest {
    private Nodes nodes;
    private String other = "";

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @BeforeEach
    void makeOther() {
        other = nodes.otherDatabase("t2", 2);
    }

    @Test
    void useIsReplayedAsInitDb() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("use " + other);
            client.ok("select 1 from t2");
            assertThat(client.sent(1)).containsExactly("use " + other);
            assertThat(client.sent(2)).containsExactly("INIT_DB " + other, "select 1 from t2");
            client.ok("select 2 from t2");
            assertThat(client.sent(2)).hasSize(3);
        }
    }

    @Test
    void initDbIsReplayed() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            assertThat(client.raw().command(RawClient.COM_INIT_DB, other).isError())
                    .isFalse();
            assertThat(client.cell("select database() from t2 where id = 1")).isEqualTo(other);
            assertThat(client.sent(1)).containsExactly("INIT_DB " + other);
            assertThat(client.sent(2)).containsExactly("INIT_DB " + other, "select database() from t2 where id = 1");
        }
    }

    @Test
    void aSessionThatBeganWithoutDatabaseGetsOne() throws IOException {
        Environment environment = nodes.environment();
        RawClient.Login login = RawClient.Login.of(environment.user(), "");
        try (JournaledClient client = nodes.client(environment.proxy(), login)) {
            client.visit(2, 1);
            assertThat(client.error("select 1 from t2").errno()).isEqualTo(1046);
            client.ok("use " + other);
            assertThat(client.cell("select database() from t2 where id = 1")).isEqualTo(other);
        }
    }

    @Test
    void aFailingUseChangesNothing() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            assertThat(client.error("use it_no_such_database").errno()).isEqualTo(1049);
            Response refused = client.raw().command(RawClient.COM_INIT_DB, "it_no_such_database");
            assertThat(refused.error().errno()).isEqualTo(1049);
            assertThat(client.cell("select database() from t2 where id = 1")).isEqualTo(nodes.database());
            assertThat(client.cell("select database() from t1 where id = 1")).isEqualTo(nodes.database());
            assertThat(client.sent(2)).containsExactly("select database() from t2 where id = 1");
        }
    }

    @Test
    void afterItsDatabaseWasDroppedByTheSessionThereIsNone() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("use " + other);
            client.ok("set @a = 1");
            client.visit(2);
            client.ok("drop database " + other);
            assertThat(client.cell("select database()")).isNull();
            String row = "select ifnull(database(), 'none') from " + nodes.database() + ".t";
            assertThat(client.cell(row + "1 where id = 1")).isEqualTo("none");
            assertThat(client.cell(row + "2 where id = 1")).isEqualTo("none");
            assertThat(client.error("select 1 from t2").errno()).isEqualTo(1046);
            client.ok("use " + nodes.database());
            assertThat(client.cell("select concat(database(), @a) from t2 where id = 1"))
                    .isEqualTo(nodes.database() + "1");
        }
    }

    @Test
    void afterItsDatabaseWasDroppedBySomebodyElseTheSessionGoesOnWithoutOne() throws IOException {
        try (JournaledClient client = nodes.clientOn(1)) {
            client.ok("set @a = 1");
            client.ok("use " + other);
            nodes.cluster().sql("drop database " + other);
            String row = "select concat(ifnull(database(), 'none'), @a) from " + nodes.database() + ".t2 where id = 1";
            assertThat(client.cell(row)).isEqualTo("none1");
            assertThat(client.error("select 1 from t2").errno()).isEqualTo(1046);
            client.ok("use " + nodes.database());
            assertThat(client.cell("select v from t1 where id = 1")).isEqualTo("one");
        }
    }

    @Test
    void aWriteAfterTheDatabaseWasDroppedIsExecutedOnce() throws IOException {
        try (JournaledClient client = nodes.clientOn(1)) {
            client.ok("use " + other);
            nodes.cluster().sql("drop database " + other);
            client.ok("insert into " + nodes.database() + ".t2(v) values('dropped')");
            assertThat(nodes.rows("t2", "dropped")).isEqualTo(1);
        }
    }

    @Test
    void sameTableNamesInTwoDatabasesAreKeptApart() throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.ok("use " + other);
            client.ok("insert into t2(v) values('other')");
            client.ok("use " + nodes.database());
            assertThat(client.cell("select count(*) from t2 where v = 'other'")).isEqualTo("0");
            assertThat(client.cell("select count(*) from " + other + ".t2 where v = 'other'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void switchingSeveralTimesReplaysTheLastOnly() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("use " + other);
            client.ok("use information_schema");
            client.ok("use " + other);
            client.ok("set @x = 1");
            client.ok("set @x = 2");
            client.ok("select @x from t2");
            assertThat(client.sent(2)).containsExactly("INIT_DB " + other, "SET @x = 2;", "select @x from t2");
        }
    }
}
