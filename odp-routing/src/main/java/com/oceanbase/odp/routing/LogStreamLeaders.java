package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which server leads which log stream of a tenant at some time.
 *
 * @param byLogStream leaders by id of the log stream; log streams without leader are missing
 */
public record LogStreamLeaders(Map<Integer, ServerAddress> byLogStream) {
    /** The log stream with the inner tables of a tenant; user tables are in it in the tenant {@code sys} only. */
    private static final int SYS_LOG_STREAM = 1;

    /** Copies the map. */
    public LogStreamLeaders {
        byLogStream = Map.copyOf(byLogStream);
    }

    /** What has moved from {@code before} to this. */
    Moves since(LogStreamLeaders before) {
        Map<Integer, Move> moves = new HashMap<>();
        Set<ServerAddress> unsure = new HashSet<>();
        Map<ServerAddress, ServerAddress> successors = new HashMap<>();
        before.byLogStream.forEach((logStream, from) -> {
            ServerAddress to = byLogStream.getOrDefault(logStream, from);
            if (!to.equals(from)) {
                moves.put(logStream, new Move(from, to));
            }
            if (logStream != SYS_LOG_STREAM || before.byLogStream.size() == 1) {
                ServerAddress other = successors.putIfAbsent(from, to);
                if (other != null && !other.equals(to)) {
                    unsure.add(from);
                }
            }
        });
        unsure.forEach(successors::remove);
        return new Moves(moves, successors, unsure);
    }

    /** A log stream that one server led and another one leads now. */
    record Move(ServerAddress from, ServerAddress to) {}

    /**
     * What has moved.
     *
     * @param byLogStream the log streams that moved
     * @param successors by server, the one that leads now all that it led; itself if nothing moved
     * @param divided servers whose log streams are led by several servers now
     */
    record Moves(
            Map<Integer, Move> byLogStream, Map<ServerAddress, ServerAddress> successors, Set<ServerAddress> divided) {
        boolean isEmpty() {
            return byLogStream.isEmpty();
        }

        /**
         * Who leads now what this server led.
         *
         * @param logStream where that is, -1 if not known
         * @return null if nothing has changed or it is not certain
         */
        @Nullable
        ServerAddress successor(ServerAddress leader, int logStream) {
            if (logStream >= 0) {
                Move move = byLogStream.get(logStream);
                return move != null && move.from().equals(leader) ? move.to() : null;
            }
            ServerAddress successor = successors.get(leader);
            return leader.equals(successor) ? null : successor;
        }

        /** Whether a thing that this server led may have moved or not. */
        boolean isDoubtful(ServerAddress leader, int logStream) {
            return logStream < 0 && divided.contains(leader);
        }
    }
}
