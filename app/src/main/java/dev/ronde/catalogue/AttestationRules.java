package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.Language;
import dev.ronde.catalogue.cel.SyntaxException;
import dev.ronde.platform.document.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What every check that a person answers requires, whatever its file says: that somebody stated anything, of this check file and of the
 * asset where it is now, and not longer ago than {@code frequency}.
 */
final class AttestationRules {
    private static final String FACTS = "attestation.v1";

    private AttestationRules() {}

    /** Conditions that come before the file's own, none for other checks; adds their ids to {@code ids}. */
    static List<CheckDefinition.Condition> required(
            Fields file, ProbeSpec probe, FactSchema facts, Language language, Set<String> ids) {
        Duration frequency = probe.frequency();
        if (frequency == null) {
            return List.of();
        }
        if (!facts.name().equals(FACTS)) {
            file.problem("facts", "probe type attestation gives the facts " + FACTS + ", not " + facts.name());
            return List.of();
        }
        List<CheckDefinition.Condition> required = new ArrayList<>();
        try {
            required.add(condition(language, "ever-attested", "has(facts.attested)", "never-attested"));
            required.add(unchanged(language, "attested-of-this-check", "check"));
            required.add(unchanged(language, "attested-of-this-asset", "asset"));
            required.add(condition(
                    language,
                    "attested-in-time",
                    "now - facts.statedAt < duration('" + frequency.toSeconds() + "s')",
                    Judgement.ATTESTATION_OVERDUE));
        } catch (SyntaxException e) {
            file.problem(
                    "facts", "facts/" + FACTS + ".yaml does not say what a person stated and when: " + e.problem());
        }
        required.forEach(condition -> ids.add(condition.id()));
        return required;
    }

    private static CheckDefinition.Condition unchanged(Language language, String id, String what)
            throws SyntaxException {
        return condition(
                language, id, "!has(facts.changed) || facts.changed != '" + what + "'", Judgement.ATTESTATION_OUTDATED);
    }

    private static CheckDefinition.Condition condition(Language language, String id, String expression, String reason)
            throws SyntaxException {
        return new CheckDefinition.Condition(id, language.compile(expression), reason, false, null);
    }
}
