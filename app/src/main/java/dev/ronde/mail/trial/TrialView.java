package dev.ronde.mail.trial;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trial as the API shows it.
 *
 * @param state {@code waiting} while something may still come back, then {@code ok}, {@code warn} or {@code fail}: the worst finding
 * @param mailId the message in the inbox that came back
 */
public record TrialView(
        UUID id,
        String state,
        String to,
        String server,
        Instant sentAt,
        @Nullable Instant returnedAt,
        @Nullable UUID mailId,
        List<Line> findings) {

    /** Copies the findings. */
    public TrialView {
        findings = List.copyOf(findings);
    }

    /** One finding in words.
     *
     * @param level ok, warn, fail or wait */
    public record Line(String topic, String level, String what, String said) {}
}
