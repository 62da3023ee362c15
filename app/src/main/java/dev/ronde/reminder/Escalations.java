package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.review.Review;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the last reminder says about to whom a review goes one level up. */
final class Escalations {
    private static final String MISSED = "missed";

    private Escalations() {}

    /** The next step and when it comes, else when the window closes; empty if nothing follows. */
    static Map<String, String> next(Directory people, Review review, Asset asset, Person reader, Instant now) {
        Optional<Person> backup = people.reached(asset.backupId());
        Optional<LocalDate> onBackup = backup.flatMap(one -> day(people, Topic.BACKUP, one, review, reader, now));
        if (onBackup.isPresent()) {
            return line(Topic.BACKUP.word(), List.of(backup.get()), onBackup.get(), reader);
        }
        Optional<Person> manager = people.reached(asset.managerId());
        Optional<LocalDate> onManager = manager.flatMap(one -> day(people, Topic.MANAGER, one, review, reader, now));
        if (onManager.isPresent()) {
            return line(Topic.MANAGER.word(), List.of(manager.get()), onManager.get(), reader);
        }
        Map<LocalDate, List<Person>> leads = new TreeMap<>();
        List<Topic> higher = toLeads(people, review, asset);
        for (Person lead : people.leads()) {
            higher.stream()
                    .flatMap(topic -> day(people, topic, lead, review, reader, now).stream())
                    .findFirst()
                    .ifPresent(day ->
                            leads.computeIfAbsent(day, key -> new ArrayList<>()).add(lead));
        }
        Optional<Map.Entry<LocalDate, List<Person>>> first =
                leads.entrySet().stream().findFirst();
        if (first.isPresent()) {
            List<Person> who = first.get().getValue();
            return line(
                    Topic.LEAD.word() + (who.size() > 1 ? ".many" : ""),
                    who,
                    first.get().getKey(),
                    reader);
        }
        return review.stateAt(now).ahead() ? line(MISSED, List.of(), review.lastDay(), reader) : Map.of();
    }

    private static List<Topic> toLeads(Directory people, Review review, Asset asset) {
        List<Topic> topics = new ArrayList<>();
        if (unreached(people, review, asset.backupId())) {
            topics.add(Topic.BACKUP);
        }
        if (unreached(people, review, asset.managerId())) {
            topics.add(Topic.MANAGER);
        }
        topics.add(Topic.LEAD);
        return topics;
    }

    private static boolean unreached(Directory people, Review review, @Nullable UUID personId) {
        return people.active(personId)
                .filter(person -> !person.id().equals(review.ownerId()) && !people.tries(person))
                .isPresent();
    }

    /** The day somebody is told; empty if it is past or outside the window. */
    private static Optional<LocalDate> day(
            Directory people, Topic topic, Person person, Review review, Person reader, Instant now) {
        LocalDate day = Ladder.escalationDay(topic, review.dates().dueOn(), people.times(person));
        return Optional.of(day)
                .filter(ahead -> another(person, review, reader))
                .filter(ahead -> ahead.isAfter(LocalTimes.dayOf(now, person.zone())))
                .filter(ahead -> !ahead.isAfter(review.lastDay()));
    }

    /** True if the person neither has the review nor is the reader. */
    private static boolean another(Person person, Review review, Person reader) {
        return !person.id().equals(review.ownerId()) && !person.id().equals(reader.id());
    }

    private static Map<String, String> line(String step, List<Person> who, LocalDate day, Person reader) {
        return Map.of(
                "step",
                step,
                "name",
                who.stream().map(person -> CleanText.line(person.name())).collect(Collectors.joining(", ")),
                "day",
                MailDates.day(day, reader.language()));
    }
}
