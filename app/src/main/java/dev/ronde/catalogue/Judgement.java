package dev.ronde.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What became of one set of facts.
 *
 * @param outcome the outcome
 * @param reason reason code of everything but pass and fail, null for these
 * @param detail one sentence for people, without facts that are not kept; null where there is nothing to add
 * @param severity worst severity of the failed assertions; the check's own where nothing failed
 * @param incomplete whether it failed although some assertion could not be evaluated, or a part is not known
 * @param assertions every assertion that was evaluated, in the order of the file
 * @param said what the detail says, to be said in other languages; empty where the detail is nothing the product says itself
 */
public record Judgement(
        Outcome outcome,
        @Nullable String reason,
        @Nullable String detail,
        Severity severity,
        boolean incomplete,
        List<AssertionResult> assertions,
        List<Said> said) {
    /** The reason where what a person stated last is older than a statement counts. */
    public static final String ATTESTATION_OVERDUE = "attestation-overdue";

    /** The reason where the check, or where the asset is, changed since a person stated anything. */
    public static final String ATTESTATION_OUTDATED = "attestation-outdated";

    /** The reason where the asset is said to be a product that no check knows. */
    public static final String PRODUCT_UNKNOWN = "product-unknown";

    /**
     * Result of one assertion.
     *
     * @param result {@code pass}, {@code fail} or {@code error}
     * @param message its filled message where it failed, why it broke where it is an error, null where it passed
     * @param observed values of its {@code show} paths
     */
    public record AssertionResult(
            String id,
            Outcome result,
            Severity severity,
            @Nullable String message,
            Map<String, Object> observed) {}

    /** The same, with a part unknown that only a pass would need. */
    public Judgement withPartUnknown() {
        return new Judgement(outcome, reason, detail, severity, true, assertions, said);
    }

    /**
     * The same where it was found on an asset that is said to be a product no check knows: what is open is open, and whatever else was found
     * says nothing.
     */
    public Judgement onUnknownProduct(String product) {
        return outcome == Outcome.FAIL || outcome == Outcome.ERROR
                ? this
                : undecided(
                        Outcome.UNKNOWN, PRODUCT_UNKNOWN, List.of(Said.of(Saying.PRODUCT_UNKNOWN, product)), severity);
    }

    public Set<String> failed() {
        Set<String> failed = new TreeSet<>();
        assertions.stream()
                .filter(assertion -> assertion.result() == Outcome.FAIL)
                .forEach(assertion -> failed.add(assertion.id()));
        return failed;
    }

    /** A judgement without assertions: an error, unknown or not applicable outcome with its reason code. */
    public static Judgement undecided(Outcome outcome, String reason, @Nullable String detail, Severity severity) {
        return new Judgement(outcome, reason, detail, severity, false, List.of(), List.of());
    }

    /** The same, with a reason that the product itself gives. */
    public static Judgement undecided(Outcome outcome, String reason, List<Said> said, Severity severity) {
        return new Judgement(outcome, reason, Said.english(said), severity, false, List.of(), List.copyOf(said));
    }
}
