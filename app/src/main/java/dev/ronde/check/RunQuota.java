package dev.ronde.check;

import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.limit.Allowance;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.problem.Problem;
import java.time.Duration;

/** Keeps one person from filling the queue of checks; the limits towards targets hold anyway. The operator's own commands are free. */
public record RunQuota(Allowances allowances) {
    /** A check of the whole inventory is one click, so this is plenty for a person. */
    private static final Allowance PERSON = new Allowance(20, Duration.ofSeconds(10));

    /** Programs may make at least 50 calls a second. */
    private static final Allowance TOKEN = new Allowance(100, Duration.ofMillis(20));

    /**
     * Counts one request.
     *
     * @throws Problem 429 after many
     */
    public void take(Principal principal) {
        if (principal.channel() == Channel.COMMAND) {
            return;
        }
        allowances
                .take("run-now " + principal.actorRef(), principal.tokenId() == null ? PERSON : TOKEN)
                .ifPresent(wait -> {
                    throw Problem.tooMany(wait);
                });
    }
}
