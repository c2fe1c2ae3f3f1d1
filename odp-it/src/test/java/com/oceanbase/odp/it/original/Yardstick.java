package com.oceanbase.odp.it.original;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.util.Arrays;
import java.util.Locale;

/**
 * How good each node is for a statement.
 *
 * @param points by number of the node, from 1: how many of the partitions that the statement touches it leads
 * @param all number of these partitions; 0 when it does not matter where the statement goes
 */
record Yardstick(int[] points, int all) {

    /** Asks the kernel, or reads what the case says. */
    static Yardstick of(TestCluster cluster, String database, RouteCase tested, int lastNode) {
        int[] points = new int[cluster.nodes().size() + 1];
        String measure = tested.measure();
        if (measure.equals("@any")) {
            return new Yardstick(points, 0);
        }
        if (measure.equals("@last")) {
            points[lastNode] = 1;
            return new Yardstick(points, 1);
        }
        if (measure.startsWith("@")) {
            Arrays.stream(measure.substring(1).split(",")).forEach(node -> points[Integer.parseInt(node)] = 1);
            return new Yardstick(points, 1);
        }
        int all = 0;
        for (long tablet :
                cluster.tablets(database, measure).stream().distinct().toList()) {
            points[cluster.leaders().of(tablet)]++;
            all++;
        }
        return new Yardstick(points, all);
    }

    int points(int node) {
        return points[node];
    }

    /** For people. */
    String describe(int node) {
        if (node == 0) {
            return "no node";
        }
        if (all == 0) {
            return "a node";
        }
        if (all == 1) {
            return points[node] == 1 ? "the right node" : "another node";
        }
        return String.format(Locale.ROOT, "leads %d of %d", points[node], all);
    }
}
