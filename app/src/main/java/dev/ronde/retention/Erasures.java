package dev.ronde.retention;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.ErasedTexts;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Erases the words, the name and the address of somebody who has left; what they did, and when, stays under their reference. */
public record Erasures(Database database, InstantSource clock, EvidenceLog evidence, People people) {
    private static final int LONGEST_BASIS = 200;
    private static final String GONE = "@erased.invalid";

    /**
     * What was erased.
     *
     * @param person the reference that stays
     * @param texts how many private texts of records went
     */
    public record Erased(String person, int texts, Instant erasedAt) {}

    /**
     * Erases a person.
     *
     * @param who address or reference
     * @param basis the legal basis, at most 200 characters; it is sealed and shown in exports
     * @throws Problem 422 for nobody or no basis, 409 {@code still_active}, {@code already_erased} or {@code held}; that a hold refused it is a record
     */
    public Erased erase(@Nullable String who, @Nullable String basis, Actor by) {
        String stated = basis == null ? "" : basis.strip();
        if (stated.isEmpty()
                || stated.length() > LONGEST_BASIS
                || stated.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "/basis",
                    "required",
                    "Name the legal basis in one line of at most 200 characters, such as Art. 17.");
        }
        return database.inTransaction(tx -> erase(tx, Holds.named(tx, people, who == null ? "" : who), stated, by))
                .orElseThrow(() -> Problem.conflict(
                        "held", "A legal hold covers what this person said. Release it first: ronde hold list"));
    }

    /** Empty where a hold refuses it. */
    private Optional<Erased> erase(Handle tx, Person person, String basis, Actor by) {
        if (person.active()) {
            throw Problem.conflict(
                    "still_active",
                    "This person is active. Hand over and deactivate first: ronde user handover " + person.email());
        }
        if (person.email().endsWith(GONE)) {
            throw Problem.conflict("already_erased", "This person was erased already.");
        }
        Instant now = clock.instant();
        List<ErasureDao.Text> texts =
                tx.attach(ErasureDao.class).list(person, person.email().toLowerCase(Locale.ROOT), now);
        Evidence record;
        boolean held = texts.stream().anyMatch(ErasureDao.Text::held);
        if (held) {
            record = record("erasure.refused", person, basis, by).data("reason", "hold");
        } else {
            tx.attach(ErasureDao.class).erase(texts, now);
            String gone = "erased-" + person.actorRef().substring(2) + GONE;
            ErasureDao.eraseElsewhere(tx, person, gone, now);
            record = record(ErasedTexts.TYPE, person, basis, by)
                    .data(
                            "fields",
                            List.copyOf(new TreeSet<>(
                                    texts.stream().map(ErasureDao.Text::field).toList())))
                    .data("count", texts.size())
                    .data(
                            "texts",
                            Map.of(
                                    "named",
                                    texts.stream()
                                            .map(text -> ErasedTexts.name(text.recId(), text.field()))
                                            .toList()));
        }
        evidence.append(tx, record);
        return held ? Optional.empty() : Optional.of(new Erased(person.actorRef(), texts.size(), now));
    }

    private static Evidence record(String type, Person person, String basis, Actor by) {
        return Evidence.of(type, by, Subject.of("person", person.actorRef(), person.version() + 1))
                .data("basis", basis);
    }
}
