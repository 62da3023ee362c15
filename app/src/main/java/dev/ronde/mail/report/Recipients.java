package dev.ronde.mail.report;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who is named to get the report of each month. */
public record Recipients(Database database, People people, EvidenceLog evidence, InstantSource clock) {
    static final int MOST = 20;

    List<ReportDao.Recipient> list() {
        return database.read(handle -> handle.attach(ReportDao.class).list());
    }

    Optional<ReportDao.Month> last() {
        return database.read(handle -> handle.attach(ReportDao.class).findLast());
    }

    /** Names these and nobody else; {@link Problem} 422 with a pointer for each address that cannot be named. */
    void replace(List<String> addresses, Actor by) {
        if (addresses.size() > MOST) {
            throw Problem.invalid("/people", "too_many", "At most " + MOST + " people get the report. Name fewer.");
        }
        database.useTransaction(tx -> {
            ReportDao dao = tx.attach(ReportDao.class);
            List<FieldError> errors = new ArrayList<>();
            Map<UUID, Person> wanted = new LinkedHashMap<>();
            for (int i = 0; i < addresses.size(); i++) {
                Person person = people.findByEmail(tx, addresses.get(i)).orElse(null);
                if (person != null && dao.mayBeNamed(person.id())) {
                    wanted.put(person.id(), person);
                } else if (person != null && dao.isEngaged(person.id())) {
                    errors.add(
                            new FieldError(
                                    "/people/" + i,
                                    "engaged",
                                    "An engaged auditor gets only what the engagement allows. Let them ask for a bundle themselves."));
                } else {
                    errors.add(
                            new FieldError(
                                    "/people/" + i,
                                    "no_reader",
                                    "Nobody with this address may read exports. Name an administrator, a compliance lead or an auditor."));
                }
            }
            if (!errors.isEmpty()) {
                throw Problem.invalid(errors);
            }
            List<UUID> before = dao.list().stream().map(ReportDao.Recipient::id).toList();
            if (before.size() == wanted.size() && wanted.keySet().containsAll(before)) {
                return;
            }
            before.stream().filter(id -> !wanted.containsKey(id)).forEach(dao::delete);
            wanted.keySet().stream()
                    .filter(id -> !before.contains(id))
                    .forEach(id -> dao.insert(id, clock.instant(), by.ref()));
            evidence.append(
                    tx,
                    Evidence.of("config.changed", by, Subject.of("report", "monthly"))
                            .data(
                                    "after",
                                    Map.of(
                                            "recipients",
                                            wanted.values().stream()
                                                    .map(Person::actorRef)
                                                    .sorted()
                                                    .toList())));
        });
    }
}
