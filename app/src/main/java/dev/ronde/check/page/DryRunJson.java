package dev.ronde.check.page;

import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import dev.ronde.catalogue.cel.Expression;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.run.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run brought, as the API shows it; nothing of it is kept.
 *
 * @param detail why it has no result, in words; null where it has one
 * @param facts those that a run would keep, after redaction
 * @param redactions how often each redaction rule took something out
 * @param explanation the value of every part of every expression, by condition or assertion
 */
record DryRunJson(
        String asset,
        String check,
        int checkVersion,
        String checkSha256,
        Outcome outcome,
        @Nullable String reason,
        @Nullable String detail,
        Severity severity,
        boolean incomplete,
        Instant startedAt,
        Instant finishedAt,
        @Nullable String target,
        List<ExchangeJson> exchanges,
        List<AssertionJson> assertions,
        Map<String, Object> facts,
        Map<String, Integer> redactions,
        @Nullable String fingerprint,
        Map<String, List<Expression.Step>> explanation) {
    /** Never holds what was said. */
    record ExchangeJson(
            String what, String outcome, @Nullable Integer status, int bytesOut, int bytesRead, long millis) {
        static ExchangeJson of(Exchange exchange) {
            return new ExchangeJson(
                    exchange.what(),
                    exchange.outcome(),
                    exchange.status(),
                    exchange.bytesOut(),
                    exchange.bytesRead(),
                    exchange.millis());
        }
    }

    record AssertionJson(
            String id,
            Outcome result,
            Severity severity,
            @Nullable String message,
            Map<String, Object> observed) {}

    static DryRunJson of(
            String asset,
            CatalogueEntry entry,
            Execution ran,
            @Nullable String detail,
            Map<String, List<Expression.Step>> explanation) {
        return new DryRunJson(
                asset,
                entry.id(),
                entry.version(),
                entry.sha256(),
                ran.judgement().outcome(),
                ran.judgement().reason(),
                detail,
                ran.judgement().severity(),
                ran.judgement().incomplete(),
                ran.startedAt(),
                ran.finishedAt(),
                ran.resolved(),
                ran.withTarget().stream().map(ExchangeJson::of).toList(),
                ran.judgement().assertions().stream()
                        .map(assertion -> new AssertionJson(
                                assertion.id(),
                                assertion.result(),
                                assertion.severity(),
                                assertion.message(),
                                assertion.observed()))
                        .toList(),
                ran.kept(),
                ran.redactions(),
                ran.fingerprint(),
                explanation);
    }
}
