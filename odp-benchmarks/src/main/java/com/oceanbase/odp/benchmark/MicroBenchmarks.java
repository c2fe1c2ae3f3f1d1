package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.micro.LoopThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs groups of JMH benchmarks with the allocation profiler. */
final class MicroBenchmarks {
    private static final Map<String, String> GROUPS =
            Map.of("codec", "Codec", "ob20", "Ob20", "routing", "Routing", "sync", "Sync", "sql", "Statement");

    private MicroBenchmarks() {}

    static boolean has(String group) {
        return GROUPS.containsKey(group);
    }

    static List<String> names() {
        return GROUPS.keySet().stream().sorted().toList();
    }

    static void run(List<String> groups, @Nullable Path json) throws IOException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Djmh.executor=CUSTOM",
                        "-Djmh.executor.class=" + LoopThreads.class.getName(),
                        "-Dio.netty.allocator.type=pooled",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders");
        groups.forEach(group -> options.include("\\.micro\\." + GROUPS.get(group) + "\\w*Benchmark\\."));
        if (json != null) {
            options.result(json + ".jmh").resultFormat(ResultFormatType.JSON);
        }
        try {
            new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IOException("JMH failed", e);
        }
    }
}
