package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.catalogue.Severity;
import dev.ronde.evidence.redact.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionRedactionTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void everyTextOfAResultPassesTheSecondLine() {
        Judgement judgement = new Judgement(
                Outcome.FAIL,
                null,
                "seen by jane.doe @example.org",
                Severity.HIGH,
                false,
                List.of(new Judgement.AssertionResult(
                        "closed",
                        Outcome.FAIL,
                        Severity.HIGH,
                        "The banner says password=hunter2 today.",
                        Map.of("facts.banner", "AKIAIOSFODNN7EXAMPLE"))),
                List.of(Said.of(Saying.AGENT_TOLD, "seen by jane.doe @example.org")));
        Map<String, Object> kept = Map.of("banner", Map.of("text", "x\u200b@example.org", "bytesRead", 12L));
        Execution ran = new Execution(
                judgement, NOW, NOW, kept, null, null, "10.0.0.7:80", List.of(), "sha256:00", Map.of(), null);

        Execution redacted = Execution.ExecutionRedaction.of(Redactor.standard(), ran);

        assertThat(redacted.kept()).isEqualTo(Map.of("banner", Map.of("text", "«redacted:email»", "bytesRead", 12L)));
        assertThat(redacted.judgement().detail()).isEqualTo("seen by «redacted:email»");
        assertThat(redacted.judgement().said().get(0).arguments()).containsExactly("seen by «redacted:email»");
        Judgement.AssertionResult assertion = redacted.judgement().assertions().get(0);
        assertThat(assertion.message()).isEqualTo("The banner says password=«redacted:secret» today.");
        assertThat(assertion.observed()).isEqualTo(Map.of("facts.banner", "«redacted:token»"));
        assertThat(redacted.redactions()).isEqualTo(Map.of("email", 2, "secret", 1, "token", 1));
        assertThat(redacted.resolved()).isEqualTo("10.0.0.7:80");
        assertThat(redacted.judgement().failed()).containsExactly("closed");
    }
}
