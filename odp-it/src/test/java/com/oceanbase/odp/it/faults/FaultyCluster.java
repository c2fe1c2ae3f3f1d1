package com.oceanbase.odp.it.faults;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.Node;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that fail, and heal after each test, behind a proxy of the class's own. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultyCluster {
    private final Map<String, String> parameters;
    protected Nodes nodes;
    protected OdpInstance proxy;

    /** @param parameters with which the proxy starts */
    protected FaultyCluster(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    @BeforeAll
    final void prepare(Environment environment) {
        nodes = Nodes.create(environment);
        proxy = environment.start(parameters);
    }

    @AfterEach
    final void heal() {
        nodes.cluster().nodes().forEach(Node::heal);
    }

    @AfterAll
    final void stop() {
        proxy.close();
    }

    protected final Node node(int number) {
        return nodes.cluster().node(number);
    }

    /** A client that has executed a statement on each of the nodes in this order; its journal begins after it. */
    protected JournaledClient clientOn(int... numbers) throws IOException {
        return nodes.client(proxy).visit(numbers);
    }
}
