package dev.ronde.check.derive.net;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in French what derivers note as left open; a sentence they do not say stays as it is. */
final class FrenchNotes {
    private static final Map<String, String> SENTENCES = Map.of(
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

    private static final Map<Pattern, String> FORMS = Map.of(
            Pattern.compile(
                    "rule (.*): what the service tag (.*) stands for is not known here; it neither opens nor closes anything"),
            "règle $1 : on ne sait pas ici ce que désigne l’étiquette de service $2 ; elle n’ouvre ni ne ferme rien",
            Pattern.compile("rule (.*): its destination (.*) is a service tag; it is taken to close nothing"),
            "règle $1 : sa destination $2 est une étiquette de service ; elle est réputée ne rien fermer");

    private FrenchNotes() {}

    static List<String> of(List<?> notes) {
        return notes.stream().map(note -> say(String.valueOf(note))).toList();
    }

    private static String say(String note) {
        for (Map.Entry<Pattern, String> form : FORMS.entrySet()) {
            Matcher matcher = form.getKey().matcher(note);
            if (matcher.matches()) {
                return matcher.replaceFirst(form.getValue());
            }
        }
        return SENTENCES.getOrDefault(note, note);
    }
}
