package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.Workload;
import com.oceanbase.odp.benchmark.peer.FileLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the cost of a query must not grow with. */
enum Scale {
    CONNECTIONS(Workload.SCALE_CONNECTIONS, List.of(1, 10, 100, 1_000, 10_000), 0),
    PARTITIONS(Workload.SCALE_PARTITIONS, List.of(10, 1_000, 8_192, 65_536, 1_000_000), 64),
    RESULT(Workload.SCALE_RESULT, List.of(1, 10, 100, 1_000, 10_000, 100_000), 16),
    STATEMENTS(Workload.SCALE_STATEMENTS, List.of(1, 10, 100, 1_000, 10_000), 8);

    /** Partitions whose locations are fetched together. */
    private static final int CHUNK = 256;

    /** With random keys so many requests a chunk leave none of them out. */
    private static final int REQUESTS_A_CHUNK = 20;

    /** A slow request a millisecond of each processor, so that many statements or connections are warm. */
    private static final int REQUESTS_A_MILLISECOND = 15;

    private static final long LEAST_WARM_UP_MILLIS = 500;
    private static final long MOST_WARM_UP_MILLIS = 8_000;

    private final Workload workload;
    private final List<Integer> sizes;
    private final int connections;

    Scale(Workload workload, List<Integer> sizes, int connections) {
        this.workload = workload;
        this.sizes = sizes;
        this.connections = connections;
    }

    static Optional<Scale> of(Workload workload) {
        return Arrays.stream(values())
                .filter(scale -> scale.workload == workload)
                .findFirst();
    }

    Workload workload() {
        return workload;
    }

    /** What the sizes count. */
    String unit() {
        return this == RESULT ? "rows" : name().toLowerCase(Locale.ROOT);
    }

    /** The sizes, as far as files can be opened for them. */
    List<Integer> sizes() {
        return this == CONNECTIONS ? sizes.stream().map(FileLimit::pairs).toList() : sizes;
    }

    int connections(int size) {
        return this == CONNECTIONS ? size : connections;
    }

    /** Requests before the first window that bring the proxy to know whatever it can. */
    long fill(int size) {
        return this == PARTITIONS ? (long) REQUESTS_A_CHUNK * (size / CHUNK) : 0;
    }

    /** How long each window is preceded by the same load on the same connections. */
    long warmUpMillis(int size) {
        long requests = switch (this) {
            case CONNECTIONS -> 3L * size;
            case STATEMENTS -> 2L * size * connections;
            case PARTITIONS, RESULT -> 0;
        };
        return Math.clamp(requests / REQUESTS_A_MILLISECOND, LEAST_WARM_UP_MILLIS, MOST_WARM_UP_MILLIS);
    }
}
