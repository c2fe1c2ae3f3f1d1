package com.oceanbase.odp.it.soak;

import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something happens to the nodes all the time, one thing after the other, at moments that have nothing to do with clients. */
final class Chaos implements Callable<Integer> {
    private final TestCluster cluster;
    private final CountDownLatch end;
    private final Random random = new Random();

    Chaos(TestCluster cluster, CountDownLatch end) {
        this.cluster = cluster;
        this.end = end;
    }

    /** Whether the end came while waiting so long. */
    private boolean ends(int millis) throws InterruptedException {
        return end.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public Integer call() throws InterruptedException {
        int events = 0;
        while (!ends(100 + random.nextInt(400))) {
            happen(1 + random.nextInt(cluster.nodes().size()));
            events++;
        }
        cluster.reset();
        return events;
    }

    private void happen(int number) throws InterruptedException {
        Node node = cluster.node(number);
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                cluster.loseNode(number);
                ends(random.nextInt(1_500));
                cluster.recoverNode(number);
                cluster.leaders().spread();
            }
            case 2 -> node.resetConnections();
            case 3 -> {
                node.faults().delay(Duration.ofMillis(random.nextInt(300)));
                ends(500);
                node.faults().clear();
            }
            case 4 -> {
                node.faults().freeze();
                ends(random.nextInt(1_500));
                node.faults().clear();
            }
            default -> node.faults().cutNextResponse(random.nextInt(20), "^(update|insert|select|commit|begin)");
        }
    }
}
