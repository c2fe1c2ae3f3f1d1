package com.oceanbase.odp.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.benchmark.backend.CannedServer;
import com.oceanbase.odp.server.ProxyServer;
import com.oceanbase.odp.server.ServerOptions;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every workload on the canned backend, without and with ODP in between. Nothing is said about speed. */
class LoadRunTest {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");

    private static final EventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private static CannedServer backend;
    private static ProxyServer proxy;

    @TempDir
    private static Path home;

    @BeforeAll
    static void start() throws Exception {
        backend = CannedServer.start(HOSTS, 0);
        int port = backend.addresses().getFirst().getPort();
        proxy = ProxyServer.start(
                ServerOptions.of(home, freePort(), "127.0.0.1:" + port + ";127.0.0.2:" + port, "bench", Map.of()));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        backend.close();
        GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static LoadResult run(Workload workload, int port, String user, long windowMillis) throws Exception {
        long rate = workload == Workload.IDLE_10K ? 200 : 0;
        int connections = workload == Workload.RESULT_100MB ? 1 : 4;
        LoadSpec spec = new LoadSpec(
                workload, 20, "127.0.0.1", port, user, connections, 50, windowMillis, rate, 100_000_000, 0);
        List<String> marks = new ArrayList<>();
        LoadResult result = new LoadRun(LoadSpec.parse(spec.format()), GROUP.next(), false, marks::add)
                .start()
                .get(2, TimeUnit.MINUTES);
        assertThat(marks).containsExactly("connected", "begin", "end");
        assertThat(result.firstError()).isEmpty();
        assertThat(result.errors()).isZero();
        return result;
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void runsOnTheBackend(Workload workload) throws Exception {
        int port = backend.addresses().getFirst().getPort();
        answers(workload, port, "root@app");
    }

    /** A busy machine may answer nothing within one window. */
    private static void answers(Workload workload, int port, String user) throws Exception {
        long answered = 0;
        for (long millis = 300; millis < 60_000 && answered == 0; millis *= 2) {
            answered = run(workload, port, user, millis).requests();
        }
        assertThat(answered).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void runsThroughTheProxy(Workload workload) throws Exception {
        int port = proxy.address().getPort();
        answers(workload, port, "root@app#bench");
    }

    @Test
    void answersThroughTheProxyAreThoseOfTheBackend() throws Exception {
        for (Workload workload :
                List.of(Workload.POINT_SELECT, Workload.RANGE_10, Workload.RESULT_1MB, Workload.SCALE_RESULT)) {
            LoadResult direct = run(workload, backend.addresses().getFirst().getPort(), "root@app", 2000);
            LoadResult through = run(workload, proxy.address().getPort(), "root@app#bench", 2000);
            assertThat(through.bytes() / Math.max(1, through.requests()))
                    .as(workload.id())
                    .isEqualTo(direct.bytes() / Math.max(1, direct.requests()));
        }
    }

    @Test
    void reportsAFailedLogin() {
        LoadSpec spec = new LoadSpec(
                Workload.POINT_SELECT,
                1,
                "127.0.0.1",
                proxy.address().getPort(),
                "root@nobody#nowhere",
                1,
                10,
                10,
                0,
                1,
                0);
        assertThat(new LoadRun(spec, GROUP.next(), false, mark -> {}).start())
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withMessageContaining("VERDICT");
    }
}
