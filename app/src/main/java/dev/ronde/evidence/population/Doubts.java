package dev.ronde.evidence.population;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an attestation leaves to ask about, as the kinds of exceptions with their details. */
final class Doubts {
    private static final int NAMED = 10;

    private Doubts() {}

    /** @param waivers of the newest result of each asset and check */
    static Map<String, String> of(Leaf attested, Map<String, String> waivers) {
        Object answered = attested.data().get("answered");
        List<Map<?, ?>> changes = attested.items("changes").toList();
        List<Map<?, ?>> results = attested.items("checks")
                .filter(check -> !Leaf.text(check, "record").isEmpty())
                .toList();
        String weaker = told(
                "changes weaker",
                changes,
                "path",
                change -> Set.of("weaker", "wider").contains(Leaf.text(change, "effect"))
                        && answered instanceof List<?> paths
                        && paths.contains(change.get("path")));
        String failing = told(
                "results failing",
                results,
                "check",
                check -> Leaf.text(check, "outcome").equals("fail")
                        && Set.of("critical", "high").contains(Leaf.text(check, "severity"))
                        && !Leaf.text(check, "stale").equals("true")
                        && waivers.getOrDefault(attested.asset() + "\n" + Leaf.text(check, "check"), "")
                                .isEmpty());
        String accepted =
                Stream.of(weaker, failing).filter(one -> !one.isEmpty()).collect(Collectors.joining("; "));
        Map<String, String> doubts = new HashMap<>();
        doubts.put("weaker_accepted", attested.privateText("waiver").isEmpty() ? accepted : "");
        doubts.put(
                "attested_with_unknown_results",
                told(
                        "results unknown",
                        results,
                        "check",
                        check -> Leaf.text(check, "outcome").equals("unknown")));
        doubts.values().removeIf(String::isEmpty);
        return doubts;
    }

    private static String told(String what, List<Map<?, ?>> all, String id, Predicate<Map<?, ?>> asked) {
        List<String> ids =
                all.stream().filter(asked).map(item -> Leaf.text(item, id)).toList();
        String named = String.join("|", ids.subList(0, Math.min(NAMED, ids.size()))) + (ids.size() > NAMED ? "|…" : "");
        return ids.isEmpty() ? "" : ids.size() + " of " + all.size() + " " + what + ": " + named;
    }
}
