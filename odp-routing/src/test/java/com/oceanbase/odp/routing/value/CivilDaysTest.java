package com.oceanbase.odp.routing.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Years against those of the JDK's calendar. */
class CivilDaysTest {
    @Test
    void theYearOfADayIsThatOfTheCalendar() {
        long end = LocalDate.of(10_001, 1, 1).toEpochDay();
        for (long day = LocalDate.of(1, 1, 1).toEpochDay(); day < end; day += 5) {
            assertThat(CivilDays.yearOf(day))
                    .isEqualTo(LocalDate.ofEpochDay(day).getYear());
        }
    }
}
