package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailState;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.review.Review;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What mails say about to whom a review goes one level up, each as a step with names and a day, in words of the reader. */
final class Escalations {
    private static final String MISSED = "missed";
    /** Where who reads is told as well. */
    private static final String MISSED_YOU = "missed.you";

    private Escalations() {}

    /** To whom it goes next, and when, if it stays open within its window; last, until it is done, when that closes. */
    static List<Map<String, String>> ahead(
            Calendars calendars, Review review, Asset asset, Person reader, Instant now) {
        List<Map<String, String>> next = new ArrayList<>();
        calendars
                .reached(asset.backupId())
                .ifPresent(backup -> day(calendars, Step.BACKUP, backup, review, reader, now)
                        .ifPresent(day -> next.add(told(Step.BACKUP.word(), List.of(backup), day, reader))));
        calendars
                .reached(asset.managerId())
                .ifPresent(manager -> day(calendars, Step.MANAGER, manager, review, reader, now)
                        .ifPresent(day -> next.add(told(Step.MANAGER.word(), List.of(manager), day, reader))));
        Map<LocalDate, List<Person>> leads = new LinkedHashMap<>();
        List<Step> higher = toLeads(calendars, review, asset);
        for (Person lead : calendars.leads()) {
            higher.stream()
                    .flatMap(step -> day(calendars, step, lead, review, reader, now).stream())
                    .findFirst()
                    .ifPresent(day ->
                            leads.computeIfAbsent(day, key -> new ArrayList<>()).add(lead));
        }
        leads.forEach((day, who) -> next.add(told(Step.LEAD.word(), who, day, reader)));
        if (review.stateAt(now).ahead()) {
            List<Person> others = calendars.leads().stream()
                    .filter(lead -> another(lead, review, reader))
                    .toList();
            boolean you = calendars.leads().stream().anyMatch(lead -> lead.id().equals(reader.id()));
            String step = !you ? MISSED : others.isEmpty() ? MISSED_YOU : MISSED_YOU + ".and";
            next.add(you ? line(step, others, review.lastDay(), reader) : told(step, others, review.lastDay(), reader));
        }
        return next;
    }

    /** Whom it went to already, with the day on which their mail server took it, empty while it has not; the owner is told of it, not only they. */
    static List<Map<String, String>> behind(ReviewModels.Background background, Review review, Person reader) {
        Map<UUID, Map<String, String>> told = new LinkedHashMap<>();
        for (Notice notice : background.notices().getOrDefault(review.id(), List.of())) {
            boolean waiting = notice.state().equals(MailState.QUEUED.word());
            boolean accepted = notice.state().equals(MailState.ACCEPTED.word());
            if (!notice.step().escalates() || notice.personId().equals(reader.id()) || !(waiting || accepted)) {
                continue;
            }
            String day = accepted && notice.settledAt() != null
                    ? MailDates.day(LocalTimes.dayOf(notice.settledAt(), reader.zone()), reader.language())
                    : "";
            told.merge(
                    notice.personId(),
                    Map.of(
                            "step",
                            notice.step().word(),
                            "name",
                            ReviewModels.name(background.calendars(), notice.personId()),
                            "day",
                            day),
                    (earlier, later) -> earlier.getOrDefault("day", "").isEmpty() ? later : earlier);
        }
        return together(told.values());
    }

    /** Those who were told of the same step on the same day, or are to be, in one line. */
    private static List<Map<String, String>> together(Collection<Map<String, String>> told) {
        Map<List<String>, List<String>> names = new LinkedHashMap<>();
        for (Map<String, String> one : told) {
            names.computeIfAbsent(
                            List.of(one.getOrDefault("step", ""), one.getOrDefault("day", "")),
                            key -> new ArrayList<>())
                    .add(one.getOrDefault("name", ""));
        }
        List<Map<String, String>> lines = new ArrayList<>();
        names.forEach((key, who) -> lines.add(Map.of(
                "step",
                key.get(0) + (who.size() > 1 ? ".many" : ""),
                "name",
                String.join(", ", who),
                "day",
                key.get(1))));
        return lines;
    }

    /** The steps that come to the leads: their own, and before it those to people whom mail does not reach. */
    private static List<Step> toLeads(Calendars calendars, Review review, Asset asset) {
        List<Step> steps = new ArrayList<>();
        if (unreached(calendars, review, asset.backupId())) {
            steps.add(Step.BACKUP);
        }
        if (unreached(calendars, review, asset.managerId())) {
            steps.add(Step.MANAGER);
        }
        steps.add(Step.LEAD);
        return steps;
    }

    private static boolean unreached(Calendars calendars, Review review, @Nullable UUID personId) {
        return calendars
                .active(personId)
                .filter(person -> !person.id().equals(review.ownerId()) && !calendars.tries(person))
                .isPresent();
    }

    /** When somebody is told, where that is still ahead and within the window. */
    private static Optional<LocalDate> day(
            Calendars calendars, Step step, Person person, Review review, Person reader, Instant now) {
        LocalDate day = Ladder.escalationDay(step, review.dates().dueOn(), calendars.times(person));
        return Optional.of(day)
                .filter(ahead -> another(person, review, reader))
                .filter(ahead -> ahead.isAfter(LocalTimes.dayOf(now, person.zone())))
                .filter(ahead -> !ahead.isAfter(review.lastDay()));
    }

    /** Whether it is neither who has the review nor who reads. */
    private static boolean another(Person person, Review review, Person reader) {
        return !person.id().equals(review.ownerId()) && !person.id().equals(reader.id());
    }

    private static Map<String, String> told(String step, List<Person> who, LocalDate day, Person reader) {
        return line(step + (who.isEmpty() ? ".nobody" : who.size() > 1 ? ".many" : ""), who, day, reader);
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
