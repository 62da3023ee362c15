package dev.ronde.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DidYouMeanTest {
    private static final List<String> KNOWN =
            List.of("RONDE_SMTP_HOST", "RONDE_SMTP_PORT", "Europe/Paris", "owner_email", "high", "P1");

    @ParameterizedTest
    @CsvSource({
        "RONDE_SMTP_HOTS, RONDE_SMTP_HOST",
        "Owner E-mail, owner_email",
        "europe/pariss, Europe/Paris",
        "hihg, high",
        "owner email, owner_email"
    })
    void namesTheNearestKnownWord(String typed, String meant) {
        assertThat(DidYouMean.nearest(typed, KNOWN)).contains(meant);
        assertThat(DidYouMean.question(typed, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"colour", "Q7", "LD_LIBRARY_PATH", "lo"})
    void saysNothingWhereAllAreFar(String typed) {
        assertThat(DidYouMean.nearest(typed, KNOWN)).isEmpty();
        assertThat(DidYouMean.question(typed, KNOWN)).isEmpty();
    }
}
