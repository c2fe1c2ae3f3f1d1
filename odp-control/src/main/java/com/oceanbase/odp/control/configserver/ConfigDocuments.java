package com.oceanbase.odp.control.configserver;

import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents of a config server (original: src/obproxy/obutils/ob_proxy_json_config_info.cpp:35-76, 693-745).
 * Unknown keys are passed over. Every reader throws {@link IllegalArgumentException} with the reason when a document
 * can't be used.
 */
final class ConfigDocuments {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SUCCESS = 200;
    private static final int MAX_PORT = 65_535;

    private ConfigDocuments() {}

    /**
     * The main document.
     *
     * @param version text that changes with the document
     * @param serverListUrls address of the server list by cluster name, in the order of the document
     * @param tenantInfoUrl address of the tenants behind service names; empty if there is none
     */
    record Main(String version, SequencedMap<String, String> serverListUrls, String tenantInfoUrl) {}

    static String version(String text) {
        JsonNode data = data(text);
        return text(data, "Version", "version");
    }

    static Main main(String text) {
        JsonNode data = data(text);
        SequencedMap<String, String> urls = new LinkedHashMap<>();
        for (JsonNode entry : data.path("ObRootServiceInfoUrlList")) {
            String name = text(entry, "ObCluster", "ObRegion");
            String url = text(entry, "ObRootServiceInfoUrl");
            if (!name.isEmpty() && !url.isEmpty()) {
                urls.putIfAbsent(name, url);
            }
        }
        addFromTemplate(urls, data, "ObRootServiceInfoUrlTemplateV2", "ObClusterList", "${ObCluster}");
        addFromTemplate(urls, data, "ObRootServiceInfoUrlTemplate", "ObRegion", "${ObRegion}");
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("the document names no cluster");
        }
        return new Main(text(data, "Version", "version"), urls, text(data, "GetTenantInfoUrl"));
    }

    private static void addFromTemplate(
            Map<String, String> urls, JsonNode data, String template, String names, String placeholder) {
        String pattern = text(data, template);
        if (pattern.isEmpty()) {
            return;
        }
        for (JsonNode name : data.path(names)) {
            urls.putIfAbsent(name.asString(""), pattern.replace(placeholder, name.asString("")));
        }
    }

    /** SQL addresses of the primary's servers, the leader first, read-only ones last. */
    static List<ServerAddress> servers(String text) {
        JsonNode data = data(text);
        JsonNode primary = data;
        if (data.isArray()) {
            primary = data.path(0);
            for (JsonNode member : data) {
                String type = text(member, "Type");
                if (type.equalsIgnoreCase("PRIMARY") || type.equalsIgnoreCase("leader")) {
                    primary = member;
                    break;
                }
            }
        }
        List<ServerAddress> servers = new ArrayList<>();
        for (JsonNode entry : primary.path("RsList")) {
            add(servers, entry, text(entry, "role").equalsIgnoreCase("LEADER"));
        }
        for (JsonNode entry : primary.path("ReadonlyRsList")) {
            add(servers, entry, false);
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("the list has no server");
        }
        return List.copyOf(servers);
    }

    /** The port in "address" is the RPC port; the one to use is "sql_port". */
    private static void add(List<ServerAddress> servers, JsonNode entry, boolean first) {
        String address = text(entry, "address");
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = entry.path("sql_port").asInt(0);
        if (host.isEmpty() || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a server of the list has no address or SQL port: " + entry);
        }
        ServerAddress server = new ServerAddress(host, port);
        if (!servers.contains(server)) {
            servers.add(first ? 0 : servers.size(), server);
        }
    }

    /**
     * The tenants behind a service name, the primary first; empty if the document does not have the name (original:
     * src/obproxy/obutils/ob_proxy_json_config_info.cpp:2279-2310, 2768-2830).
     */
    static List<ServiceInstance> service(String text, String name) {
        List<ServiceInstance> instances = new ArrayList<>();
        JsonNode data = data(text);
        JsonNode services = data.isArray() ? data : data.path("serviceNameData");
        for (JsonNode service : services) {
            if (!text(service, "serviceName").equalsIgnoreCase(name)) {
                continue;
            }
            for (JsonNode entry : service.path("tenantInfoList")) {
                ServiceInstance instance = new ServiceInstance(
                        text(entry, "clusterName", "obCluster"), text(entry, "tenantName", "obTenant"));
                if (!instance.cluster().isEmpty() && !instance.tenant().isEmpty() && !instances.contains(instance)) {
                    boolean primary = text(entry, "role").equalsIgnoreCase("PRIMARY");
                    instances.add(primary ? 0 : instances.size(), instance);
                }
            }
        }
        return List.copyOf(instances);
    }

    private static JsonNode data(String text) {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the answer is no JSON: " + e.getOriginalMessage(), e);
        }
        if (document.path("Code").asInt(0) != SUCCESS
                || !document.path("Success").asBoolean(false)) {
            throw new IllegalArgumentException("the answer is a failure: Code "
                    + document.path("Code").asInt(0) + ", Message '" + text(document, "Message") + "'");
        }
        return document.path("Data");
    }

    /** Text under the first of these keys that is there, else empty. */
    private static String text(JsonNode node, String... keys) {
        for (String key : keys) {
            String value = node.path(key).asString("");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
