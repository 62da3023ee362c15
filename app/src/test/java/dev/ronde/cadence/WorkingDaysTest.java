package dev.ronde.cadence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {

    private static final WorkingDays PARIS = WorkingDays.of(ZoneId.of("Europe/Paris"));
    private static final WorkingDays TOKYO = WorkingDays.of(ZoneId.of("Asia/Tokyo"));

    @ParameterizedTest
    @CsvSource({
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2019-04-21",
        "2038-04-25",
        "2008-03-23",
        "1818-03-22",
        "1943-04-25",
        "2000-04-23"
    })
    void knowsEaster(LocalDate easter) {
        assertThat(Holidays.France.easter(easter.getYear())).isEqualTo(easter);
    }

    @Test
    void knowsTheElevenFrenchHolidaysOf2026() {
        List<LocalDate> holidays = new ArrayList<>();
        Holidays french = new Holidays.France();
        for (LocalDate date = LocalDate.of(2026, 1, 1); date.getYear() == 2026; date = date.plusDays(1)) {
            if (french.includes(date)) {
                holidays.add(date);
            }
        }
        assertThat(holidays.stream().map(LocalDate::toString))
                .containsExactly(
                        "2026-01-01",
                        "2026-04-06",
                        "2026-05-01",
                        "2026-05-08",
                        "2026-05-14",
                        "2026-05-25",
                        "2026-07-14",
                        "2026-08-15",
                        "2026-11-01",
                        "2026-11-11",
                        "2026-12-25");
    }

    @Test
    void theFirstOfMayIsAHolidayInParisOnly() {
        LocalDate mayDay = LocalDate.of(2026, 5, 1);
        assertThat(PARIS.includes(mayDay)).isFalse();
        assertThat(TOKYO.includes(mayDay)).isTrue();
        assertThat(PARIS.atOrAfter(mayDay)).isEqualTo(LocalDate.of(2026, 5, 4));
        assertThat(PARIS.atOrBefore(mayDay)).isEqualTo(LocalDate.of(2026, 4, 30));
    }

    @Test
    void movesByWorkingDays() {
        assertThat(PARIS.plus(LocalDate.of(2026, 3, 9), -1)).isEqualTo(LocalDate.of(2026, 3, 6));
        assertThat(PARIS.plus(LocalDate.of(2026, 5, 4), -1)).isEqualTo(LocalDate.of(2026, 4, 30));
        assertThat(PARIS.plus(LocalDate.of(2026, 5, 13), 1)).isEqualTo(LocalDate.of(2026, 5, 15));
        assertThat(PARIS.plus(LocalDate.of(2026, 3, 7), 0)).isEqualTo(LocalDate.of(2026, 3, 7));
    }

    @Test
    void refusesAWeekWithoutWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkingDays(Set.of(), Holidays.NONE));
    }
}
