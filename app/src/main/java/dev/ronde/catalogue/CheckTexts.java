package dev.ronde.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check says to people, in one language: its own, or one it was translated into.
 *
 * @param title what is true when it passes
 * @param rationale why that matters; empty where the check file is broken
 * @param remediation how to make it pass
 * @param verified what the check was seen to judge right, as {@link CheckDefinition.About}
 * @param messages message of each assertion, and of each condition that has one, by its id, with {@code {{path}}} places
 */
public record CheckTexts(
        String title,
        String rationale,
        CheckDefinition.Remediation remediation,
        List<String> verified,
        Map<String, String> messages) {

    static CheckTexts of(CatalogueEntry entry) {
        CheckDefinition check = entry.definition();
        if (check == null) {
            return new CheckTexts(
                    entry.outline().title(),
                    "",
                    new CheckDefinition.Remediation("", List.of(), ""),
                    List.of(),
                    Map.of());
        }
        CheckDefinition.About about = check.about();
        Map<String, String> messages = new LinkedHashMap<>();
        check.rules().conditions().forEach(condition -> {
            String message = condition.message();
            if (message != null) {
                messages.put(condition.id(), message);
            }
        });
        check.rules().assertions().forEach(assertion -> messages.put(assertion.id(), assertion.message()));
        return new CheckTexts(about.title(), about.rationale(), about.remediation(), about.verified(), messages);
    }

    CheckTexts pseudo() {
        Map<String, String> marked = new LinkedHashMap<>();
        messages.forEach((id, message) -> marked.put(id, mark(message)));
        return new CheckTexts(
                mark(title),
                mark(rationale),
                new CheckDefinition.Remediation(
                        mark(remediation.summary()),
                        remediation.steps().stream().map(CheckTexts::mark).toList(),
                        mark(remediation.verify())),
                verified.stream().map(CheckTexts::mark).toList(),
                marked);
    }

    private static String mark(String text) {
        return "⟦" + text + "⟧";
    }
}
