package dev.ronde.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CleanTextTest {
    private static final String FOUND =
            "Sensitive ports are open to strangers: any public IPv4 address → TCP 22, rule open, priority 100";

    @Test
    void aCutIsBetweenWords() {
        int inPriority = FOUND.indexOf("priority") + 5;
        assertThat(CleanText.line(FOUND, inPriority))
                .isEqualTo("Sensitive ports are open to strangers: any public IPv4 address → TCP 22, rule open,…");
        assertThat(CleanText.line(FOUND, FOUND.length())).isEqualTo(FOUND);
        assertThat(CleanText.line("one two", 4)).isEqualTo("one…");
    }

    @Test
    void aTextWithoutWordsIsCutAnywhere() {
        assertThat(CleanText.line("x".repeat(200))).isEqualTo("x".repeat(149) + "…");
        assertThat(CleanText.line("a " + "x".repeat(200), 100)).hasSize(100);
    }
}
