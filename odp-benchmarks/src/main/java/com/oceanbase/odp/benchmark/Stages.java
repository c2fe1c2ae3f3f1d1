package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.Workload;
import com.oceanbase.odp.benchmark.peer.Target;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The backends and the targets before them, each started when a scenario first needs it. */
final class Stages {
    private final Starter starter;
    private final Map<Stage, List<Target>> targets = new EnumMap<>(Stage.class);

    /** Starts a backend and what is measured before it. */
    interface Starter {
        List<Target> start(Stage stage) throws IOException, InterruptedException;
    }

    /** What a scenario needs. */
    enum Stage {
        /** Two servers, default settings. */
        USUAL(2, ""),
        /** One server: each client takes two files of a proxy and not three, so that more of them fit below the limit. */
        MANY_CONNECTIONS(1, "-o client_max_connections=20000"),
        /** Memory for the locations of a million partitions. */
        MANY_PARTITIONS(2, "-o routing_cache_mem_limited=512MB");

        private final int servers;
        private final String options;

        Stage(int servers, String options) {
            this.servers = servers;
            this.options = options;
        }

        static Stage of(Workload workload) {
            return switch (workload) {
                case IDLE_10K, SCALE_CONNECTIONS -> MANY_CONNECTIONS;
                case SCALE_PARTITIONS -> MANY_PARTITIONS;
                default -> USUAL;
            };
        }

        /** How many servers the cluster has. */
        int servers() {
            return servers;
        }

        /** Options of {@code odp start}, empty for none. */
        String options() {
            return options;
        }
    }

    Stages(Starter starter) {
        this.starter = starter;
    }

    /** The targets for a workload. */
    List<Target> of(Workload workload) throws IOException, InterruptedException {
        Stage stage = Stage.of(workload);
        List<Target> known = targets.get(stage);
        if (known == null) {
            known = starter.start(stage);
            targets.put(stage, known);
        }
        return known;
    }
}
