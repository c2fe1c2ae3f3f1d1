package com.oceanbase.odp.topology;

/**
 * One server of a cluster.
 *
 * @param address SQL address
 * @param zone name of its zone
 * @param state own state as listed, {@link ServerState#STOPPED} also when its zone is stopped
 */
public record ServerView(ServerAddress address, String zone, ServerState state) {}
