package com.oceanbase.odp.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.benchmark.load.LoadResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ScenarioReportTest {
    private static LoadResult load(long requests, double p50, double p99) {
        return new LoadResult(requests, 0, "", 1_000_000_000L, 0, p50, p99, p99 * 2, p99 * 3, p50);
    }

    private static TargetFigures target(String name, double cpuMicros, double p50, double p99, long allocated) {
        Sample sample = new Sample(
                load(1000, 1, 2),
                (long) (cpuMicros * 1000 * 1000),
                500,
                allocated * 1000,
                64 << 20,
                32 << 20,
                load(500, p50, p99),
                (long) (cpuMicros * 500 * 1000));
        return new TargetFigures(name, List.of(sample, sample, sample), 4.0);
    }

    private static ScenarioReport report() {
        return new ScenarioReport(
                "point-select",
                64,
                500,
                "direct",
                "odp",
                "haproxy",
                List.of(
                        target("direct", 0, 100, 200, 0),
                        target("odp", 26, 140, 320, 180),
                        target("haproxy", 20, 130, 300, 0)));
    }

    @Test
    void jsonHasTheNumbersThatScriptsRead() {
        assertThat(report().json())
                .containsEntry("scenario", "point-select")
                .containsEntry("cpuMicrosPerQuery", 26.0)
                .containsEntry("relayCpuMicrosPerQuery", 20.0)
                .containsEntry("cpuPerQueryRatioToRelay", 1.3)
                .containsEntry("allocatedBytesPerQuery", 180.0)
                .containsEntry("p50AddedMicros", 40.0)
                .containsEntry("p99AddedMicros", 120.0)
                .containsEntry("busyShareAtRate", 0.013)
                .containsEntry("relayP50AddedMicros", 30.0)
                .containsEntry("relayP99AddedMicros", 100.0)
                .containsEntry("systemCallsPerQuery", 4.0)
                .containsEntry("errors", 0L)
                .containsKeys("connections", "rate", "targets", "queriesPerSecond", "relayQueriesPerSecond");
    }

    @Test
    void whatWasNotMeasuredIsLeftOut() {
        ScenarioReport alone = new ScenarioReport(
                "point-select", 1, 0, "direct", "odp", "haproxy", List.of(target("odp", 26, 140, 320, 180)));
        assertThat(alone.json())
                .containsKey("cpuMicrosPerQuery")
                .doesNotContainKeys(
                        "p50AddedMicros", "busyShareAtRate", "relayCpuMicrosPerQuery", "cpuPerQueryRatioToRelay");
    }

    @Test
    void tableNamesEveryTarget() {
        assertThat(report().table()).contains("direct", "odp", "haproxy", "1.30");
    }

    @Test
    void everyFurtherTargetIsComparedAfterTheReference() {
        ScenarioReport report = new ScenarioReport(
                "point-select",
                64,
                500,
                "direct",
                "odp",
                "haproxy",
                List.of(
                        target("original", 52, 130, 300, 0),
                        target("direct", 0, 100, 200, 0),
                        target("odp", 26, 140, 320, 180),
                        target("haproxy", 20, 130, 300, 0)));
        assertThat(report.table())
                .containsSubsequence("odp / haproxy: CPU per query 1.30", "odp / original: CPU per query 0.50");
        assertThat(report.json().get("comparedWith"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsOnlyKeys("haproxy", "original")
                .extractingByKey("original", InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("cpuPerQueryRatio", 0.5);
    }

    @Test
    void chartIsWellFormed() throws Exception {
        String svg = BarChart.draw("CPU microseconds per query", List.of(report()), f -> f.median(Sample::cpuMicros));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        // The background, and a bar for each target that has the figure.
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(3);
    }
}
