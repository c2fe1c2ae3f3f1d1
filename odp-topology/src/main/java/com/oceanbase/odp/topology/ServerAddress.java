package com.oceanbase.odp.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL address of an OBServer.
 *
 * @param host IPv4 literal, IPv6 literal without brackets, or host name
 * @param port SQL port (not the RPC port), 1..65535
 */
public record ServerAddress(String host, int port) implements Comparable<ServerAddress> {
    private static final int MAX_PORT = 65_535;

    /** Checks the parts; an address that can't be connected to is a mistake of the caller. */
    public ServerAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host of a server address is empty");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " of server " + host + " is not within 1..65535");
        }
    }

    /**
     * Reads {@code host:port} or {@code [ipv6]:port}.
     *
     * @throws IllegalArgumentException if the text has another form; the message names the text
     */
    public static ServerAddress parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.lastIndexOf(':');
        if (colon <= 0 || colon == trimmed.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not of the form host:port");
        }
        String host = trimmed.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "': write an IPv6 address in brackets, as [::1]:2881");
        }
        try {
            return new ServerAddress(host, Integer.parseInt(trimmed.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' has no numeric port", e);
        }
    }

    /** Reads every non-empty part of a list of addresses, in order and without repetitions. */
    public static List<ServerAddress> parseAll(List<String> parts) {
        List<ServerAddress> result = new ArrayList<>();
        for (String part : parts) {
            if (!part.isBlank()) {
                ServerAddress address = parse(part);
                if (!result.contains(address)) {
                    result.add(address);
                }
            }
        }
        return List.copyOf(result);
    }

    @Override
    public int compareTo(ServerAddress other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    /** {@code host:port}, with brackets around an IPv6 literal. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
