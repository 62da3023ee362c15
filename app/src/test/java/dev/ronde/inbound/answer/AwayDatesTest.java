package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only a day that is said to end an absence ends it. */
final class AwayDatesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 2, 27);

    private static LocalDate until(String subject, String text, Locale locale) {
        return AwayDates.until(subject, List.of(text.split("/ ")), TODAY, locale)
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I am out of the office until 10 March 2026.|2026-03-10
            I am away until Tuesday, March 10th.|2026-03-10
            Out from 2 March to 10 March, Bob helps you.|2026-03-10
            I will be back on 2026-03-11.|2026-03-10
            I return to the office on Wednesday 11 March 2026.|2026-03-10
            Absent jusqu’au 10 mars inclus.|2026-03-10
            Absente jusqu'au mardi 10/03/2026|2026-03-10
            Je suis absent du 2 mars 2026 au 10 mars 2026.|2026-03-10
            De retour au bureau le 11 mars.|2026-03-10
            Absent du 2 au 10 mars.|2026-03-10
            Absent jusqu'au 10/03|2026-03-10
            De retour à 9.10|
            Your mail of 12 April 2026 has arrived./ I am back on 11 March.|2026-03-10
            I am away. Your mail of 2026-03-12 is not read.|
            Ticket 4711 is due 12 March 2026.|
            Back soon. Call 03 12 2026.|
            I was away until 3 February 2026.|""")
    void theDayThatIsSaidToEndIt(String text, LocalDate last) {
        assertThat(until("Automatic reply", text, Locale.FRENCH)).isEqualTo(last);
    }

    @Test
    void aSubjectOfOursSaysNothing() {
        String ours = "[REV-1] Review fw-par-01 configuration (due 2026-03-12)";
        assertThat(until("Automatic reply: " + ours, "I am away.", Locale.ENGLISH))
                .isNull();
        assertThat(until("Automatic reply: [REV-1] A waiver for fw-01 holds until 2026-03-12", "Away.", Locale.ENGLISH))
                .isNull();
        assertThat(until("Out until 2026-03-10: " + ours, "", Locale.ENGLISH)).isEqualTo("2026-03-10");
        assertThat(until("Réponse automatique : 2 revues (prochaine échéance 2026-03-12)", "Absent", Locale.FRENCH))
                .isNull();
    }
}
