package com.oceanbase.odp.proxy.service;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.proxy.backend.LinkConnector;
import com.oceanbase.odp.proxy.login.LoginRules;
import com.oceanbase.odp.proxy.pipeline.GreetingSettings;
import com.oceanbase.odp.proxy.session.ConnectionLimit;
import com.oceanbase.odp.proxy.session.SessionSettings;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.Map;

/** Turns the configuration into what sessions live by. */
final class SettingsReader {
    /** Source: obproxy ob_mysql_client_session.h, fixed there too. */
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(10);

    private final SocketOptions socketOptions;

    SettingsReader(SocketOptions socketOptions) {
        this.socketOptions = socketOptions;
    }

    SessionSettings session(ConfigSnapshot config) {
        return new SessionSettings(
                config.get(Parameters.CONNECT_OBSERVER_MAX_RETRIES).intValue(),
                config.get(Parameters.TUNNEL_REQUEST_SIZE_THRESHOLD).intValue(),
                config.get(Parameters.REQUEST_BUFFER_LENGTH).intValue(),
                config.get(Parameters.CLIENT_MAX_MEMORY_SIZE),
                config.get(Parameters.OBSERVER_QUERY_TIMEOUT_DELTA),
                LOGIN_TIMEOUT,
                config.get(Parameters.USERNAME_SEPARATOR),
                config.get(Parameters.ENABLE_CLUSTER_CHECKOUT),
                config.get(Parameters.ENABLE_CLIENT_IP_CHECKOUT),
                config.get(Parameters.CLIENT_SESSION_ID_VERSION).intValue(),
                config.get(Parameters.ENABLE_OB_PROTOCOL_V2),
                config.get(Parameters.INIT_SQL),
                new LinkConnector.Settings(
                        config.get(Parameters.SHORT_ASYNC_TASK_TIMEOUT),
                        waterMark(config),
                        socketOptions.towardsServers(config)));
    }

    ConnectionLimit limit(ConfigSnapshot config) {
        return new ConnectionLimit(
                config.get(Parameters.CLIENT_MAX_CONNECTIONS).intValue(),
                config.get(Parameters.ENABLE_CLIENT_CONNECTION_LRU_DISCONNECT));
    }

    GreetingSettings greeting(ConfigSnapshot config) {
        return new GreetingSettings(
                config.get(Parameters.MYSQL_VERSION),
                config.get(Parameters.ENABLE_PROXY_SCRAMBLE),
                config.get(Parameters.ENABLE_DEPRECATE_EOF),
                limit(config),
                new LoginRules(
                        config.get(Parameters.USERNAME_SEPARATOR),
                        config.get(Parameters.PROXY_TENANT_NAME),
                        config.get(Parameters.ENABLE_FULL_USERNAME),
                        config.get(Parameters.SKIP_PROXYRO_CHECK),
                        config.get(Parameters.OBPROXY_SYS_PASSWORD),
                        config.get(Parameters.INSPECTOR_PASSWORD),
                        config.get(Parameters.SKIP_PROXY_SYS_PRIVATE_CHECK)));
    }

    Map<ChannelOption<?>, Object> towardsClients(ConfigSnapshot config) {
        return socketOptions.towardsClients(config);
    }

    WriteBufferWaterMark waterMark(ConfigSnapshot config) {
        if (!config.get(Parameters.ENABLE_FLOW_CONTROL)) {
            return new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE);
        }
        int high = config.get(Parameters.FLOW_HIGH_WATER_MARK).intValue();
        int low = config.get(Parameters.FLOW_LOW_WATER_MARK).intValue();
        return new WriteBufferWaterMark(Math.min(low, high), high);
    }
}
