package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.testkit.kernel.KernelOptions;
import java.util.List;

/**
 * How a test cluster looks.
 *
 * @param name the cluster's name
 * @param nodes how many nodes; node i (from 1) listens on {@code 127.0.0.i} unless addresses are given
 * @param port MySQL port of all nodes; 0 takes a port that is free on all addresses
 * @param addresses addresses of the nodes, empty for 127.0.0.1 and following
 * @param tenants names of tenants; {@code sys} comes first, the others are further names of the same tenant
 * @param zones zone names; node i lies in zone (i-1) modulo their number, in IDC {@code idc}z and region {@code r1}
 * @param numericVariables tell session variables in OK packets as numbers, as a real cluster does, instead of the
 *     kernel's words
 * @param partitionFeedback tell proxies whether a node leads the partitions of a statement
 * @param kernel how to start the kernel
 */
public record ClusterOptions(
        String name,
        int nodes,
        int port,
        List<String> addresses,
        List<String> tenants,
        List<String> zones,
        boolean numericVariables,
        boolean partitionFeedback,
        KernelOptions kernel) {

    /** The port on which OBServers listen for MySQL clients. */
    public static final int DEFAULT_PORT = 2881;

    private static final int MAX_NODES = 200;

    public ClusterOptions {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("a cluster has 1 to " + MAX_NODES + " nodes, not " + nodes);
        }
        if (!addresses.isEmpty() && addresses.size() < nodes) {
            throw new IllegalArgumentException(nodes + " nodes need as many addresses, got " + addresses);
        }
        if (!tenants.contains("sys")) {
            throw new IllegalArgumentException("tenant sys must be among " + tenants);
        }
        addresses = List.copyOf(addresses);
        tenants = List.copyOf(tenants);
        zones = List.copyOf(zones);
    }

    /** Three nodes of cluster {@code demo} on a free port: what tests want. */
    public static ClusterOptions forTests() {
        return named("demo").withPort(0);
    }

    /** Three nodes in three zones on port 2881. */
    public static ClusterOptions named(String name) {
        return new ClusterOptions(
                name,
                3,
                DEFAULT_PORT,
                List.of(),
                List.of("sys", "app"),
                List.of("z1", "z2", "z3"),
                false,
                true,
                KernelOptions.small(name));
    }

    /** Another name, of the kernel too. */
    public ClusterOptions withName(String newName) {
        KernelOptions renamed =
                new KernelOptions(newName, kernel.port(), kernel.directory(), kernel.parameters(), kernel.startLimit());
        return new ClusterOptions(
                newName, nodes, port, addresses, tenants, zones, numericVariables, partitionFeedback, renamed);
    }

    public ClusterOptions withNodes(int count) {
        return new ClusterOptions(
                name, count, port, addresses, tenants, zones, numericVariables, partitionFeedback, kernel);
    }

    public ClusterOptions withPort(int newPort) {
        return new ClusterOptions(
                name, nodes, newPort, addresses, tenants, zones, numericVariables, partitionFeedback, kernel);
    }

    public ClusterOptions withAddresses(List<String> list) {
        return new ClusterOptions(name, nodes, port, list, tenants, zones, numericVariables, partitionFeedback, kernel);
    }

    public ClusterOptions withTenants(List<String> names) {
        return new ClusterOptions(
                name, nodes, port, addresses, names, zones, numericVariables, partitionFeedback, kernel);
    }

    public ClusterOptions withZones(List<String> names) {
        return new ClusterOptions(
                name, nodes, port, addresses, tenants, names, numericVariables, partitionFeedback, kernel);
    }

    public ClusterOptions withNumericVariables(boolean on) {
        return new ClusterOptions(name, nodes, port, addresses, tenants, zones, on, partitionFeedback, kernel);
    }

    public ClusterOptions withPartitionFeedback(boolean on) {
        return new ClusterOptions(name, nodes, port, addresses, tenants, zones, numericVariables, on, kernel);
    }

    public ClusterOptions withKernel(KernelOptions options) {
        return new ClusterOptions(
                name, nodes, port, addresses, tenants, zones, numericVariables, partitionFeedback, options);
    }

    /** The address of a node, counted from 1. */
    String address(int node) {
        return addresses.isEmpty() ? "127.0.0." + node : addresses.get(node - 1);
    }

    /** The zone of a node, counted from 1. */
    String zone(int node) {
        return zones.get((node - 1) % zones.size());
    }
}
