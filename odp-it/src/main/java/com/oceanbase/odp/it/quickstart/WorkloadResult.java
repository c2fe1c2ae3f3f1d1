package com.oceanbase.odp.it.quickstart;

import com.oceanbase.odp.testkit.cluster.Journal;

/**
 * What the workload did and saw.
 *
 * @param orders orders that were committed
 * @param wrongVariables how often a session's variable had another value on another node
 * @param odpNanos time of each point read through ODP, sorted
 * @param directNanos time of each point read when the client connects to a node itself, sorted
 * @param journal what the nodes received meanwhile
 */
record WorkloadResult(long orders, long wrongVariables, long[] odpNanos, long[] directNanos, Journal.View journal) {}
