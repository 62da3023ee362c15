package dev.ronde.check.run;

import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Said;
import dev.ronde.evidence.redact.Redacted;
import dev.ronde.evidence.redact.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The second line behind {@code evidence.keep}: every text of a result passes the redactor once, after it was judged and before anybody
 * else sees it.
 */
final class ExecutionRedaction {
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
