package com.oceanbase.odp.control.configserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.control.cluster.ClusterDefinition;
import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.topology.ServerAddress;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigServerMonitorTest {
    private static final String HEAD = "{\"Message\": \"successful\", \"Success\": true, \"Code\": 200, \"Data\": ";
    private static final String ONE = HEAD
            + "{\"ObCluster\": \"obc1\", \"ObClusterId\": 1, \"Type\": \"PRIMARY\", \"RsList\": ["
            + "{\"address\": \"192.0.2.2:2882\", \"sql_port\": 2881, \"role\": \"FOLLOWER\"},"
            + "{\"address\": \"192.0.2.1:2882\", \"sql_port\": 2881, \"role\": \"LEADER\"}],"
            + "\"ReadonlyRsList\": [{\"address\": \"192.0.2.9:2882\", \"sql_port\": 2881, \"role\": \"FOLLOWER\"}]}}";
    private static final String TWO = HEAD
            + "[{\"ObRegion\": \"obc2\", \"Type\": \"STANDBY\", \"RsList\": [{\"address\": \"192.0.2.7:2882\", \"sql_port\": 2881}]},"
            + "{\"ObRegion\": \"obc2\", \"Type\": \"PRIMARY\", \"RsList\": [{\"address\": \"[::1]:2882\", \"sql_port\": \"3881\"}]}]}";

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final List<List<ClusterDefinition>> changes = new CopyOnWriteArrayList<>();
    private final HttpServer http = server();
    private final String base = "http://127.0.0.1:" + http.getAddress().getPort();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void serve() {
        http.createContext("/", exchange -> {
            String target = exchange.getRequestURI().toString();
            asked.add(target);
            String page = pages.get(target);
            byte[] body = (page == null ? "not here" : page).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        pages.put("/one?version=2", ONE);
        pages.put("/rs?c=obc2&version=2", TWO);
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private String mainDocument(String version) {
        return HEAD + "{\"Version\": \"" + version + "\", \"Unknown\": {}, \"ObRootServiceInfoUrlList\": ["
                + "{\"ObRegion\": \"obc1\", \"ObRootServiceInfoUrl\": \"" + base + "/one\"}],"
                + "\"ObRootServiceInfoUrlTemplateV2\": \"" + base + "/rs?c=${ObCluster}\","
                + "\"ObClusterList\": [\"obc1\", \"obc2\"]}}";
    }

    private ConfigServerMonitor monitor() {
        ConfigSnapshot config = ConfigSnapshot.defaults();
        return new ConfigServerMonitor(base + "/cfg?Action=x", () -> config, changes::add);
    }

    @Test
    void learnsTheClustersFromListAndTemplate() {
        pages.put("/cfg?Action=x", mainDocument("v1"));
        try (ConfigServerMonitor monitor = monitor()) {
            monitor.start();
            await().until(() -> !changes.isEmpty());
        }
        assertThat(changes.getFirst())
                .containsExactly(
                        new ClusterDefinition(
                                "obc1",
                                List.of(
                                        new ServerAddress("192.0.2.1", 2881),
                                        new ServerAddress("192.0.2.2", 2881),
                                        new ServerAddress("192.0.2.9", 2881))),
                        new ClusterDefinition("obc2", List.of(new ServerAddress("::1", 3881))));
    }

    @Test
    void tellsTheTenantsBehindAService() throws Exception {
        pages.put(
                "/cfg?Action=x",
                mainDocument("v1").replace("\"Unknown\": {}", "\"GetTenantInfoUrl\": \"" + base + "/cfg?Action=t\""));
        pages.put(
                "/cfg?Action=t&ServiceNames=a+b",
                HEAD + "{\"serviceNameData\": [{\"serviceName\": \"other\", \"tenantInfoList\": []},"
                        + "{\"serviceName\": \"A b\", \"md5\": \"0\", \"tenantInfoList\": ["
                        + "{\"clusterName\": \"obc1\", \"tenantName\": \"t1\", \"tenantId\": 1002, \"role\": \"STANDBY\"},"
                        + "{\"obCluster\": \"obc2\", \"obTenant\": \"t2\", \"tenantId\": 1004, \"role\": \"PRIMARY\"}]}]}}");
        pages.put("/cfg?Action=t&ServiceNames=none", HEAD + "{\"serviceNameData\": []}}");
        try (ConfigServerMonitor monitor = monitor()) {
            assertThatThrownBy(() -> monitor.service("a b")).hasMessageContaining("GetTenantInfoUrl");
            assertThat(monitor.round()).isTrue();
            assertThat(monitor.service("a b"))
                    .containsExactly(new ServiceInstance("obc2", "t2"), new ServiceInstance("obc1", "t1"));
            assertThat(monitor.service("none")).isEmpty();
            assertThatThrownBy(() -> monitor.service("gone")).hasMessageContaining("404");
        }
    }

    @Test
    void aClusterWithoutListDoesNotHideTheOthers() {
        pages.put("/cfg?Action=x", mainDocument("v1"));
        pages.remove("/one?version=2");
        try (ConfigServerMonitor monitor = monitor()) {
            monitor.start();
            await().until(() -> !changes.isEmpty());
        }
        assertThat(changes.getFirst()).extracting(ClusterDefinition::name).containsExactly("obc2");
    }

    @Test
    void goesOnAskingAServerThatDoesNotWork() {
        pages.put("/cfg?Action=x", "{\"Code\": 500, \"Success\": false, \"Message\": \"broken\"}");
        try (ConfigServerMonitor monitor = monitor()) {
            monitor.start();
            await().until(() -> !asked.isEmpty());
            pages.put("/cfg?Action=x", mainDocument("v1"));
            await().until(() -> !changes.isEmpty());
        }
    }

    @Test
    void asksForTheVersionBeforeItReadsEverythingAgain() throws InterruptedException {
        pages.put("/cfg?Action=x", mainDocument("v1"));
        pages.put("/cfg?Action=x&VersionOnly=true", HEAD + "{\"Version\": \"v1\"}}");
        try (ConfigServerMonitor monitor = monitor()) {
            assertThat(monitor.round()).isTrue();
            asked.clear();
            assertThat(monitor.round()).isTrue();
            assertThat(asked).containsExactly("/cfg?Action=x&VersionOnly=true");
            pages.put("/cfg?Action=x&VersionOnly=true", HEAD + "{\"Version\": \"v2\"}}");
            pages.put("/cfg?Action=x", mainDocument("v2"));
            pages.put("/one?version=2", ONE.replace("192.0.2.9", "192.0.2.8"));
            assertThat(monitor.round()).isTrue();
            assertThat(changes).hasSize(2);
            assertThat(changes.get(1).getFirst().seeds()).contains(new ServerAddress("192.0.2.8", 2881));
            pages.remove("/cfg?Action=x&VersionOnly=true");
            assertThat(monitor.round()).isFalse();
            assertThat(changes).hasSize(2);
        }
    }

    @Test
    void refusesDocumentsThatSayNothing() {
        for (String text : List.of(
                "", "{", "[]", "{\"Code\": 200, \"Success\": true}", HEAD + "{}}", HEAD + "{\"RsList\": []}}")) {
            assertThat(refused(() -> ConfigDocuments.main(text))).as(text).isTrue();
            assertThat(refused(() -> ConfigDocuments.servers(text))).as(text).isTrue();
        }
        String noPort = HEAD + "{\"RsList\": [{\"address\": \"192.0.2.1:2882\"}]}}";
        assertThat(refused(() -> ConfigDocuments.servers(noPort))).isTrue();
    }

    private static boolean refused(Runnable reading) {
        try {
            reading.run();
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
