package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.cluster.Leaders;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statements of views go where the partitions of their tables are led. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewTest {
    private static final int NODES = 3;
    private static final int PARTITIONS = 6;

    private Nodes nodes;
    private Leaders leaders;
    private List<Long> tablets;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
        leaders = environment.cluster().leaders();
        sql("create table t(id bigint primary key, v int, w varchar(20)) partition by hash(id) partitions "
                + PARTITIONS);
        sql("create table far(id bigint primary key, t_id bigint)");
        for (int row = 0; row < 3 * PARTITIONS; row++) {
            sql("insert into t values(" + row + ", " + row + ", 'w" + row + "')");
        }
        sql("insert into far select id, id from t");
        tablets = leaders.tablets(nodes.database(), "t");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            leaders.move(tablets.get(partition), leader(partition));
        }
    }

    private static int leader(long key) {
        return (int) (key % PARTITIONS % NODES) + 1;
    }

    private void sql(String statement) {
        nodes.cluster().sql(nodes.database(), statement);
    }

    /** Where a statement was executed; it must have hit. */
    private int node(JournaledClient client, String statement) throws IOException {
        JournalEntry entry = client.executed(statement);
        assertThat(entry.hit()).as(statement).isEqualTo(PartitionHit.HIT);
        return entry.node();
    }

    /** The statement with each of some keys in place of its question mark goes to the leader of the key's partition. */
    private void followsKey(String statement) throws IOException {
        try (JournaledClient client = nodes.client()) {
            for (int key = 0; key < PARTITIONS; key++) {
                String text = statement.replace("?", Integer.toString(key));
                assertThat(node(client, text)).as(text).isEqualTo(leader(key));
            }
        }
    }

    @Test
    void aSimpleView() throws IOException {
        sql("create view simple as select * from t");
        followsKey("select * from simple where id = ?");
        followsKey("select v from simple s where s.id = ? and s.w > 'a'");
        followsKey("update simple set v = v + 1 where id = ?");
        followsKey("delete from simple where id = 66?");
    }

    @Test
    void aViewWithOtherColumnNames() throws IOException {
        sql("create view renamed(k, id) as select id, v from t where v >= 0");
        followsKey("select * from renamed where k = ?");
        followsKey("select renamed.id from renamed where renamed.k = ? and renamed.id < 1000");
        followsKey("update renamed set id = id + 1 where k = ?");
        followsKey("insert into renamed(id, k) values(7, 60?)");
        followsKey("insert into renamed values(? + 720, 7)");
    }

    @Test
    void aViewOfAView() throws IOException {
        sql("create view inner_one as select id as k, v from t");
        sql("create view outer_one as select k as n from inner_one where v > -1");
        followsKey("select * from outer_one where n = ?");
        followsKey("select * from outer_one where n in (?, ?)");
    }

    @Test
    void aJoinedView() throws IOException {
        sql("create view joined as select f.id, f.t_id, t.v from far f join t on t.id = f.t_id");
        sql("create view joined_too as select t.id, f.id fid from t, far f where f.t_id = t.id");
        leaders.move(leaders.tablets(nodes.database(), "far").getFirst(), 1);
        try (JournaledClient client = nodes.client()) {
            assertThat(node(client, "select v from joined where id = 5"))
                    .as("the first table of the view has one partition")
                    .isEqualTo(1);
            client.ok("select fid from joined_too where id = 4");
            assertThat(client.sent(leader(4))).contains("select fid from joined_too where id = 4");
        }
    }

    @Test
    void groupedAndUnitedViews() throws IOException {
        sql("create view grouped as select id, count(*) c from t group by id");
        sql("create view united as select id, v from t where v > 3 union all select id, v from t where v <= 3");
        sql("create view derived as select x.id from (select id, max(v) m from t group by id) x");
        followsKey("select c from grouped where id = ?");
        followsKey("select * from united where id = ?");
        followsKey("select * from derived where id = ?");
    }

    @Test
    void aViewInAJoinOrSubquery() throws IOException {
        sql("create view some as select id k, v from t");
        followsKey("select a.v, b.w from some a join t b on a.k = b.id where b.id = ?");
        followsKey("select * from t where id = ? and exists (select 1 from some where some.k = ?)");
    }

    @Test
    void aPreparedStatement() throws IOException {
        sql("create view prepared as select id k, v from t");
        followsKey("select * from prepared where k = ? -- of a text");
        try (JournaledClient client = nodes.client()) {
            client.ok("prepare p from 'select v from prepared where k = ?'");
            for (int key = 0; key < PARTITIONS; key++) {
                client.ok("set @k = " + key);
                client.forget();
                client.ok("execute p using @k");
                assertThat(client.sent(leader(key))).contains("execute p using @k");
            }
        }
    }

    @Test
    void aReplacedViewIsLearnt() throws IOException {
        sql("create view changing as select id k, v from t");
        followsKey("select * from changing where k = ?");
        sql("create or replace view changing as select v k, id from t");
        try (JournaledClient client = nodes.client()) {
            await().untilAsserted(() -> {
                for (int key = 0; key < PARTITIONS; key++) {
                    client.ok("select * from changing where k = 1" + key);
                    assertThat(node(client, "select * from changing where id = " + key))
                            .isEqualTo(leader(key));
                }
            });
        }
    }

    @Test
    void explainRouteShowsTheViewAndItsTable() throws IOException {
        sql("create view explained as select id k, v from t");
        try (JournaledClient client = nodes.client()) {
            String route = client.cell("explain route select * from explained where k = 4");
            assertThat(route)
                    .contains("table:\"explained\"", "table_type:\"VIEW\"", "table:\"t\"", "partitions:\"(p4)\"");
        }
    }
}
