package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What evidence says about people. Names and addresses are private texts beside the record, which commits to them.
 */
public record PersonRecords(EvidenceLog log) {
    void added(Handle tx, Person person, Actor by) {
        log.append(tx, about("person.added", person, by));
    }

    void changed(Handle tx, Person person, List<String> fields, Actor by) {
        log.append(tx, about("person.changed", person, by).changed(fields));
    }

    /** Records only the hash of what is stored: nobody can guess the password from it. */
    void password(Handle tx, Person person, String stored, Actor by) {
        log.append(
                tx,
                about("person.changed", person, by)
                        .data(RecordedAccounts.CREDENTIAL, Secrets.sha256(stored))
                        .changed(List.of("password")));
    }

    void members(Handle tx, Person team, List<String> actorRefs, Actor by) {
        log.append(
                tx, about("person.changed", team, by).data("members", actorRefs).changed(List.of("members")));
    }

    void deactivated(Handle tx, Person person, Actor by) {
        log.append(tx, about("person.deactivated", person, by).changed(List.of("active")));
    }

    void handedOver(Handle tx, Person person, Map<String, Object> what, Actor by) {
        Evidence record = about("person.handed-over", person, by);
        for (Map.Entry<String, Object> fact : what.entrySet()) {
            record = record.data(fact.getKey(), fact.getValue());
        }
        log.append(tx, record);
    }

    /** The note may be personal and is recorded as a private text. */
    void away(Handle tx, Person person, Absence absence, String type, Actor by) {
        log.append(
                tx,
                about(type, person, by)
                        .data("absence", absence.id().toString())
                        .data("from", absence.fromOn())
                        .data("until", absence.untilOn())
                        .priv("note", absence.note()));
    }

    void granted(Handle tx, Person person, String role, Actor by) {
        log.append(tx, about("role.granted", person, by).data("role", role));
    }

    void revoked(Handle tx, Person person, String role, Actor by) {
        log.append(tx, about("role.revoked", person, by).data("role", role));
    }

    void described(Handle tx, String organisation, String zone, String language, Actor by) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("organisation", organisation);
        after.put("zone", zone);
        after.put("language", language);
        log.append(
                tx,
                Evidence.of("config.changed", by, Subject.of("installation", "1"))
                        .data("after", after)
                        .changed(List.copyOf(after.keySet())));
    }

    void session(Handle tx, String type, Person person, Actor by) {
        log.append(tx, Evidence.of(type, by, subject(person)));
    }

    private static Evidence about(String type, Person person, Actor by) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("active", person.active());
        after.put("language", person.language().toLanguageTag());
        if (person.role() != null) {
            after.put("role", person.role().word());
        }
        after.put("zone", person.zone().getId());
        if (!person.week().equals(WorkWeek.USUAL)) {
            after.put("working_days", person.week().words());
        }
        return Evidence.of(type, by, subject(person))
                .data("after", after)
                .priv("email", person.email())
                .priv("name", person.name());
    }

    private static Subject subject(Person person) {
        return new Subject("person", person.actorRef(), person.version());
    }
}
