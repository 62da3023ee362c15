package dev.ronde.check;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.CheckTexts;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Rewording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the assertions of a run say, in the language of who reads. Records hold the messages in the check's own language; the translated
 * ones are filled anew from the facts recorded with them, and only where these facts give the recorded message too. What is said of another
 * address than the recorded one is filled from its own words.
 */
public final class RunTexts {
    private final Catalogue catalogue;

    RunTexts(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Says a message of the check again, from the facts recorded with it. */
    Optional<String> retold(
            CheckDefinition check, CheckDefinition.Condition condition, JsonNode details, Locale language) {
        String own = condition.message();
        String other = translation(check.id(), language)
                .map(CheckTexts::messages)
                .map(messages -> messages.get(condition.id()))
                .orElse(null);
        return own == null || other == null
                ? Optional.empty()
                : retold(check, own, other, details.path("detail").asString(""), details, language);
    }

    /**
     * The message of one assertion that failed or broke.
     *
     * @param stored as it was recorded
     * @param told as it is said now
     */
    public record Message(String assertion, boolean failed, String stored, String told) {}

    /** Returns what to do where the check fails, in one line; empty where it is not there any more. */
    public String remedy(String check, Locale language) {
        return catalogue
                .find(check)
                .map(entry -> catalogue.texts(entry, language).remediation().summary())
                .orElse("");
    }

    /** Returns whether a check has texts of its own for this language; without them everything is said as it was recorded. */
    public boolean translates(String check, Locale language) {
        return translation(check, language).isPresent();
    }

    private Optional<CheckTexts> translation(String check, Locale language) {
        return catalogue.find(check).flatMap(entry -> catalogue.translations().find(entry, language));
    }

    /**
     * Returns the messages of a run in the order of its assertions.
     *
     * @param details the data of its record, see {@link CheckRuns#details}
     */
    public List<Message> messages(String check, JsonNode details, Locale language) {
        Map<String, String> translated =
                translation(check, language).map(CheckTexts::messages).orElse(Map.of());
        Optional<CheckDefinition> definition = catalogue.find(check).flatMap(CatalogueEntry::sound);
        Map<String, String> own = new HashMap<>();
        definition.ifPresent(
                sound -> sound.rules().assertions().forEach(assertion -> own.put(assertion.id(), assertion.message())));
        List<Message> messages = new ArrayList<>();
        for (JsonNode node : details.path("assertions")) {
            String id = node.path("id").asString("");
            String stored = node.path("message").asString("");
            boolean failed = node.path("result").asString("").equals(Outcome.FAIL.code());
            if (!stored.isEmpty()) {
                String other = failed ? translated.get(id) : null;
                String told = other == null || definition.isEmpty()
                        ? stored
                        : message(definition.get(), own.getOrDefault(id, ""), other, stored, details, language);
                messages.add(new Message(id, failed, stored, told));
            }
        }
        return messages;
    }

    private static String message(
            CheckDefinition check, String own, String other, String stored, JsonNode details, Locale language) {
        return retold(check, own, other, stored, details, language)
                .or(() -> everywhere(check, own, other, stored, details, language))
                .orElse(stored);
    }

    /** Of several addresses only the facts of the worst are recorded; what is said of the others has only its own words. */
    private static Optional<String> everywhere(
            CheckDefinition check, String own, String other, String stored, JsonNode details, Locale language) {
        List<String> told = new ArrayList<>();
        for (FailedEverywhere.Part part : FailedEverywhere.parts(stored)) {
            Optional<String> words = retold(check, own, other, part.own(), details, language)
                    .or(() -> Rewording.of(
                            own,
                            other,
                            part.own(),
                            FactWords.in(language, check.facts().name())));
            if (words.isEmpty()) {
                return Optional.empty();
            }
            told.add(part.told(words.get(), language));
        }
        return told.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", told));
    }

    private static Optional<String> retold(
            CheckDefinition check, String own, String other, String stored, JsonNode details, Locale language) {
        return Judge.retell(
                check,
                own,
                other,
                stored,
                Explainer.input(check, details, Map.of(), Instant.EPOCH),
                FactWords.in(language, check.facts().name()));
    }
}
