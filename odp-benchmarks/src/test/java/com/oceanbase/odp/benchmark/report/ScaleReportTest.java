package com.oceanbase.odp.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.benchmark.load.LoadResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ScaleReportTest {
    private static ScalePoint point(int size, String target, double cpuMicros, double memory) {
        LoadResult load = new LoadResult(1000, 0, "", 1_000_000_000L, 1 << 20, 1, 2, 3, 4, 1);
        ScaleSample sample = new ScaleSample(load, (long) (cpuMicros * 1000 * 1000), 100_000);
        return new ScalePoint(size, target, List.of(sample, sample, sample), memory);
    }

    private static ScaleReport report(boolean perMegabyte) {
        return new ScaleReport(
                "scale-connections",
                "connections",
                perMegabyte,
                "odp",
                "haproxy",
                List.of(
                        point(1, "odp", 20, 1e6),
                        point(1, "haproxy", 16, Double.NaN),
                        point(101, "odp", 30, 3e6),
                        point(101, "haproxy", 20, Double.NaN)));
    }

    @Test
    void jsonHasTheGrowthAndTheFiguresOfEachSize() {
        Map<String, Object> json = report(false).json();
        assertThat(json)
                .containsEntry("growth", 1.5)
                .containsEntry("relayGrowth", 1.25)
                .containsEntry("errors", 0L);
        assertThat(json.get("points"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(4)
                .element(2)
                .isEqualTo(Map.of(
                        "size", 101,
                        "target", "odp",
                        "cpuMicrosPerQuery", 30.0,
                        "cpuMicrosPerMegabyte", 30_000.0,
                        "queriesPerSecond", 1000.0,
                        "ratioToRelay", 1.5,
                        "allocatedBytesPerQuery", 100.0,
                        "memoryBytes", 3e6,
                        "memoryBytesPerUnit", 20_000.0));
    }

    @Test
    void tableHasALineForEachPointAndTheGrowth() {
        assertThat(report(false).table().lines())
                .anyMatch(line -> line.contains("101 odp"))
                .anyMatch(line -> line.startsWith("odp: 1.50 times the cost"));
    }

    @Test
    void largeAnswersAreComparedByTheMegabyte() {
        assertThat(report(true).table()).contains("CPU us/MB", "20000.00").doesNotContain("CPU us/query");
    }

    @Test
    void chartIsWellFormedAndHasALineForEachTarget() throws Exception {
        for (boolean perMegabyte : new boolean[] {false, true}) {
            String svg = report(perMegabyte).chart();
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                            .getElementsByTagName("polyline")
                            .getLength())
                    .isEqualTo(2);
        }
    }

    @Test
    void valuesOverDecadesGetALogarithmicAxis() {
        String wide = LineChart.draw(
                "cost",
                "rows",
                List.of(new LineChart.Line(
                        "odp", List.of(new LineChart.Point(1, 50_000), new LineChart.Point(1000, 200)))));
        String narrow = LineChart.draw(
                "cost",
                "rows",
                List.of(new LineChart.Line(
                        "odp", List.of(new LineChart.Point(1, 300), new LineChart.Point(1000, 200)))));
        assertThat(wide).doesNotContain(">0.0<").doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(narrow).contains(">0.0<").doesNotContain("NaN").doesNotContain("Infinity");
    }
}
