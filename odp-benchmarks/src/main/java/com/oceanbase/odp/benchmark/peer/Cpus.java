package com.oceanbase.odp.benchmark.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which processors the two sides use. What is measured must not share a processor with what measures it.
 *
 * @param load processors of the backend and the load generator, as {@code taskset} takes them; empty for all
 * @param proxy those of ODP, the relay and other peers
 */
public record Cpus(String load, String proxy) {
    /** The first processor for the load, up to two more for the proxy; no pinning without taskset. */
    public static Cpus choose(int processors) {
        boolean pins = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "/usr/bin").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
        if (!pins || processors < 2) {
            return new Cpus("", "");
        }
        if (processors < 4) {
            return new Cpus("0", "1");
        }
        return new Cpus("0-" + (processors - 3), (processors - 2) + "-" + (processors - 1));
    }

    /** For people. */
    public String describe() {
        return load.isEmpty()
                ? "not pinned: all share all processors"
                : "backend and load on processor " + load + ", ODP, relay and peers on " + proxy;
    }

    /** How many processors the proxy side has; 0 when not pinned. */
    public int proxyCount() {
        if (proxy.isEmpty()) {
            return 0;
        }
        String[] ends = proxy.split("-");
        return ends.length == 1 ? 1 : Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
    }
}
