package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.session.SessionScript.Step;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sessions over three nodes answer as one session of the kernel does: the same rows, errors, counts, ids and
 * transaction flags, although nodes lose their connections in between. Scripts: {@code -Dodp.it.scripts}, first seed:
 * {@code -Dodp.it.seed}.
 */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionModelTest {
    private static final int STEPS = 40;
    private static final byte COM_PING = 0x0E;
    private static final int TRANSACTION_FLAGS = ServerStatus.IN_TRANS | ServerStatus.AUTOCOMMIT;

    private Environment environment;
    private OdpInstance proxy;
    private Nodes first;
    private Nodes second;
    private Nodes firstDirect;
    private Nodes secondDirect;

    @BeforeAll
    void prepare(Environment environment) {
        this.environment = environment;
        this.proxy = environment.start(Map.of("enable_congestion", "false"));
        this.first = Nodes.create(environment);
        this.second = Nodes.create(environment);
        this.firstDirect = Nodes.create(environment);
        this.secondDirect = Nodes.create(environment);
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    static long[] seeds() {
        long first = Long.getLong("odp.it.seed", 1);
        int count = Integer.getInteger("odp.it.scripts", 60);
        long[] seeds = new long[count];
        for (int i = 0; i < count; i++) {
            seeds[i] = first + i;
        }
        return seeds;
    }

    /** One side of the comparison. */
    private static final class Side {
        private final RawClient client;
        private final Map<String, String> databases;
        private final Map<Integer, BinaryStatement> statements = new HashMap<>();

        Side(RawClient client, String first, String second) {
            this.client = client;
            this.databases = Map.of("$1", first, "$2", second);
        }

        /** The answer to a step, without what differs between the sides. */
        String answer(Step step) throws IOException {
            return switch (step) {
                case Step.Query query -> describe(client.query(named(query.sql())));
                case Step.Prepare prepare -> prepare(prepare);
                case Step.Execute execute -> execute(execute);
                case Step.Close close -> {
                    BinaryStatement statement = statements.remove(close.slot());
                    if (statement != null) {
                        statement.close();
                    }
                    yield "";
                }
                case Step.Break _ -> "";
            };
        }

        private String prepare(Step.Prepare prepare) throws IOException {
            BinaryStatement before = statements.remove(prepare.slot());
            if (before != null) {
                before.close();
            }
            statements.put(prepare.slot(), BinaryStatement.prepare(client, prepare.sql()));
            return "prepared";
        }

        private String execute(Step.Execute execute) throws IOException {
            BinaryStatement statement = statements.get(execute.slot());
            if (statement == null) {
                return "";
            }
            Response response = statement.execute(execute.values().toArray(String[]::new));
            return response.isError() || response.isOk()
                    ? describe(response)
                    : common(statement.firstColumn(response).toString());
        }

        private String describe(Response response) {
            if (response.isError()) {
                return "error " + response.error().errno() + " "
                        + response.error().sqlState();
            }
            if (response.isOk()) {
                OkPacket ok = response.ok();
                return "ok " + ok.affectedRows() + " " + ok.lastInsertId() + " " + (ok.status() & TRANSACTION_FLAGS)
                        + " " + ok.warnings();
            }
            return common(response.columns() + " " + response.rows());
        }

        private String named(String sql) {
            String named = sql;
            for (Map.Entry<String, String> entry : databases.entrySet()) {
                named = named.replace(entry.getKey(), entry.getValue());
            }
            return named;
        }

        private String common(String text) {
            String common = text;
            for (Map.Entry<String, String> entry : databases.entrySet()) {
                common = common.replace(entry.getValue(), entry.getKey());
            }
            return common;
        }
    }

    /** The same rows in all tables. */
    private void refill(Nodes... all) {
        for (Nodes nodes : all) {
            for (int i = 1; i <= 3; i++) {
                nodes.cluster().sql(nodes.database(), "delete from t" + i);
                nodes.cluster().sql(nodes.database(), "insert into t" + i + " values(1, 'one')");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSessionThroughTheProxyIsLikeOneOnTheServer(long seed) throws IOException {
        refill(first, second, firstDirect, secondDirect);
        try (RawClient through =
                        proxy.raw(RawClient.Login.of(environment.user(), "").withDatabase(first.database()));
                RawClient direct = environment.direct(firstDirect.database())) {
            Side odp = new Side(through, first.database(), second.database());
            Side kernel = new Side(direct, firstDirect.database(), secondDirect.database());
            StringBuilder history = new StringBuilder();
            for (Step step : SessionScript.of(seed, STEPS, seed % 2 == 0)) {
                if (step instanceof Step.Break broken) {
                    if (!isInTransaction(direct)) {
                        breakConnections(broken.node(), odp, kernel);
                    }
                    continue;
                }
                String expected = kernel.answer(step);
                String actual = odp.answer(step);
                history.append(step).append(" => ").append(expected).append('\n');
                assertThat(actual).as("seed %d\n%s", seed, history).isEqualTo(expected);
            }
        }
    }

    private static boolean isInTransaction(RawClient direct) throws IOException {
        return (direct.command(new byte[] {COM_PING}).ok().status() & ServerStatus.IN_TRANS) != 0;
    }

    /** Reads find out which links are gone, so that no write is sent on one. */
    private void breakConnections(int number, Side odp, Side kernel) throws IOException {
        Node node = environment.cluster().node(number);
        node.resetConnections();
        for (int i = 1; i <= 3; i++) {
            Step read = new Step.Query("select count(*) from $1.t" + i);
            assertThat(odp.answer(read)).isEqualTo(kernel.answer(read));
        }
    }
}
