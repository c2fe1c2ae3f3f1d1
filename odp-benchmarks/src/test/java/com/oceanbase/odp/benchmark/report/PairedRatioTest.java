package com.oceanbase.odp.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
    @Test
    void isTheGeometricMeanOfThePairs() {
        PairedRatio ratio = PairedRatio.of(List.of(2.0, 8.0), List.of(1.0, 1.0));
        assertThat(ratio.ratio()).isCloseTo(4.0, within(1e-9));
        assertThat(ratio.low()).isLessThan(4.0);
        assertThat(ratio.high()).isGreaterThan(4.0);
    }

    @Test
    void equalPairsLeaveNoDoubt() {
        PairedRatio ratio = PairedRatio.of(List.of(3.0, 6.0, 9.0), List.of(2.0, 4.0, 6.0));
        assertThat(ratio.ratio()).isCloseTo(1.5, within(1e-9));
        assertThat(ratio.low()).isCloseTo(1.5, within(1e-9));
        assertThat(ratio.high()).isCloseTo(1.5, within(1e-9));
        assertThat(ratio).hasToString("1.50 [1.50, 1.50]");
    }

    @Test
    void onePairHasNoInterval() {
        assertThat(PairedRatio.of(List.of(3.0), List.of(2.0))).hasToString("1.50");
        assertThat(PairedRatio.of(List.of(), List.of())).hasToString("-");
    }
}
