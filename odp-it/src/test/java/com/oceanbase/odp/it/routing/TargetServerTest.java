package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A comment names servers, and the session may not leave its own. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TargetServerTest {
    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    private String on(int node, String sql) {
        return "/* ODP: target_db_server='" + nodes.cluster().node(node).endpoint() + "' */ " + sql;
    }

    @Test
    void aTransactionDoesNotLeaveItsServer() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('kept')");
            ErrPacket refused = client.error(on(1, "select v from t2"));
            assertThat(refused.errno()).isEqualTo(4179);
            assertThat(refused.sqlState()).isEqualTo("HY000");
            assertThat(refused.message()).isEqualTo("Not allow to route to target db server in the hint or configure");
            client.ok(on(2, "select v from t2"));
            client.ok("commit");
            assertThat(nodes.rows("t2", "kept")).isEqualTo(1);
            client.ok(on(1, "select v from t2"));
            assertThat(client.sent(1)).contains(on(1, "select v from t2"));
        }
    }
}
