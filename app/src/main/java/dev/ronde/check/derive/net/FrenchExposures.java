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
 * Says in French what {@link ExposureWords} says and facts hold, and what derivers call rules, their lists and groups: the sentences are facts, so that they are translated where they are
 * shown, with the names of rules, owners and groups as they are. A sentence of another form stays as it is.
 */
public final class FrenchExposures {
    /** Stands in for a rule name, which may hold anything, while the words around it are translated. */
    private static final char HELD = '\uE000';

    private record Phrase(Pattern english, String french) {
        static Phrase of(String english, String french) {
            return new Phrase(Pattern.compile(english), french);
        }

        String in(String text) {
            return english.matcher(text).replaceAll(french);
        }
    }

    private static final Pattern COUNT = Pattern.compile("([0-9,]+) public IPv4 addresses");
    private static final String GROUP = "(?<=est dans |portant |, | and )";

    private static final List<Phrase> PHRASES = List.of(
            Phrase.of("any public (IPv[46]) address except ", "toute adresse $1 publique sauf "),
            Phrase.of("any public (IPv[46]) address", "toute adresse $1 publique"),
            Phrase.of("most public (IPv[46]) addresses", "la plupart des adresses $1 publiques"),
            Phrase.of("any Azure customer \\(", "tout client d’Azure ("),
            Phrase.of("whoever is in ", "quiconque est dans "),
            Phrase.of("the public part of ", "la partie publique de "),
            Phrase.of("every protocol and port", "tous les protocoles et ports"),
            Phrase.of("every ([A-Z0-9, ]+?(?: and [A-Z0-9]+)?) port\\b", "tous les ports $1"),
            Phrase.of("\\bprotocol (?=[0-9])", "protocole "),
            Phrase.of("(→ .*?) of ", "$1 de "),
            Phrase.of(" de machines with ", " de machines portant "),
            Phrase.of(" de members of application group ", " de membres du groupe d’application "),
            Phrase.of(GROUP + "tags or service accounts", "étiquettes ou comptes de service"),
            Phrase.of(GROUP + "tag ", "l’étiquette "),
            Phrase.of(GROUP + "service account ", "le compte de service "),
            Phrase.of(GROUP + "prefix list ", "la liste de préfixes "),
            Phrase.of(", then ", ", puis "),
            Phrase.of(" and ([0-9]+) more(?=\\)|,|$)", " et $1 de plus"),
            Phrase.of(" and ", " et "));

    private static final List<Phrase> BETWEEN =
            List.of(Phrase.of("; and ([0-9]+) more$", " ; et $1 de plus"), Phrase.of("(?<! ); ", " ; "));

    private static final List<Phrase> NOTES = List.of(
            Phrase.of(
                    "security admin rules of a network manager, if there is one, are not part of the snapshot",
                    "les règles d’administration d’un gestionnaire de réseau, s’il y en a un, ne figurent pas dans l’instantané"),
            Phrase.of(
                    "firewall policies of the organisation, its folders and networks are not part of the snapshot",
                    "les stratégies de pare-feu de l’organisation, de ses dossiers et de ses réseaux ne figurent pas dans l’instantané"),
            Phrase.of(
                    "disabled rules are left out; they open nothing until somebody enables them",
                    "les règles désactivées sont laissées de côté ; elles n’ouvrent rien tant que personne ne les active"),
            Phrase.of(
                    "network ACLs are not part of the snapshot; they can only close more",
                    "les ACL réseau ne figurent pas dans l’instantané ; elles ne peuvent que fermer davantage"),
            Phrase.of(
                    "outbound entries of network ACLs are not looked at; they can only close more",
                    "les entrées sortantes des ACL réseau ne sont pas examinées ; elles ne peuvent que fermer davantage"),
            Phrase.of(
                    "rule (.*): what the service tag (.*) stands for is not known here; it neither opens nor closes anything",
                    "règle $1 : on ne sait pas ici ce que désigne l’étiquette de service $2 ; elle n’ouvre ni ne ferme rien"),
            Phrase.of(
                    "rule (.*): its destination (.*) is a service tag; it is taken to close nothing",
                    "règle $1 : sa destination $2 est une étiquette de service ; elle est réputée ne rien fermer"));

    private static final Map<String, String> OWNERS = Map.of(
            "the network manager", "gestionnaire de réseau",
            "the subnet's group", "groupe du sous-réseau",
            "the interface's group", "groupe de l’interface");

    private static final Pattern NETWORK = Pattern.compile("network ([a-z][-a-z0-9]*)");
    private static final Pattern UNNAMED = Pattern.compile("(all|[a-z0-9]+)( [0-9]+(?:-[0-9]+)?)? (from|to) (\\S+)");
    private static final String START = "(?<=^|, | and )";

    private FrenchExposures() {}

    /** Returns facts of {@code network.exposure.v1} with their sentences in French. */
    public static Map<String, Object> of(Map<String, Object> facts) {
        Map<String, Object> french = new LinkedHashMap<>(facts);
        Map<String, String> sentences = new LinkedHashMap<>();
        List<Object> exposures = new ArrayList<>();
        for (Map<?, ?> exposure : maps(facts.get("exposures"))) {
            String words = text(exposure.get("words"));
            sentences.put(words, sentence(words, exposure));
            exposures.add(with(exposure, text(sentences.get(words))));
        }
        french.put("exposures", exposures);
        french.computeIfPresent("notes", (name, notes) -> notes instanceof List<?> list ? notes(list) : notes);
        for (String name : List.of("sensitive", "unpublished")) {
            if (facts.get(name) instanceof Map<?, ?> open) {
                french.put(name, with(open, keeping(text(open.get("words")), sentences, BETWEEN)));
            }
        }
        return french;
    }

    private static Map<Object, Object> with(Map<?, ?> fact, String words) {
        Map<Object, Object> copy = new LinkedHashMap<>(fact);
        copy.put("words", words);
        return copy;
    }

    private static String sentence(String words, Map<?, ?> exposure) {
        if (!words.startsWith(exposure.get("source") + " → ") || !words.contains(", rule ")) {
            return words;
        }
        Map<String, String> rules = new LinkedHashMap<>();
        maps(exposure.get("rules")).forEach(rule -> rules.put(rule("rule ", rule, false), rule("règle ", rule, true)));
        return keeping(words, rules, PHRASES);
    }

    private static String rule(String word, Map<?, ?> rule, boolean french) {
        String name = text(rule.get("name"));
        Object owner = rule.get("owner");
        Object priority = rule.get("priority");
        return word
                + (french ? name(name) : name)
                + (owner == null ? "" : french ? ofOwner(owner.toString()) : " of " + owner)
                + (priority == null ? "" : (french ? ", priorité " : ", priority ") + priority);
    }

    /** The text in French, in which these parts are known and everything else is made of the phrases. */
    private static String keeping(String text, Map<String, String> known, List<Phrase> phrases) {
        List<Map.Entry<String, String>> parts = known.entrySet().stream()
                .filter(part -> !part.getKey().isEmpty())
                .sorted(Comparator.comparing(part -> -part.getKey().length()))
                .toList();
        String told = text;
        for (int i = 0; i < parts.size(); i++) {
            told = told.replace(parts.get(i).getKey(), "" + HELD + i + HELD);
        }
        told = COUNT.matcher(told)
                .replaceAll(count -> count.group(1).replace(',', '\u202F') + " adresses IPv4 publiques");
        for (Phrase phrase : phrases) {
            told = phrase.in(told);
        }
        for (int i = 0; i < parts.size(); i++) {
            told = told.replace("" + HELD + i + HELD, parts.get(i).getValue());
        }
        return told;
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : List.of()) {
            if (item instanceof Map<?, ?> map) {
                maps.add(map);
            }
        }
        return maps;
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    /** Unknown sentences stay in English. */
    private static List<String> notes(List<?> notes) {
        return notes.stream().map(note -> note(String.valueOf(note))).toList();
    }

    private static String note(String note) {
        return NOTES.stream()
                .filter(known -> known.english().matcher(note).matches())
                .findFirst()
                .map(known -> known.in(note))
                .orElse(note);
    }

    public static String name(String name) {
        Matcher unnamed = UNNAMED.matcher(name);
        if (!unnamed.matches()) {
            return name;
        }
        String ports = unnamed.group(2);
        return (unnamed.group(1).equals("all") ? "tout" : unnamed.group(1))
                + (ports == null ? "" : ports)
                + (unnamed.group(3).equals("from") ? " depuis " : " vers ")
                + unnamed.group(4);
    }

    public static String owner(String owner) {
        Matcher network = NETWORK.matcher(owner);
        return network.matches() ? "réseau " + network.group(1) : OWNERS.getOrDefault(owner, owner);
    }

    private static String ofOwner(String owner) {
        String french = owner(owner);
        return (french.equals(owner) ? " de " : " du ") + french;
    }

    public static String place(String place) {
        return place.equals("tags or service accounts")
                ? "étiquettes ou comptes de service"
                : place.replaceAll(START + "tag ", "étiquette ")
                        .replaceAll(START + "service account ", "compte de service ");
    }
}
