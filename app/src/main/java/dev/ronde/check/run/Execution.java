package dev.ronde.check.run;

import dev.ronde.asset.snapshot.Refusal;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.Vantage;
import dev.ronde.evidence.redact.Redacted;
import dev.ronde.evidence.redact.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one execution brought, before it is stored.
 *
 * @param kept facts that may be stored
 * @param params effective parameters, null where the definition is broken
 * @param vantage where packets came from, null where none were sent
 * @param resolved address and port connected to
 * @param fingerprint identity of a failure
 * @param redactions how often each redaction rule took something out of what is kept here
 * @param seenAt when the configuration it judged was last seen: when its snapshot was collected, or pushed again unchanged; null where
 *     it read no snapshot and looked itself
 */
public record Execution(
        Judgement judgement,
        Instant startedAt,
        Instant finishedAt,
        Map<String, Object> kept,
        @Nullable EffectiveParams params,
        @Nullable Vantage vantage,
        @Nullable String resolved,
        List<Exchange> exchanges,
        @Nullable String fingerprint,
        Map<String, Integer> redactions,
        @Nullable Instant seenAt) {
    private static final Set<String> SILENT = Set.of("timeout", "skipped", "unreachable");

    static Execution unlooked(Judgement judgement, Instant startedAt, Instant finishedAt) {
        return new Execution(
                judgement, startedAt, finishedAt, Map.of(), null, null, null, List.of(), null, Map.of(), null);
    }

    /** Stored instead of a result that the database refuses; contains nothing of what that result said. */
    Execution unstorable() {
        return new Execution(
                Judgement.undecided(
                        Outcome.ERROR,
                        "result-not-storable",
                        List.of(Said.of(Saying.NOT_STORABLE)),
                        judgement.severity()),
                startedAt,
                finishedAt,
                Map.of(),
                params,
                vantage,
                null,
                List.of(),
                null,
                Map.of(),
                seenAt);
    }

    Execution judged(Judgement other, Map<String, Object> facts) {
        return with(other, facts, redactions, seenAt);
    }

    Execution seen(Instant at) {
        return with(judgement, kept, redactions, at);
    }

    Execution redacted(Judgement other, Map<String, Object> facts, Map<String, Integer> counts) {
        return with(other, facts, counts, seenAt);
    }

    private Execution with(
            Judgement other, Map<String, Object> facts, Map<String, Integer> counts, @Nullable Instant at) {
        return new Execution(
                other, startedAt, finishedAt, facts, params, vantage, resolved, exchanges, fingerprint, counts, at);
    }

    /** A newer configuration was refused: what failed is not proven fixed, and nothing else is proven at all. */
    Execution beside(Refusal refused) {
        if (judgement.outcome() == Outcome.ERROR) {
            return this;
        }
        boolean fails = judgement.outcome() == Outcome.FAIL;
        return fails ? judged(judgement.withPartUnknown(), kept) : with(refused(refused), Map.of(), Map.of(), seenAt);
    }

    private Judgement refused(Refusal refused) {
        Said said = Said.of(
                Saying.SNAPSHOT_REFUSED,
                refused.at(),
                refused.reason(),
                refused.code(),
                refused.source(),
                Objects.requireNonNullElse(refused.place(), ""));
        return Judgement.undecided(
                Outcome.ERROR, ProbeFailure.SNAPSHOT_REFUSED.code(), List.of(said), judgement.severity());
    }

    boolean timedOut() {
        // of a name with an address this machine has no way to, the other one tells
        List<Exchange> said = withTarget();
        return said.stream().anyMatch(exchange -> exchange.outcome().equals("timeout"))
                && said.stream().allMatch(exchange -> SILENT.contains(exchange.outcome()));
    }

    /** Returns what was exchanged with the target itself; what the canary was asked beside it stands in the probe log alone. */
    public List<Exchange> withTarget() {
        return exchanges.stream().filter(Exchange::withTarget).toList();
    }

    /**
     * The second line behind {@code evidence.keep}: every text of a result passes the redactor once, after it was judged and before anybody
     * else sees it.
     */
    static final class ExecutionRedaction {
        private final Redactor redactor;
        private final Map<String, Integer> counts = new TreeMap<>();

        private ExecutionRedaction(Redactor redactor) {
            this.redactor = redactor;
        }

        static Execution of(Redactor redactor, Execution ran) {
            ExecutionRedaction redaction = new ExecutionRedaction(redactor);
            Map<String, Object> kept = redaction.document(ran.kept());
            Judgement judgement = redaction.judgement(ran.judgement());
            return ran.redacted(judgement, kept, Map.copyOf(redaction.counts));
        }

        private Judgement judgement(Judgement judgement) {
            List<Judgement.AssertionResult> assertions = new ArrayList<>();
            judgement
                    .assertions()
                    .forEach(assertion -> assertions.add(new Judgement.AssertionResult(
                            assertion.id(),
                            assertion.result(),
                            assertion.severity(),
                            text(assertion.message()),
                            document(assertion.observed()))));
            return new Judgement(
                    judgement.outcome(),
                    judgement.reason(),
                    text(judgement.detail()),
                    judgement.severity(),
                    judgement.incomplete(),
                    assertions,
                    judgement.said().stream().map(this::said).toList());
        }

        private Said said(Said said) {
            return new Said(
                    said.saying(),
                    said.arguments().stream()
                            .map(text -> redactor.text(text).kept())
                            .toList());
        }

        private @Nullable String text(@Nullable String text) {
            return text == null ? null : counted(redactor.text(text));
        }

        private Map<String, Object> document(Map<String, Object> document) {
            return counted(redactor.document(document));
        }

        private <T> T counted(Redacted<T> redacted) {
            redacted.counts().forEach((rule, count) -> counts.merge(rule, count, Integer::sum));
            return redacted.kept();
        }
    }
}
