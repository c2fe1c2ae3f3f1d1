package com.oceanbase.odp.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.junit.WithTestCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithTestCluster
class ClusterMainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final TestCluster cluster;

    ClusterMainTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private int run(String... args) {
        return ClusterMain.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void helpAndWrongUse() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("start", "stop", "status", "journal", "leader", "fault");
        assertThat(run("fault", "cut", "--help")).isZero();
        assertThat(out.toString()).contains("--matching");
        assertThat(run()).isEqualTo(2);
        assertThat(run("fault", "cut", "one")).isEqualTo(2);
        assertThat(run("status", "-c", "no-such-cluster-runs")).isEqualTo(1);
        assertThat(err.toString()).contains("no cluster named no-such-cluster-runs is running");
    }

    @Test
    void commandsReachARunningCluster(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("c.sock");
        try (ControlSocket _ = ControlSocket.open(cluster, path)) {
            assertThat(ControlSocket.isAlive(path)).isTrue();
            assertThat(send(path, "status")).isZero();
            assertThat(out.toString()).contains(cluster.node(2).endpoint());
            assertThat(send(path, "fault", "node", "2", "stop")).isZero();
            assertThat(cluster.node(2).isListening()).isFalse();
            assertThat(send(path, "fault", "clear")).isZero();
            assertThat(cluster.node(2).isListening()).isTrue();
            assertThat(send(path, "fault", "error", "1", "4012", "--count", "3"))
                    .isZero();
            assertThat(cluster.node(1).faults().armedCount()).isEqualTo(3);
            assertThat(send(path, "leader", "move", "all", "3")).isZero();
            assertThat(cluster.leaders().of(77)).isEqualTo(3);
            assertThat(send(path, "leader", "move", "all", "9")).isEqualTo(1);
        }
        assertThat(Files.exists(path)).isFalse();
    }

    private int send(Path path, String... args) {
        return ControlSocket.send(path, cluster.name(), List.of(args), new PrintWriter(out, true));
    }
}
