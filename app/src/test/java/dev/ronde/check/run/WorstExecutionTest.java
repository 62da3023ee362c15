package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Judgement.AssertionResult;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.run.WorstExecution.FailedEverywhere;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever accepts a failure of a name accepts what fails at all of its addresses, and is told so. */
final class WorstExecutionTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private static AssertionResult assertion(String id, Severity severity, @Nullable String message) {
        return new AssertionResult(
                id, message == null ? Outcome.PASS : Outcome.FAIL, severity, message, Map.of("facts.status", 200L));
    }

    private static Execution ran(String address, Outcome outcome, AssertionResult... assertions) {
        Severity severity = Arrays.stream(assertions)
                .filter(assertion -> assertion.result() == Outcome.FAIL)
                .map(AssertionResult::severity)
                .reduce(Severity.LOW, Severity::max);
        return new Execution(
                new Judgement(outcome, null, null, severity, false, List.of(assertions), List.of()),
                NOW,
                NOW,
                Map.of("at", address),
                null,
                null,
                address,
                List.of(),
                outcome == Outcome.FAIL ? "sha256:" + address : null,
                Map.of(),
                null);
    }

    private static List<String> messages(Execution ran) {
        return ran.judgement().assertions().stream()
                .map(assertion -> assertion.id() + ": " + assertion.message())
                .toList();
    }

    @Test
    void namesEveryAddressThatFailsAndWhatFailsThere() {
        Execution worst = WorstExecution.of(List.of(
                ran(
                        "192.0.2.1:80",
                        Outcome.FAIL,
                        assertion("closed", Severity.HIGH, null),
                        assertion("hidden", Severity.MEDIUM, "Version 1 is told.")),
                ran(
                        "[2001:db8::1]:80",
                        Outcome.FAIL,
                        assertion("closed", Severity.HIGH, "It answered with 200."),
                        assertion("hidden", Severity.MEDIUM, "Version 2 is told.")),
                ran(
                        "192.0.2.3:80",
                        Outcome.FAIL,
                        assertion("closed", Severity.HIGH, "It answered with 200."),
                        assertion("hidden", Severity.MEDIUM, null)),
                ran("192.0.2.4:80", Outcome.PASS, assertion("closed", Severity.HIGH, null))));
        assertThat(worst.judgement().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(worst.judgement().severity()).isEqualTo(Severity.HIGH);
        assertThat(worst.kept()).isEqualTo(Map.of("at", "[2001:db8::1]:80"));
        assertThat(messages(worst))
                .containsExactly(
                        "closed: It answered with 200. Seen at [2001:db8::1]:80, 192.0.2.3:80.",
                        "hidden: Version 2 is told. Seen at [2001:db8::1]:80. Version 1 is told. Seen at 192.0.2.1:80.");
        assertThat(worst.resolved()).isEqualTo("192.0.2.1:80, [2001:db8::1]:80, 192.0.2.3:80");
    }

    @Test
    void whatFailsElsewhereAloneIsNamedToo() {
        Execution worst = WorstExecution.of(List.of(
                ran(
                        "192.0.2.1:80",
                        Outcome.FAIL,
                        assertion("closed", Severity.HIGH, "Open."),
                        assertion("tls", Severity.LOW, null)),
                ran(
                        "192.0.2.2:80",
                        Outcome.FAIL,
                        assertion("closed", Severity.HIGH, null),
                        assertion("tls", Severity.LOW, "No TLS."))));
        assertThat(worst.judgement().failed()).containsExactly("closed", "tls");
        assertThat(messages(worst))
                .containsExactly("closed: Open. Seen at 192.0.2.1:80.", "tls: No TLS. Seen at 192.0.2.2:80.");
    }

    @Test
    void oneThatFailsAloneSpeaksAsBefore() {
        Execution worst = WorstExecution.of(List.of(
                ran("192.0.2.1:80", Outcome.PASS, assertion("closed", Severity.HIGH, null)),
                ran("192.0.2.2:80", Outcome.FAIL, assertion("closed", Severity.HIGH, "Open."))));
        assertThat(messages(worst)).containsExactly("closed: Open.");
        assertThat(worst.resolved()).isEqualTo("192.0.2.2:80");
    }

    @Test
    void whatStandsBehindTheWordsOfTheCheckIsTakenApartAgain() {
        List<FailedEverywhere.Part> parts = FailedEverywhere.parts(
                "Open. Seen at 192.0.2.1:80, 192.0.2.2:80. Version 1. 2 is told. Seen at [2001:db8::1]:80.");
        assertThat(parts).extracting(FailedEverywhere.Part::own).containsExactly("Open.", "Version 1. 2 is told.");
        assertThat(parts.get(0).told("Ouvert.", Locale.FRENCH))
                .isEqualTo("Ouvert. Constaté à 192.0.2.1:80, 192.0.2.2:80.");
        assertThat(parts.get(1).told("Open.", Locale.ENGLISH)).isEqualTo("Open. Seen at [2001:db8::1]:80.");
        assertThat(FailedEverywhere.parts("Open.")).isEmpty();
        assertThat(FailedEverywhere.parts("Open. Seen at 192.0.2.1:80. More")).isEmpty();
    }
}
