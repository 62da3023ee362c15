package dev.ronde.check.derive.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in French what {@link ExposureWords} says and facts hold: the sentences are facts, so that they are translated where they are
 * shown, with the names of rules, owners and groups as they are. A sentence of another form stays as it is.
 */
public final class FrenchExposures {
    private static final String ARROW = " → ";
    /** Stands in for a rule name, which may hold anything, while the words around it are translated. */
    private static final char HELD = '\uE000';

    private static final Pattern EXCEPT = Pattern.compile("any public (IPv[46]) address except (.*)");
    private static final Pattern MOST = Pattern.compile("most public (IPv[46]) addresses \\((.*)\\)");
    private static final Pattern MANY = Pattern.compile("([0-9,]+) public IPv4 addresses \\((.*)\\)");
    private static final Pattern MORE = Pattern.compile(" and ([0-9]+) more(?=\\)|$)");
    private static final Pattern REST = Pattern.compile("; and ([0-9]+) more$");

    private static final Map<String, String> NOTES = Map.of(
            "security admin rules of a network manager, if there is one, are not part of the snapshot",
            "les règles d’administration d’un gestionnaire de réseau, s’il y en a un, ne figurent pas dans l’instantané",
            "firewall policies of the organisation, its folders and networks are not part of the snapshot",
            "les stratégies de pare-feu de l’organisation, de ses dossiers et de ses réseaux ne figurent pas dans l’instantané",
            "disabled rules are left out; they open nothing until somebody enables them",
            "les règles désactivées sont laissées de côté ; elles n’ouvrent rien tant que personne ne les active",
            "network ACLs are not part of the snapshot; they can only close more",
            "les ACL réseau ne figurent pas dans l’instantané ; elles ne peuvent que fermer davantage",
            "outbound entries of network ACLs are not looked at; they can only close more",
            "les entrées sortantes des ACL réseau ne sont pas examinées ; elles ne peuvent que fermer davantage");

    private static final Map<Pattern, String> NOTE_FORMS = Map.of(
            Pattern.compile(
                    "rule (.*): what the service tag (.*) stands for is not known here; it neither opens nor closes anything"),
            "règle $1 : on ne sait pas ici ce que désigne l’étiquette de service $2 ; elle n’ouvre ni ne ferme rien",
            Pattern.compile("rule (.*): its destination (.*) is a service tag; it is taken to close nothing"),
            "règle $1 : sa destination $2 est une étiquette de service ; elle est réputée ne rien fermer");

    private FrenchExposures() {}

    /** Returns facts of {@code network.exposure.v1} with their sentences in French. */
    public static Map<String, Object> of(Map<String, Object> facts) {
        Map<String, Object> french = new LinkedHashMap<>(facts);
        Map<String, String> said = new LinkedHashMap<>();
        List<Object> exposures = new ArrayList<>();
        for (Object item : facts.get("exposures") instanceof List<?> list ? list : List.of()) {
            if (item instanceof Map<?, ?> exposure) {
                String words = text(exposure.get("words"));
                String told = sentence(words, exposure);
                said.put(words, told);
                Map<Object, Object> copy = new LinkedHashMap<>(exposure);
                copy.put("words", told);
                exposures.add(copy);
            }
        }
        french.put("exposures", exposures);
        french.computeIfPresent("notes", (name, notes) -> notes instanceof List<?> list ? notes(list) : notes);
        for (String name : List.of("sensitive", "unpublished")) {
            if (facts.get(name) instanceof Map<?, ?> open) {
                Map<Object, Object> copy = new LinkedHashMap<>(open);
                copy.put("words", joined(text(open.get("words")), said));
                french.put(name, copy);
            }
        }
        return french;
    }

    private static String joined(String words, Map<String, String> said) {
        String rest = words;
        StringBuilder french = new StringBuilder();
        while (!rest.isEmpty()) {
            String left = rest;
            String next = said.keySet().stream()
                    .filter(sentence -> !sentence.isEmpty() && left.startsWith(sentence))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
            if (next.isEmpty()) {
                return french.append(REST.matcher(left).replaceFirst(" ; et $1 de plus"))
                        .toString();
            }
            french.append(said.get(next));
            rest = left.substring(next.length());
            if (rest.startsWith("; ") && !REST.matcher(rest).matches()) {
                french.append(" ; ");
                rest = rest.substring(2);
            }
        }
        return french.toString();
    }

    private static String sentence(String words, Map<?, ?> exposure) {
        String source = text(exposure.get("source"));
        int rules = words.indexOf(", rule ");
        int start = source.length() + ARROW.length();
        if (!words.startsWith(source + ARROW) || rules < start) {
            return words;
        }
        String head = words.substring(start, rules);
        int of = head.indexOf(" of ");
        String scope = of < 0 ? "" : " de " + listed(scope(head.substring(of + " of ".length())));
        return source(source) + ARROW + ports(of < 0 ? head : head.substring(0, of)) + scope + ", "
                + rules(words.substring(rules + 2), exposure.get("rules"));
    }

    private static String scope(String scope) {
        String machines = "machines with ";
        return scope.startsWith(machines)
                ? "machines portant " + FrenchRules.groups(scope.substring(machines.length()))
                : scope.replaceFirst("^members of application group ", "membres du groupe d’application ");
    }

    private static String source(String source) {
        Matcher except = EXCEPT.matcher(source);
        if (except.matches()) {
            return "toute adresse " + except.group(1) + " publique sauf " + listed(except.group(2));
        }
        Matcher most = MOST.matcher(source);
        if (most.matches()) {
            return "la plupart des adresses " + most.group(1) + " publiques (" + listed(most.group(2)) + ")";
        }
        Matcher many = MANY.matcher(source);
        if (many.matches()) {
            return many.group(1).replace(',', '\u202F') + " adresses IPv4 publiques (" + part(many.group(2)) + ")";
        }
        String named = "whoever is in ";
        if (source.startsWith(named)) {
            return "quiconque est dans " + listed(FrenchRules.groups(source.substring(named.length())));
        }
        return part(source.replaceFirst("^any public (IPv[46]) address$", "toute adresse $1 publique")
                .replaceFirst("^any Azure customer \\(", "tout client d’Azure ("));
    }

    private static String part(String prefixes) {
        return listed(prefixes.replaceFirst("^the public part of ", "la partie publique de "));
    }

    private static String ports(String ports) {
        return listed(ports.replace("every protocol and port", "tous les protocoles et ports")
                .replaceAll("every ([A-Z0-9, ]+?(?: and [A-Z0-9]+)?) port\\b", "tous les ports $1")
                .replaceAll("\\bprotocol (?=[0-9])", "protocole "));
    }

    private static String rules(String words, @Nullable Object rules) {
        List<Map<?, ?>> named = new ArrayList<>();
        for (Object rule : rules instanceof List<?> list ? list : List.of()) {
            if (rule instanceof Map<?, ?> map) {
                named.add(map);
            }
        }
        named.sort(
                Comparator.comparing((Map<?, ?> rule) -> english(rule).length()).reversed());
        String text = words;
        for (int i = 0; i < named.size(); i++) {
            text = text.replace(english(named.get(i)), "" + HELD + i + HELD);
        }
        text = listed(text).replace(", then ", ", puis ");
        for (int i = 0; i < named.size(); i++) {
            text = text.replace("" + HELD + i + HELD, french(named.get(i)));
        }
        return text;
    }

    private static String english(Map<?, ?> rule) {
        return "rule "
                + text(rule.get("name"))
                + (rule.get("owner") == null ? "" : " of " + rule.get("owner"))
                + (rule.get("priority") == null ? "" : ", priority " + rule.get("priority"));
    }

    private static String french(Map<?, ?> rule) {
        return "règle "
                + FrenchRules.name(text(rule.get("name")))
                + FrenchRules.of(rule.get("owner"))
                + (rule.get("priority") == null ? "" : ", priorité " + rule.get("priority"));
    }

    private static String listed(String items) {
        return MORE.matcher(items).replaceFirst(" et $1 de plus").replace(" and ", " et ");
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    /** Unknown sentences stay in English. */
    private static List<String> notes(List<?> notes) {
        return notes.stream().map(note -> note(String.valueOf(note))).toList();
    }

    private static String note(String note) {
        for (Map.Entry<Pattern, String> form : NOTE_FORMS.entrySet()) {
            Matcher matcher = form.getKey().matcher(note);
            if (matcher.matches()) {
                return matcher.replaceFirst(form.getValue());
            }
        }
        return NOTES.getOrDefault(note, note);
    }
}
