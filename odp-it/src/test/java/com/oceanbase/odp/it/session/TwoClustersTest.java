package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.LeakCheck;
import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.testkit.cluster.ClusterOptions;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One proxy before two clusters that a config server names: each client reaches the nodes of its own cluster only. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class TwoClustersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SECOND = "second";
    private static final String HEAD = "{\"Message\": \"successful\", \"Success\": true, \"Code\": 200, \"Data\": ";

    private static String servers(TestCluster cluster) {
        String list = cluster.nodes().stream()
                .map(node -> "{\"address\": \"" + node.address() + ":" + (node.port() + 1) + "\", \"sql_port\": "
                        + node.port() + ", \"role\": \"" + (node.number() == 1 ? "LEADER" : "FOLLOWER") + "\"}")
                .collect(Collectors.joining(","));
        return HEAD + "{\"ObCluster\": \"" + cluster.name()
                + "\", \"ObClusterId\": 1, \"Type\": \"PRIMARY\", \"RsList\": [" + list + "], \"ReadonlyRsList\": []}}";
    }

    private static HttpServer configServer(TestCluster first, TestCluster second) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String base = "http://127.0.0.1:" + http.getAddress().getPort();
        Map<String, String> pages = new HashMap<>();
        pages.put("/one", servers(first));
        pages.put("/two", servers(second));
        pages.put(
                "/config",
                HEAD + "{\"Version\": \"1\", \"ObRootServiceInfoUrlList\": [{\"ObRegion\": \"" + first.name()
                        + "\", \"ObRootServiceInfoUrl\": \"" + base + "/one\"}, {\"ObRegion\": \"" + second.name()
                        + "\", \"ObRootServiceInfoUrl\": \"" + base + "/two\"}], \"ObClusterList\": [\"" + first.name()
                        + "\", \"" + second.name() + "\"]}}");
        http.createContext("/", exchange -> {
            String page = pages.get(exchange.getRequestURI().getPath());
            byte[] body = (page == null ? "" : page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        return http;
    }

    private static void execute(OdpInstance proxy, String cluster, String sql) throws IOException {
        try (RawClient client = proxy.raw(Login.of("root@sys#" + cluster, ""))) {
            assertThat(client.query("set @cluster = '" + cluster + "'").isError())
                    .isFalse();
            assertThat(client.query(sql).isError()).isFalse();
            assertThat(client.query("select @cluster").cell()).isEqualTo(cluster);
        }
    }

    /** The config server is asked in the background. */
    private static boolean isReachable(OdpInstance proxy, String cluster) {
        try (RawClient client = proxy.raw(Login.of("root@sys#" + cluster, ""))) {
            return client.greeting().connectionId() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int seen(TestCluster cluster, String text) {
        return cluster.journal().all().containing(text).count();
    }

    @Test
    void clientsReachTheirOwnCluster(Environment environment) throws IOException {
        TestCluster first = environment.cluster();
        try (TestCluster second = first.beside(ClusterOptions.forTests().withName(SECOND))) {
            HttpServer http = configServer(first, second);
            String url = "http://127.0.0.1:" + http.getAddress().getPort() + "/config";
            try (OdpInstance proxy = OdpInstance.start("", "", Map.of("obproxy_config_server_url", url))) {
                await().atMost(LIMIT).until(() -> isReachable(proxy, first.name()) && isReachable(proxy, SECOND));
                execute(proxy, first.name(), "select /* for the first */ 1");
                execute(proxy, SECOND, "select /* for the second */ 1");
                assertThat(seen(first, "for the first")).isEqualTo(1);
                assertThat(seen(second, "for the first")).isZero();
                assertThat(seen(second, "for the second")).isEqualTo(1);
                assertThat(seen(first, "for the second")).isZero();
                assertThatThrownBy(() -> execute(proxy, "third", "select 1")).hasMessageContaining("cluster not exist");
                second.nodes().forEach(Node::stop);
                execute(proxy, first.name(), "select /* first alone */ 1");
                assertThatThrownBy(() -> execute(proxy, SECOND, "select 1")).isInstanceOf(IOException.class);
                LeakCheck.assertQuiet(proxy);
            } finally {
                http.stop(0);
            }
        }
    }
}
