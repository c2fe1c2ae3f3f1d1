package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows and moves leaders. */
@Command(
        name = "leader",
        description = "Show and move the leaders of partitions.",
        subcommands = {
            LeaderCommand.Show.class,
            LeaderCommand.Move.class,
            LeaderCommand.Spread.class,
            LeaderCommand.FailOver.class
        })
final class LeaderCommand extends RemoteCommand {

    @Override
    int run(TestCluster cluster, PrintWriter out) {
        out.println("say show, move, spread or failover; see --help");
        return 2;
    }

    @Command(name = "show", description = "Show the leaders of a table's partitions.")
    static final class Show extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "DATABASE.TABLE")
        private String table = "";

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            String[] name = split(table);
            for (long tablet : cluster.leaders().tablets(name[0], name[1])) {
                out.println("tablet " + tablet + " node " + cluster.leaders().of(tablet));
            }
            return 0;
        }
    }

    @Command(name = "move", description = "Let a node lead a table, one tablet, or everything.")
    static final class Move extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "WHAT", description = "DATABASE.TABLE, a tablet id, or all.")
        private String what = "";

        @Parameters(index = "1", paramLabel = "NODE")
        private int node;

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            if (what.equals("all")) {
                cluster.leaders().moveAll(node);
            } else if (what.chars().allMatch(Character::isDigit)) {
                cluster.leaders().move(Long.parseLong(what), node);
            } else {
                String[] name = split(what);
                cluster.leaders().moveTable(name[0], name[1], node);
            }
            return 0;
        }
    }

    @Command(name = "spread", description = "Spread leaders over all nodes, as at the start.")
    static final class Spread extends RemoteCommand {

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            cluster.leaders().spread();
            return 0;
        }
    }

    @Command(name = "failover", description = "Give what a node leads to the others, as after its death.")
    static final class FailOver extends RemoteCommand {

        @Parameters(index = "0", paramLabel = "NODE")
        private int node;

        @Override
        int run(TestCluster cluster, PrintWriter out) {
            cluster.leaders().failOver(node);
            return 0;
        }
    }

    private static String[] split(String table) {
        int dot = table.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("write the table as DATABASE.TABLE, not " + table);
        }
        return new String[] {table.substring(0, dot), table.substring(dot + 1)};
    }
}
