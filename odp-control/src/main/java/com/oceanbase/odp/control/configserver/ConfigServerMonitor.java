package com.oceanbase.odp.control.configserver;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.control.cluster.ClusterDefinition;
import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.topology.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the config server of {@code obproxy_config_server_url} which clusters there are, at start and then every
 * {@code config_server_refresh_interval}. Whatever fails, the clusters known before stay in use.
 */
public final class ConfigServerMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigServerMonitor.class);

    // limits of the original: src/obproxy/obutils/ob_config_server_processor.h:238-241
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final String url;
    private final Supplier<ConfigSnapshot> config;
    private final Consumer<List<ClusterDefinition>> onChange;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final Thread worker = Thread.ofVirtual().name("config-server").unstarted(this::work);

    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile String tenantInfoUrl = "";
    private String version = "";
    private boolean complete;
    private List<ClusterDefinition> known = List.of();

    /**
     * A monitor that works from {@link #start} on.
     *
     * @param url address of the main document
     * @param onChange told all clusters whenever they differ from before, on the monitor's thread
     */
    public ConfigServerMonitor(
            String url, Supplier<ConfigSnapshot> config, Consumer<List<ClusterDefinition>> onChange) {
        this.url = url;
        this.config = config;
        this.onChange = onChange;
    }

    /** Begins to ask. */
    public void start() {
        worker.start();
    }

    private void work() {
        try {
            boolean closed = false;
            while (!closed) {
                boolean good = round();
                Duration interval = config.get().get(Parameters.CONFIG_SERVER_REFRESH_INTERVAL);
                Duration pause = good || interval.compareTo(PAUSE_AFTER_FAILURE) < 0 ? interval : PAUSE_AFTER_FAILURE;
                closed = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("url", url).log("config server is no longer asked");
        }
    }

    /** Asks once; false if the config server can't be used. Blocking. */
    boolean round() throws InterruptedException {
        try {
            refresh();
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("url", url)
                    .addKeyValue("cause", e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    .addKeyValue("clusters", known.size())
                    .log("config server can't be used, known clusters stay in use; check obproxy_config_server_url");
            return false;
        }
    }

    private void refresh() throws IOException, InterruptedException {
        if (complete
                && ConfigDocuments.version(get(withParameter(url, "VersionOnly=true")))
                        .equals(version)) {
            return;
        }
        ConfigDocuments.Main main = ConfigDocuments.main(get(url));
        List<ClusterDefinition> definitions = new ArrayList<>();
        boolean all = true;
        for (Map.Entry<String, String> cluster : main.serverListUrls().entrySet()) {
            try {
                List<ServerAddress> servers =
                        ConfigDocuments.servers(get(withParameter(cluster.getValue(), "version=2")));
                definitions.add(new ClusterDefinition(cluster.getKey(), servers));
            } catch (IOException | IllegalArgumentException e) {
                all = false;
                LOG.atWarn()
                        .addKeyValue("cluster", cluster.getKey())
                        .addKeyValue("url", cluster.getValue())
                        .addKeyValue("cause", e.toString())
                        .log("server list of a cluster can't be read, the known one stays in use");
                known.stream()
                        .filter(old -> old.name().equals(cluster.getKey()))
                        .forEach(definitions::add);
            }
        }
        tenantInfoUrl = main.tenantInfoUrl();
        version = main.version();
        complete = all && !version.isEmpty();
        if (!definitions.equals(known)) {
            known = List.copyOf(definitions);
            onChange.accept(known);
        }
    }

    /**
     * The tenants behind a service name, the one that the config server calls primary first; empty if it does not know
     * the name. Blocking, for any thread.
     *
     * @throws IOException if the config server can't tell, with the reason
     */
    public List<ServiceInstance> service(String name) throws IOException, InterruptedException {
        String address = tenantInfoUrl;
        if (address.isEmpty()) {
            throw new IOException("the config server has not given a GetTenantInfoUrl");
        }
        try {
            return ConfigDocuments.service(
                    get(withParameter(address, "ServiceNames=" + URLEncoder.encode(name, StandardCharsets.UTF_8))),
                    name);
        } catch (IllegalArgumentException e) {
            throw new IOException(address + ": " + e.getMessage(), e);
        }
    }

    private String get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(TRANSFER_TIMEOUT)
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(address + " answered with status " + response.statusCode());
        }
        return response.body();
    }

    private static String withParameter(String address, String parameter) {
        return address + (address.indexOf('?') < 0 ? '?' : '&') + parameter;
    }

    /** Ends the work; the clusters stay as they are. */
    @Override
    public void close() {
        closing.countDown();
        worker.interrupt();
        http.shutdownNow();
    }
}
