package dev.ronde.catalogue;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * Reads the texts of one check in another language. They say what the check file says, all of it: half a translation would be a page
 * in two languages, and a message may show no more than the check's own does.
 */
final class TextsReader {
    private static final int MAX_TITLE = 120;
    private static final int MAX_TEXT = 2_000;

    private final Fields file;
    private final CheckTexts own;

    private TextsReader(Fields file, CheckTexts own) {
        this.file = file;
        this.own = own;
    }

    /** Use the texts only if {@code problems} stays empty. */
    static CheckTexts read(Node.Mapping file, CheckTexts own, List<Fault> problems) {
        return new TextsReader(new Fields(file, problems), own).texts();
    }

    private CheckTexts texts() {
        CheckTexts texts = new CheckTexts(
                text(file, "title", MAX_TITLE),
                text(file, "rationale", MAX_TEXT),
                remediation(),
                own.verified().isEmpty() ? List.of() : list(file, "verified", own.verified()),
                messages());
        file.noOthers();
        return texts;
    }

    private CheckDefinition.Remediation remediation() {
        file.require("remediation");
        return file.child("remediation")
                .map(child -> {
                    CheckDefinition.Remediation read = new CheckDefinition.Remediation(
                            text(child, "summary", MAX_TEXT),
                            list(child, "steps", own.remediation().steps()),
                            text(child, "verify", MAX_TEXT));
                    child.noOthers();
                    return read;
                })
                .orElse(own.remediation());
    }

    private static List<String> list(Fields fields, String name, List<String> own) {
        fields.require(name);
        List<String> texts = fields.texts(name);
        if (fields.has(name) && texts.size() != own.size()) {
            fields.problem(name, "'" + name + "' has " + texts.size() + " entries; the check has " + own.size());
        }
        texts.forEach(text -> sound(fields, name, text, MAX_TEXT));
        return List.copyOf(texts);
    }

    private Map<String, String> messages() {
        Map<String, String> messages = new LinkedHashMap<>();
        file.require("messages");
        file.child("messages").ifPresent(child -> {
            child.all()
                    .keySet()
                    .forEach(id -> child.known(
                            id,
                            "the check has no assertion",
                            List.of(id),
                            own.messages().keySet()));
            own.messages().forEach((id, message) -> {
                String text = text(child, id, MAX_TEXT);
                if (!text.isEmpty()) {
                    places(child, id, text, message);
                }
                messages.put(id, text);
            });
        });
        return messages;
    }

    /** A translated message may show only the facts and parameters of the original, which are known to be stored. */
    private static void places(Fields child, String id, String text, String message) {
        Set<String> allowed = paths(message);
        Set<String> found = paths(text);
        child.known(id, "the check's own message does not show", found, allowed);
        allowed.stream()
                .filter(path -> !found.contains(path))
                .forEach(path ->
                        child.problem(id, "the check's own message shows {{" + path + "}}; '" + id + "' does not"));
        if (EvidenceRules.PLACE.matcher(text).replaceAll("").contains("{{")) {
            child.problem(id, "places have the form {{facts.path}}");
        }
    }

    private static Set<String> paths(String message) {
        Set<String> paths = new TreeSet<>();
        Matcher matcher = EvidenceRules.PLACE.matcher(message);
        while (matcher.find()) {
            paths.add(matcher.group(1));
        }
        return paths;
    }

    private static String text(Fields fields, String name, int most) {
        String text = fields.requiredText(name);
        sound(fields, name, text, most);
        return text;
    }

    private static void sound(Fields fields, String name, String text, int most) {
        if (text.length() > most) {
            fields.problem(name, "'" + name + "' has " + text.length() + " characters; " + most + " are allowed");
        }
        ReadableText.fault(text).ifPresent(found -> fields.problem(name, "'" + name + "' holds " + found));
    }
}
