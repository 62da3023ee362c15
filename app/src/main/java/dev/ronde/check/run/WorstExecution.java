package dev.ronde.check.run;

import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Judgement.AssertionResult;
import dev.ronde.catalogue.KeptFacts;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.probe.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run that looked at several addresses: the worst of it. A failure beats an error, an error what is not known, and that a
 * pass; facts are those of the address it was seen at, and every exchange is there. The words of a failure name every address that fails and
 * what fails there, since whoever accepts it accepts all of it.
 */
public final class WorstExecution {
    private static final List<Outcome> BETTER_TO_WORSE =
            List.of(Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.UNKNOWN, Outcome.ERROR, Outcome.FAIL);

    private WorstExecution() {}

    static Execution of(List<Execution> all) {
        Execution worst = all.get(0);
        List<Exchange> exchanges = new ArrayList<>();
        for (Execution ran : all) {
            worst = worse(ran, worst) ? ran : worst;
            exchanges.addAll(ran.exchanges());
        }
        Judgement judgement = worst.judgement();
        boolean fails = judgement.outcome() == Outcome.FAIL;
        boolean undecided =
                all.stream().anyMatch(ran -> !ran.judgement().outcome().isDecided());
        List<Execution> failing = all.stream()
                .filter(ran -> ran.judgement().outcome() == Outcome.FAIL)
                .toList();
        Judgement told = failing.size() > 1 ? FailedEverywhere.told(worst, failing) : judgement;
        return new Execution(
                fails && undecided ? told.withPartUnknown() : told,
                all.get(0).startedAt(),
                all.get(all.size() - 1).finishedAt(),
                worst.kept(),
                worst.params(),
                worst.vantage(),
                fails ? everywhere(failing) : judgement.outcome() == Outcome.PASS ? everywhere(all) : worst.resolved(),
                exchanges,
                fails ? fingerprint(all) : null,
                worst.redactions(),
                worst.seenAt());
    }

    private static boolean worse(Execution one, Execution other) {
        int rank = BETTER_TO_WORSE.indexOf(one.judgement().outcome())
                - BETTER_TO_WORSE.indexOf(other.judgement().outcome());
        boolean same = rank == 0 && one.judgement().outcome() == Outcome.FAIL;
        return rank > 0
                || (same
                        && one.judgement()
                                        .severity()
                                        .compareTo(other.judgement().severity())
                                > 0);
    }

    private static @Nullable String everywhere(List<Execution> all) {
        String resolved =
                all.stream().map(Execution::resolved).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return resolved.isEmpty() ? null : resolved;
    }

    /** A waiver for the failure of one address does not cover another failure beside it. */
    private static @Nullable String fingerprint(List<Execution> all) {
        List<String> fingerprints = all.stream()
                .map(Execution::fingerprint)
                .filter(Objects::nonNull)
                .toList();
        return fingerprints.isEmpty() ? null : KeptFacts.together(fingerprints);
    }

    /** The words of a failure that was seen at several addresses of a name: what the check says, and behind it where, and what else elsewhere. */
    public static final class FailedEverywhere {
        private static final String SEEN_AT = " Seen at ";
        private static final String SEEN_AT_FRENCH = " Constaté à ";

        private static final Pattern PART =
                Pattern.compile("(.*?)" + SEEN_AT + "([^\\s,]+(?:, [^\\s,]+)*)\\.(?: (?=.)|\\z)", Pattern.DOTALL);

        private FailedEverywhere() {}

        /** Returns the judgement of the worst with what fails at the others. */
        static Judgement told(Execution worst, List<Execution> failing) {
            // what the worst says comes first: its facts are the recorded ones
            List<Execution> ordered = new ArrayList<>(failing);
            ordered.remove(worst);
            ordered.add(0, worst);
            Map<String, AssertionResult> told = new LinkedHashMap<>();
            worst.judgement().assertions().forEach(result -> told.put(result.id(), together(result, ordered)));
            failing.forEach(ran -> ran.judgement().assertions().stream()
                    .filter(result -> result.result() == Outcome.FAIL)
                    .forEach(result -> told.computeIfAbsent(result.id(), id -> together(result, ordered))));
            Judgement judgement = worst.judgement();
            return new Judgement(
                    judgement.outcome(),
                    judgement.reason(),
                    judgement.detail(),
                    judgement.severity(),
                    failing.stream().anyMatch(ran -> ran.judgement().incomplete()),
                    List.copyOf(told.values()),
                    judgement.said());
        }

        private static AssertionResult together(AssertionResult own, List<Execution> ordered) {
            Map<String, List<String>> byMessage = new LinkedHashMap<>();
            Severity severity = own.severity();
            Map<String, Object> observed = own.observed();
            for (Execution ran : ordered) {
                for (AssertionResult result : ran.judgement().assertions()) {
                    if (result.id().equals(own.id()) && result.result() == Outcome.FAIL) {
                        severity = byMessage.isEmpty() ? result.severity() : severity.max(result.severity());
                        observed = byMessage.isEmpty() ? result.observed() : observed;
                        at(byMessage, result, ran);
                    }
                }
            }
            if (byMessage.isEmpty()) {
                return own;
            }
            List<String> said = new ArrayList<>();
            byMessage.forEach((message, addresses) -> said.add(message + SEEN_AT + String.join(", ", addresses) + "."));
            return new AssertionResult(own.id(), Outcome.FAIL, severity, String.join(" ", said), observed);
        }

        private static void at(Map<String, List<String>> byMessage, AssertionResult result, Execution ran) {
            byMessage
                    .computeIfAbsent(Objects.requireNonNullElse(result.message(), ""), message -> new ArrayList<>())
                    .add(Objects.requireNonNullElse(ran.resolved(), "?"));
        }

        /** A part of a message as it was recorded: what the check says of the facts of some addresses, and which these are. */
        public record Part(String own, String addresses) {
            public String told(String other, Locale language) {
                return other + (language.getLanguage().equals("fr") ? SEEN_AT_FRENCH : SEEN_AT) + addresses + ".";
            }
        }

        /** Returns the parts of a message that names addresses, in its order; none for any other. */
        public static List<Part> parts(String stored) {
            List<Part> parts = new ArrayList<>();
            Matcher part = PART.matcher(stored);
            while (part.lookingAt()) {
                parts.add(new Part(part.group(1), part.group(2)));
                part.region(part.end(), stored.length());
            }
            return part.regionStart() == stored.length() ? parts : List.of();
        }
    }
}
