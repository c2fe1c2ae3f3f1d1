package com.oceanbase.odp.it.session;

import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;

/** Clients that may send several statements in one text. */
final class MultiStatements {
    private MultiStatements() {}

    static JournaledClient client(Nodes nodes) throws IOException {
        Environment environment = nodes.environment();
        RawClient.Login login = RawClient.Login.of(environment.user(), "")
                .withCapabilities(RawClient.USUAL_CAPABILITIES | Capabilities.MULTI_STATEMENTS)
                .withDatabase(nodes.database());
        return nodes.client(environment.proxy(), login);
    }
}
