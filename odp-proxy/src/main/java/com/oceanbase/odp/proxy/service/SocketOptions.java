package com.oceanbase.odp.proxy.service;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameter;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.proxy.service.Transport.TcpTime;
import io.netty.channel.ChannelOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Socket options of both sides from the configuration, as each of them is a system call for each connection only those
 * that differ from what a socket has anyway: Netty switches TCP_NODELAY on by itself, and 0 stands for the kernel's own
 * times. Bits of the option flags: obproxy sock_option_flag_out.
 */
final class SocketOptions {
    private static final long NO_DELAY = 1;
    private static final long KEEP_ALIVE = 2;
    private static final long LINGER = 4;
    private static final long MILLIS = 1000;

    private final Transport transport;

    /** @param transport has options of its own */
    SocketOptions(Transport transport) {
        this.transport = transport;
    }

    Map<ChannelOption<?>, Object> towardsServers(ConfigSnapshot config) {
        Map<ChannelOption<?>, Object> options = common(config, Parameters.SOCK_OPTION_FLAG_OUT);
        time(options, TcpTime.KEEP_IDLE, config.get(Parameters.SERVER_TCP_KEEPIDLE));
        time(options, TcpTime.KEEP_INTERVAL, config.get(Parameters.SERVER_TCP_KEEPINTVL));
        time(options, TcpTime.KEEP_COUNT, config.get(Parameters.SERVER_TCP_KEEPCNT));
        time(options, TcpTime.USER_TIMEOUT, config.get(Parameters.SERVER_TCP_USER_TIMEOUT) * MILLIS);
        return options;
    }

    Map<ChannelOption<?>, Object> towardsClients(ConfigSnapshot config) {
        Map<ChannelOption<?>, Object> options = common(config, Parameters.CLIENT_SOCK_OPTION_FLAG_OUT);
        time(options, TcpTime.KEEP_IDLE, config.get(Parameters.CLIENT_TCP_KEEPIDLE));
        time(options, TcpTime.KEEP_INTERVAL, config.get(Parameters.CLIENT_TCP_KEEPINTVL));
        time(options, TcpTime.KEEP_COUNT, config.get(Parameters.CLIENT_TCP_KEEPCNT));
        time(options, TcpTime.USER_TIMEOUT, config.get(Parameters.CLIENT_TCP_USER_TIMEOUT) * MILLIS);
        return options;
    }

    private void time(Map<ChannelOption<?>, Object> options, TcpTime time, long value) {
        ChannelOption<Integer> option = transport.keepAlive().get(time);
        if (option != null && value > 0) {
            options.put(option, (int) value);
        }
    }

    private Map<ChannelOption<?>, Object> common(ConfigSnapshot config, Parameter<Long> flagsParameter) {
        long flags = config.get(flagsParameter);
        Map<ChannelOption<?>, Object> options = new LinkedHashMap<>(transport.channelOptions());
        if ((flags & NO_DELAY) == 0) {
            options.put(ChannelOption.TCP_NODELAY, false);
        }
        if ((flags & KEEP_ALIVE) != 0) {
            options.put(ChannelOption.SO_KEEPALIVE, true);
        }
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
