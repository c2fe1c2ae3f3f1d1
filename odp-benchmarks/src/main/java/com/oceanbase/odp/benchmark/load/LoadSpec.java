package com.oceanbase.odp.benchmark.load;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of the load.
 *
 * @param workload what is asked
 * @param size how many of what a workload that scales has: rows, partitions, statements; 1 for others
 * @param host whom
 * @param port whom
 * @param user login name
 * @param connections how many at the same time
 * @param warmupMillis how long before the window in which is measured
 * @param windowMillis how long that is
 * @param rate requests a second over all connections; 0: each connection sends its next request as soon as it has its
 *     answer
 * @param firstKey the first new key
 * @param holdMillis how long the connections stay open behind the window, without requests
 */
public record LoadSpec(
        Workload workload,
        int size,
        String host,
        int port,
        String user,
        int connections,
        long warmupMillis,
        long windowMillis,
        long rate,
        long firstKey,
        long holdMillis) {

    /** As one line, for {@link #parse}. */
    public String format() {
        return "workload=" + workload.id() + " size=" + size + " host=" + host + " port=" + port + " user=" + user
                + " connections="
                + connections + " warmup=" + warmupMillis + " window=" + windowMillis + " rate=" + rate + " key="
                + firstKey + " hold=" + holdMillis;
    }

    /** The same with other times and another rate. */
    public LoadSpec with(long newWarmupMillis, long newWindowMillis, long newRate) {
        return new LoadSpec(
                workload,
                size,
                host,
                port,
                user,
                connections,
                newWarmupMillis,
                newWindowMillis,
                newRate,
                firstKey,
                holdMillis);
    }

    /** The same with other keys for new rows. */
    public LoadSpec withFirstKey(long newFirstKey) {
        return new LoadSpec(
                workload,
                size,
                host,
                port,
                user,
                connections,
                warmupMillis,
                windowMillis,
                rate,
                newFirstKey,
                holdMillis);
    }

    /** The same with connections that stay open so long behind the window. */
    public LoadSpec withHold(long newHoldMillis) {
        return new LoadSpec(
                workload,
                size,
                host,
                port,
                user,
                connections,
                warmupMillis,
                windowMillis,
                rate,
                firstKey,
                newHoldMillis);
    }

    static LoadSpec parse(String line) {
        Map<String, String> values = Arrays.stream(line.strip().split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new LoadSpec(
                Workload.of(text(values, "workload")),
                (int) number(values, "size"),
                text(values, "host"),
                (int) number(values, "port"),
                text(values, "user"),
                (int) number(values, "connections"),
                number(values, "warmup"),
                number(values, "window"),
                number(values, "rate"),
                number(values, "key"),
                number(values, "hold"));
    }

    private static String text(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    private static long number(Map<String, String> values, String name) {
        return Long.parseLong(text(values, name));
    }
}
