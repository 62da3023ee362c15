package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.Expression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A check as its file defines it, compiled and sound; only the loader makes one.
 *
 * @param id kebab-case id, equal to the file name
 * @param version grows with every change of meaning
 * @param sha256 hash of the file, lower-case hex; part of every result
 * @param about what it is for
 * @param scope which assets get it
 * @param params its parameters by name
 * @param schedule how often it runs and how long a result counts
 * @param probe how facts are collected
 * @param facts shape of the facts
 * @param rules how facts are judged
 * @param evidence what of the facts may be stored
 * @param tests fixtures
 */
public record CheckDefinition(
        String id,
        int version,
        String sha256,
        About about,
        Scope scope,
        Map<String, Param> params,
        Schedule schedule,
        ProbeSpec probe,
        FactSchema facts,
        Rules rules,
        EvidenceSpec evidence,
        List<Fixture> tests) {
    public static final int MAX_ID = 64;

    static final Pattern ID = Pattern.compile("[a-z0-9]++(-[a-z0-9]++)*+");

    public static boolean isId(String text) {
        return text.length() <= MAX_ID && ID.matcher(text).matches();
    }

    /**
     * What the check is for, in words.
     *
     * @param verified servers, versions or transcripts the check was seen to judge right; empty where its author says nothing
     */
    public record About(
            String title,
            String protection,
            Severity severity,
            String rationale,
            Remediation remediation,
            List<Mapping> mappings,
            List<String> verified) {}

    /** How to make the check pass: one sentence, steps, and how the owner proves the fix. */
    public record Remediation(String summary, List<String> steps, String verify) {}

    /**
     * A control the check contributes to.
     *
     * @param framework framework id
     * @param control control id
     * @param needs expression over {@code params} without which the control is not credited, null for none
     */
    public record Mapping(
            String framework, String control, @Nullable Expression needs) {
        public String key() {
            return framework + ":" + control;
        }
    }

    /**
     * Which assets get the check.
     *
     * @param kinds kinds or prefixes such as {@code host.*}
     * @param product the one product of these kinds that it recognises, null where it asks any
     * @param when expression over {@code asset}, null for all of these kinds
     */
    public record Scope(
            List<String> kinds,
            @Nullable String product,
            @Nullable Expression when) {
        /**
         * Returns whether an asset of this kind with these variables gets the check.
         *
         * @param products what the asset is said to be, of the products that are known for its kind; empty where nothing is said
         */
        boolean includes(String kind, Set<String> products, Map<String, Object> asset) {
            return kinds.stream().anyMatch(pattern -> Protections.matches(pattern, kind))
                    && (product == null || products.isEmpty() || products.contains(product))
                    && (when == null || when.evaluate(Map.of("asset", asset)).holds());
        }
    }

    /**
     * When it runs.
     *
     * @param every cadence; null for a check that only runs when a snapshot arrives
     * @param onChange whether a new snapshot triggers it at once
     * @param freshFor how long a result counts from its end
     */
    public record Schedule(@Nullable Duration every, boolean onChange, Duration freshFor) {}

    /** How facts are judged: all three in this order. */
    public record Rules(List<Condition> applicable, List<Condition> require, List<Assertion> assertions) {
        public Stream<Condition> conditions() {
            return Stream.concat(applicable.stream(), require.stream());
        }

        public Stream<Expression> expressions() {
            return Stream.concat(
                    conditions().map(Condition::expr), assertions.stream().map(Assertion::expr));
        }
    }

    /**
     * A condition and the reason to give where it does not hold.
     *
     * @param forPass whether only a pass needs it: what failed without it is proven all the same, and marked incomplete
     * @param message text with places as an assertion's, said where it does not hold; null for none
     */
    public record Condition(
            String id,
            Expression expr,
            String reason,
            boolean forPass,
            @Nullable String message) {}

    /**
     * What must hold.
     *
     * @param severity severity of its failure
     * @param message text with {@code {{path}}} places, filled from kept facts and parameters
     * @param show paths whose observed values are kept with the result
     */
    public record Assertion(String id, Expression expr, Severity severity, String message, List<String> show) {}

    /**
     * What may be stored.
     *
     * @param keep fact paths; everything else is dropped
     * @param identity gives the fact paths that identify a failure
     * @param retention how long results are needed at least, null where the file does not say
     */
    public record EvidenceSpec(
            List<String> keep,
            Supplier<List<String>> identity,
            @Nullable Duration retention) {
        /** Returns the fact paths that identify a failure: those the file names, or all that the assertions read. */
        public List<String> fingerprint() {
            return identity.get();
        }
    }

    public record Fixture(
            String name,
            Outcome expect,
            @Nullable List<String> failed,
            @Nullable String reason,
            Map<String, Object> facts,
            Map<String, Object> params,
            Map<String, Object> asset,
            @Nullable Instant now,
            List<String> mustNotStore) {}

    public Outline outline() {
        return new Outline(
                about.title.isEmpty() ? id : about.title,
                about.protection.isEmpty() ? List.of() : List.of(about.protection),
                about.severity,
                scope.kinds,
                scope.product,
                schedule,
                about.mappings.stream().map(Mapping::key).toList());
    }

    /**
     * What the catalogue knows of every check. Of a broken file it is what the file said when it was last sound, else what of it can be
     * read; a file that does not parse and never was sound is for no asset.
     *
     * @param title title, or the id where it cannot be read
     * @param protections the protection it verifies; none where nothing tells
     * @param product the one product it recognises, null where it asks any or cannot be read
     * @param controls the controls it contributes to, as {@code framework:control}
     */
    public record Outline(
            String title,
            List<String> protections,
            Severity severity,
            List<String> kinds,
            @Nullable String product,
            Schedule schedule,
            List<String> controls) {
        private static final Schedule DAILY = new Schedule(Duration.ofDays(1), false, Duration.ofDays(2));

        static Outline unknown(String id) {
            return new Outline(id, List.of(), Severity.MEDIUM, List.of(), null, DAILY, List.of());
        }

        /** The same outline, run once a day whatever the broken file says. */
        Outline daily() {
            return new Outline(title, protections, severity, kinds, product, DAILY, controls);
        }

        public @Nullable String protection() {
            return protections.isEmpty() ? null : protections.get(0);
        }
    }
}
