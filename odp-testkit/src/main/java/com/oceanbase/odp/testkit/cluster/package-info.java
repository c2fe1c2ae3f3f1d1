/**
 * A test cluster: one real kernel behind several OBServer nodes, with faults and a journal of everything received.
 *
 * <p>Every client connection to a node is a kernel session of its own, so what is set through one node does not exist on
 * another. Answers are the kernel's, byte for byte, except: relations that only a cluster has are stand-ins in database
 * {@code oceanbase_sim}; further tenant names are the kernel's tenant {@code sys}; capability bits for framings which the
 * nodes do not speak (OB 1.0, 2.0) are not granted; a proxy is told with {@code ob_proxy_partition_hit} when another
 * node alone leads all partitions of its statement.
 *
 * <pre>{@code
 * try (TestCluster cluster = TestCluster.start(ClusterOptions.forTests())) {
 *     Journal.Mark mark = cluster.journal().mark();
 *     // ... connect clients to cluster.node(1).address(), cluster.node(1).port() ...
 *     List<String> seen = cluster.journal().since(mark).of(2).withoutInner().queries();
 *     cluster.node(2).stop();                                  // as killed; start() brings it back
 *     cluster.loseNode(2);                                     // stopped, INACTIVE, leaders elsewhere; recoverNode(2)
 *     cluster.node(1).refuse();                                // connection refused, open ones live on
 *     cluster.node(1).resetConnections();                      // RST
 *     cluster.node(1).faults().freeze();                       // accepts, never answers; thaw() ends it
 *     cluster.node(1).faults().delay(Duration.ofMillis(200));
 *     cluster.node(1).faults().cutNextResponse(20, "from t1");
 *     cluster.node(1).faults().corruptNextResponse(4, "from t1");
 *     cluster.node(1).faults().failNext(1, 4012, "HY000", "Timeout", "^update");
 *     cluster.leaders().moveTable("db", "t1", 3);              // or move(tablet, n), moveAll(n), failOver(n), spread()
 *     cluster.serverStatus(2, "INACTIVE");
 *     cluster.zoneStatus("z2", "INACTIVE");
 *     cluster.reset();                                         // everything healthy, journal empty
 * }
 * }</pre>
 */
@NullMarked
package com.oceanbase.odp.testkit.cluster;

import org.jspecify.annotations.NullMarked;
