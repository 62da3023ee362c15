package dev.ronde.evidence.population;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What an attestation leaves to ask about, as the kinds of exceptions with their details. */
final class Doubts {
    private Doubts() {}

    /** @param waivers of the newest result of each asset and check */
    static Map<String, String> of(Leaf attested, Map<String, String> waivers) {
        List<?> answered = attested.data().get("answered") instanceof List<?> list ? list : List.of();
        List<Map<?, ?>> changes = attested.items("changes").toList();
        List<Map<?, ?>> results = attested.items("checks")
                .filter(one -> one.get("record") != null)
                .toList();
        String weaker = told(
                "changes weaker",
                changes,
                "path",
                one -> answered.contains(one.get("path"))
                        && Leaf.text(one, "effect").matches("weaker|wider"));
        String failing = told(
                "results failing",
                results,
                "check",
                one -> "fail".equals(one.get("outcome"))
                        && Leaf.text(one, "severity").matches("critical|high")
                        && !Boolean.TRUE.equals(one.get("stale"))
                        && waivers.getOrDefault(attested.asset() + "\n" + one.get("check"), "")
                                .isEmpty());
        String accepted = weaker + (weaker.isEmpty() || failing.isEmpty() ? "" : "; ") + failing;
        String unknown = told("results unknown", results, "check", one -> "unknown".equals(one.get("outcome")));
        boolean waived = !attested.privateText("waiver").isEmpty();
        return Map.of("weaker_accepted", waived ? "" : accepted, "attested_with_unknown_results", unknown);
    }

    private static String told(String what, List<Map<?, ?>> all, String id, Predicate<Map<?, ?>> asked) {
        List<String> ids =
                all.stream().filter(asked).map(one -> Leaf.text(one, id)).toList();
        String named = String.join("|", ids.subList(0, Math.min(10, ids.size()))) + (ids.size() > 10 ? "|…" : "");
        return ids.isEmpty() ? "" : ids.size() + " of " + all.size() + " " + what + ": " + named;
    }
}
