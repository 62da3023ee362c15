package dev.ronde.check;

import dev.ronde.control.Judgement;
import dev.ronde.control.Judgement.AssertionResult;
import dev.ronde.control.Outcome;
import dev.ronde.control.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The words of a failure that was seen at several addresses of a name: what the check says, and behind it where, and what else elsewhere. */
final class FailedEverywhere {
    private static final String SEEN_AT = " Seen at ";
    private static final String SEEN_AT_FRENCH = " Constaté à ";

    private FailedEverywhere() {}

    /**
     * Returns the judgement of the worst with what fails at the others.
     *
     * @param failing all that fail, the worst among them, in the order they were made
     */
    static Judgement told(Ran worst, List<Ran> failing) {
        // what the worst says comes first: its facts are the recorded ones
        List<Ran> ordered = new ArrayList<>(failing);
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
                List.copyOf(told.values()));
    }

    private static AssertionResult together(AssertionResult own, List<Ran> ordered) {
        Map<String, List<String>> byMessage = new LinkedHashMap<>();
        Severity severity = own.severity();
        Map<String, Object> observed = own.observed();
        for (Ran ran : ordered) {
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

    private static void at(Map<String, List<String>> byMessage, AssertionResult result, Ran ran) {
        byMessage
                .computeIfAbsent(Objects.requireNonNullElse(result.message(), ""), message -> new ArrayList<>())
                .add(Objects.requireNonNullElse(ran.resolved(), "?"));
    }

    /** A message as it was recorded: what the check says of the recorded facts, and what stands behind it. */
    record Split(String own, String behind) {
        /** What stands behind it, in the language as far as it is ours. */
        String behind(Locale language) {
            return language.getLanguage().equals("fr") ? behind.replace(SEEN_AT, SEEN_AT_FRENCH) : behind;
        }
    }

    /** Returns the parts of a message that names addresses; empty for any other. */
    static Optional<Split> split(String stored) {
        int at = stored.indexOf(SEEN_AT);
        return at < 0 ? Optional.empty() : Optional.of(new Split(stored.substring(0, at), stored.substring(at)));
    }
}
