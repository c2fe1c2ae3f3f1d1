package com.oceanbase.odp.it.mysqlmode;

import com.oceanbase.odp.it.fixture.LeakCheck;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One MariaDB server with a proxy before it for all test classes; classes are skipped where MariaDB is not installed. */
public final class MariaDbFixture implements ExecutionCondition, AfterAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(MariaDbFixture.class);

    /**
     * Server and proxy.
     *
     * @param server the server
     * @param proxy before it
     */
    public record Environment(MariaDb server, OdpInstance proxy) implements AutoCloseable {
        static Environment start() {
            try {
                MariaDb server = MariaDb.start();
                OdpInstance proxy = OdpInstance.start(
                        server.endpoint(),
                        "it",
                        Map.of("server_routing_mode", "mysql", "test_server_addr", server.endpoint()));
                return new Environment(server, proxy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A client of the proxy. */
        public RawClient raw(long capabilities) throws IOException {
            return proxy.raw(login(capabilities));
        }

        /** A client of the server. */
        public RawClient direct(long capabilities) throws IOException {
            return RawClient.open("127.0.0.1", server.port(), login(capabilities));
        }

        private static Login login(long capabilities) {
            return Login.of(MariaDb.USER, MariaDb.PASSWORD)
                    .withCapabilities(capabilities)
                    .withDatabase("it");
        }

        @Override
        public void close() throws IOException {
            proxy.close();
            server.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return MariaDb.isInstalled()
                ? ConditionEvaluationResult.enabled("MariaDB is installed")
                : ConditionEvaluationResult.disabled("mariadbd and mariadb-install-db are not installed"
                        + " (Debian: apt install mariadb-server-core mariadb-client)");
    }

    private static Environment environment(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Environment.class, _ -> Environment.start(), Environment.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LeakCheck.assertQuiet(environment(context).proxy());
        LeakCheck.assertNoLeakReported();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Environment.class;
    }

    @Override
    public Environment resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return environment(context);
    }
}
