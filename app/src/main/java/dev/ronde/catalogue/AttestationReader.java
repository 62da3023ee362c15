package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.Language;
import dev.ronde.catalogue.cel.SyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code probe: {type: attestation, frequency: …}}, a check that a person answers, and says what every such check requires whatever
 * its file says: that somebody stated anything, of this check file and of the asset where it is now, and not longer ago than
 * {@code frequency}.
 */
final class AttestationReader {
    static final String FREQUENCY = "frequency";

    /** The facts of a statement. */
    static final String FACTS = "attestation.v1";

    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(1_096);

    private AttestationReader() {}

    /** @param limits those of a probe that declares none */
    static ProbeSpec probe(Fields child, ProbeSpec.Limits limits) {
        for (String name : List.of("vantage", "target", "limits", "source", "derive")) {
            if (child.node(name).isPresent()) {
                child.problem(
                        name, "probe type attestation asks a person and sends no packet; it has no '" + name + "'");
            }
        }
        if (!ProbeReader.safety(child, true)) {
            child.problem("safety", "probe type attestation sends no packet: passive");
        }
        if (!child.has(FREQUENCY)) {
            child.problem(child.line(), "probe type attestation needs 'frequency', such as P365D");
        }
        Duration frequency = child.duration(FREQUENCY).orElse(SHORTEST);
        if (frequency.compareTo(SHORTEST) < 0 || frequency.compareTo(LONGEST) > 0) {
            child.problem(
                    FREQUENCY,
                    "'frequency' must be between P" + SHORTEST.toDays() + "D and P" + LONGEST.toDays() + "D");
        }
        child.noOthers();
        return new ProbeSpec(
                ProbeSpec.ATTESTATION, ProbeSpec.Vantage.ANY, true, Map.of(), limits, null, null, frequency);
    }

    /** What such a check requires before anything that its file requires; nothing of other checks. {@code ids} learns of it. */
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
