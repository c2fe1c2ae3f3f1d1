package com.oceanbase.odp.proxy.backend;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many links to each server await an answer. Every event loop counts in a cell of its own, on a cache line of its
 * own, so that counting is a plain addition; who wants to know adds the cells up and may miss what happens meanwhile.
 * Safe for all threads; neither side locks or allocates.
 */
public final class ServerLoads {
    /** Cells are 128 bytes apart: two cache lines, as processors fetch them in pairs. */
    private static final int SPACING = 32;

    private final int loops;
    private final Map<ServerAddress, AtomicIntegerArray> servers = new ConcurrentHashMap<>();

    /** @param loops number of event loops */
    public ServerLoads(int loops) {
        this.loops = loops;
    }

    /** Links to the server that await an answer at this moment, of all event loops. */
    public int of(ServerAddress server) {
        AtomicIntegerArray cells = servers.get(server);
        int sum = 0;
        for (int cell = 0; cells != null && cell < cells.length(); cell += SPACING) {
            sum += cells.getOpaque(cell);
        }
        return sum;
    }

    /** Counts for one server on one event loop, the only thread that may use it. */
    public Counter counter(ServerAddress server, int loop) {
        return new Counter(
                servers.computeIfAbsent(server, _ -> new AtomicIntegerArray(loops * SPACING)), loop * SPACING);
    }

    /** One cell. */
    public static final class Counter {
        private final AtomicIntegerArray cells;
        private final int cell;

        private Counter(AtomicIntegerArray cells, int cell) {
            this.cells = cells;
            this.cell = cell;
        }

        void begin() {
            cells.setOpaque(cell, cells.getPlain(cell) + 1);
        }

        void end() {
            cells.setOpaque(cell, cells.getPlain(cell) - 1);
        }
    }
}
