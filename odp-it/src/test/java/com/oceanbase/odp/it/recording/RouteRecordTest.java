package com.oceanbase.odp.it.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.routecheck.RouteCheckMain;
import com.oceanbase.odp.testkit.kernel.Kernel;
import com.oceanbase.odp.testkit.kernel.KernelDistribution;
import com.oceanbase.odp.testkit.kernel.KernelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Records a few tables on the kernel, and calculates their partitions. */
@Tag("kernel")
class RouteRecordTest {
    @TempDir
    private Path directory = Path.of(".");

    @Test
    void noRecordedStatementGoesToAWrongPartition() throws IOException {
        Recorder.Result result;
        try (Kernel kernel = Kernel.start(KernelDistribution.locate(), KernelOptions.small("recording"));
                Recorder recorder = new Recorder(kernel.port(), new Recorder.Plan(20, 9, 60), directory)) {
            result = recorder.record();
        }

        Path tables = directory.resolve("tables.jsonl");
        Path vectors = directory.resolve("vectors.jsonl");
        assertThat(result.tables()).isEqualTo(9);
        assertThat(result.statements()).isGreaterThan(300);
        assertThat(Files.readAllLines(vectors)).hasSize(result.statements());
        // Status 0: no answer is wrong.
        assertThat(new CommandLine(new RouteCheckMain())
                        .execute("--tables", tables.toString(), "--vectors", vectors.toString()))
                .isZero();
    }
}
