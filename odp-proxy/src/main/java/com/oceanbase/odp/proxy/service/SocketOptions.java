package com.oceanbase.odp.proxy.service;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameter;
import com.oceanbase.odp.config.Parameters;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Socket options of both sides from the configuration. Bits of the option flags: obproxy sock_option_flag_out. */
final class SocketOptions {
    private static final long NO_DELAY = 1;
    private static final long KEEP_ALIVE = 2;
    private static final long LINGER = 4;

    private final boolean epoll;

    /** @param epoll the transport is epoll, which has options of its own */
    SocketOptions(boolean epoll) {
        this.epoll = epoll;
    }

    Map<ChannelOption<?>, Object> towardsServers(ConfigSnapshot config) {
        Map<ChannelOption<?>, Object> options = common(config, Parameters.SOCK_OPTION_FLAG_OUT);
        if (epoll) {
            options.put(EpollChannelOption.TCP_KEEPIDLE, seconds(config, Parameters.SERVER_TCP_KEEPIDLE));
            options.put(EpollChannelOption.TCP_KEEPINTVL, seconds(config, Parameters.SERVER_TCP_KEEPINTVL));
            options.put(EpollChannelOption.TCP_KEEPCNT, seconds(config, Parameters.SERVER_TCP_KEEPCNT));
            options.put(
                    EpollChannelOption.TCP_USER_TIMEOUT, seconds(config, Parameters.SERVER_TCP_USER_TIMEOUT) * 1000);
        }
        return options;
    }

    Map<ChannelOption<?>, Object> towardsClients(ConfigSnapshot config) {
        Map<ChannelOption<?>, Object> options = common(config, Parameters.CLIENT_SOCK_OPTION_FLAG_OUT);
        if (epoll) {
            options.put(EpollChannelOption.TCP_KEEPIDLE, seconds(config, Parameters.CLIENT_TCP_KEEPIDLE));
            options.put(EpollChannelOption.TCP_KEEPINTVL, seconds(config, Parameters.CLIENT_TCP_KEEPINTVL));
            options.put(EpollChannelOption.TCP_KEEPCNT, seconds(config, Parameters.CLIENT_TCP_KEEPCNT));
            options.put(
                    EpollChannelOption.TCP_USER_TIMEOUT, seconds(config, Parameters.CLIENT_TCP_USER_TIMEOUT) * 1000);
        }
        return options;
    }

    private static int seconds(ConfigSnapshot config, Parameter<Long> parameter) {
        return config.get(parameter).intValue();
    }

    private static Map<ChannelOption<?>, Object> common(ConfigSnapshot config, Parameter<Long> flagsParameter) {
        long flags = config.get(flagsParameter);
        Map<ChannelOption<?>, Object> options = new LinkedHashMap<>();
        options.put(ChannelOption.TCP_NODELAY, (flags & NO_DELAY) != 0);
        options.put(ChannelOption.SO_KEEPALIVE, (flags & KEEP_ALIVE) != 0);
        if ((flags & LINGER) != 0) {
            options.put(ChannelOption.SO_LINGER, 0);
        }
        int receive = config.get(Parameters.SOCK_RECV_BUFFER_SIZE_OUT).intValue();
        if (receive > 0) {
            options.put(ChannelOption.SO_RCVBUF, receive);
        }
        int send = config.get(Parameters.SOCK_SEND_BUFFER_SIZE_OUT).intValue();
        if (send > 0) {
            options.put(ChannelOption.SO_SNDBUF, send);
        }
        return options;
    }
}
