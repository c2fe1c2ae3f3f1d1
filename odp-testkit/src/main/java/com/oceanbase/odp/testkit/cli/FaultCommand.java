package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings nodes to misbehave, and back. */
@Command(
        name = "fault",
        description = "Bring nodes to misbehave.",
        subcommands = {
            FaultCommand.OfNode.class,
            FaultCommand.Delay.class,
            FaultCommand.Cut.class,
            FaultCommand.Corrupt.class,
            FaultCommand.Error.class,
            FaultCommand.Server.class,
            FaultCommand.Zone.class,
            FaultCommand.Lag.class,
            FaultCommand.Clear.class
        })
final class FaultCommand extends RemoteCommand {

    @Override
    int run(TestCluster cluster, PrintWriter out) {
        out.println("say which fault; see --help");
        return 2;
    }

    /** What can be done to a node as a whole. */
    enum Action {
        STOP(Node::stop),
        START(Node::start),
        FREEZE(node -> node.faults().freeze()),
        THAW(node -> node.faults().thaw()),
        REFUSE(Node::refuse),
        RESET(Node::resetConnections);

        private final Consumer<Node> effect;

        Action(Consumer<Node> effect) {
            this.effect = effect;
        }
    }

    @Command(
            name = "node",
            description = {
                "Do something to a node as a whole:",
                "stop (as killed), start, freeze (accept and never answer), thaw,",
                "refuse (new connections), reset (open connections)."
            })
    static final class OfNode extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "NODE")
        private int node;

        @Parameters(index = "1", paramLabel = "ACTION", description = "stop, start, freeze, thaw, refuse or reset.")
        private String action = "";

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            for (Action candidate : Action.values()) {
                if (candidate.name().equalsIgnoreCase(action)) {
                    candidate.effect.accept(cluster.node(node));
                    return 0;
                }
            }
            throw new IllegalArgumentException("unknown action " + action);
        }
    }

    @Command(name = "delay", description = "Delay every response of a node.")
    static final class Delay extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "NODE")
        private int node;

        @Parameters(index = "1", paramLabel = "MILLIS", description = "0 ends it.")
        private long millis;

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            cluster.node(node).faults().delay(Duration.ofMillis(millis));
            return 0;
        }
    }

    /** Faults that wait for a statement. */
    abstract static class Next extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "NODE")
        private int node;

        @Option(names = "--matching", paramLabel = "REGEX", description = "Only for a statement that contains this.")
        private @Nullable String regex;

        int node() {
            return node;
        }

        /** A pattern that every text contains if none was given; then the proxy's inner sessions are passed over. */
        @Nullable
        String regex() {
            return regex;
        }
    }

    @Command(name = "cut", description = "Close the connection after some bytes of the next response.")
    static final class Cut extends Next {

        @Parameters(index = "1", paramLabel = "BYTES")
        private int bytes;

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            String pattern = regex();
            if (pattern == null) {
                cluster.node(node()).faults().cutNextResponse(bytes);
            } else {
                cluster.node(node()).faults().cutNextResponse(bytes, pattern);
            }
            return 0;
        }
    }

    @Command(name = "corrupt", description = "Flip the bits of one byte of the next response.")
    static final class Corrupt extends Next {

        @Parameters(index = "1", paramLabel = "OFFSET", description = "4 is the first payload byte.")
        private int offset;

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            String pattern = regex();
            if (pattern == null) {
                cluster.node(node()).faults().corruptNextResponse(offset);
            } else {
                cluster.node(node()).faults().corruptNextResponse(offset, pattern);
            }
            return 0;
        }
    }

    @Command(name = "error", description = "Answer the next statements with an error.")
    static final class Error extends Next {

        @Parameters(index = "1", paramLabel = "ERRNO")
        private int errno;

        @Option(names = "--sqlstate", paramLabel = "STATE", defaultValue = "HY000", description = "Default: HY000.")
        private String sqlState = "HY000";

        @Option(names = "--message", paramLabel = "TEXT", defaultValue = "injected", description = "Text of the error.")
        private String message = "injected";

        @Option(names = "--count", paramLabel = "K", defaultValue = "1", description = "How many (default: 1).")
        private int count;

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            String pattern = regex();
            if (pattern == null) {
                cluster.node(node()).faults().failNext(count, errno, sqlState, message);
            } else {
                cluster.node(node()).faults().failNext(count, errno, sqlState, message, pattern);
            }
            return 0;
        }
    }

    @Command(name = "server", description = "Set a server's row in DBA_OB_SERVERS.")
    static final class Server extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "NODE")
        private int node;

        @Parameters(
                index = "1",
                paramLabel = "STATE",
                description =
                        "A status such as ACTIVE or INACTIVE, or stopped, not-stopped, in-service, not-in-service.")
        private String state = "";

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            cluster.node(node);
            switch (state) {
                case "stopped", "not-stopped" -> cluster.serverStopped(node, state.equals("stopped"));
                case "in-service", "not-in-service" -> cluster.serverInService(node, state.equals("in-service"));
                default -> cluster.serverStatus(node, state);
            }
            return 0;
        }
    }

    @Command(name = "zone", description = "Set a zone's status.")
    static final class Zone extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "ZONE")
        private String zone = "";

        @Parameters(index = "1", paramLabel = "STATUS", description = "ACTIVE or INACTIVE.")
        private String status = "";

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            cluster.zoneStatus(zone, status);
            return 0;
        }
    }

    @Command(name = "lag", description = "Let a node's replicas lag in GV$$OB_LOG_STAT.")
    static final class Lag extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "NODE")
        private int node;

        @Parameters(index = "1", paramLabel = "MILLIS")
        private long millis;

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            cluster.node(node);
            cluster.followerLag(node, millis);
            return 0;
        }
    }

    @Command(name = "clear", description = "Heal everything: nodes up, no fault, leaders spread, journal empty.")
    static final class Clear extends RemoteCommand {

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            cluster.reset();
            return 0;
        }
    }
}
