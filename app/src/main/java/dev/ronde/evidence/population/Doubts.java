package dev.ronde.evidence.population;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an attestation leaves to ask about; empty where there is nothing. */
final class Doubts {
    private static final int NAMED = 10;
    private static final Set<String> WORSE = Set.of("weaker", "wider");
    private static final Set<String> SEVERE = Set.of("critical", "high");

    private Doubts() {}

    /** The results that could not tell, of those that were shown. */
    static String unknown(Leaf attested) {
        List<String> unknown = checks(results(attested).filter(result -> is(result, "unknown")));
        return unknown.isEmpty()
                ? ""
                : unknown.size() + " of " + results(attested).count() + " results unknown: " + named(unknown);
    }

    /**
     * What was accepted as it is: changes for the worse, and severe failures.
     *
     * @param waived assets and checks whose newest result has a waiver
     */
    static String accepted(Leaf attested, Set<String> waived) {
        Object answered = attested.data().get("answered");
        List<String> changes = attested.items("changes")
                .filter(change -> WORSE.contains(Leaf.text(change, "effect")))
                .map(change -> Leaf.text(change, "path"))
                .filter(path -> answered instanceof List<?> paths && paths.contains(path))
                .toList();
        List<String> failing = checks(results(attested)
                .filter(result -> is(result, "fail")
                        && SEVERE.contains(Leaf.text(result, "severity"))
                        && !Leaf.text(result, "stale").equals("true")
                        && !waived.contains(attested.asset() + "\n" + Leaf.text(result, "check"))));
        String weaker = changes.isEmpty() ? "" : "weaker: " + named(changes);
        String fails = failing.isEmpty() ? "" : "failing: " + named(failing);
        return weaker + (weaker.isEmpty() || fails.isEmpty() ? "" : "; ") + fails;
    }

    private static Stream<Map<?, ?>> results(Leaf attested) {
        return attested.items("checks")
                .filter(check -> !Leaf.text(check, "record").isEmpty());
    }

    private static boolean is(Map<?, ?> result, String outcome) {
        return Leaf.text(result, "outcome").equals(outcome);
    }

    private static List<String> checks(Stream<Map<?, ?>> results) {
        return results.map(result -> Leaf.text(result, "check")).toList();
    }

    private static String named(List<String> ids) {
        return String.join("|", ids.subList(0, Math.min(NAMED, ids.size()))) + (ids.size() > NAMED ? "|…" : "");
    }
}
