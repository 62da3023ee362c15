package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.review.Review;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the last reminder says about to whom a review goes one level up. */
final class Escalations {
    private static final String MISSED = "missed";

    private Escalations() {}

    private record Next(Topic topic, LocalDate day, Person person) {}

    /** The next step and when it comes, else when the window closes; empty if nothing follows. */
    static Map<String, String> next(World world, ReviewFacts facts, Person reader, Instant now) {
        Review review = facts.review();
        List<Next> ahead = new LeadNotices(world, facts, review.dates().missedFrom())
                .escalations().stream()
                        .filter(notice -> !notice.personId().equals(reader.id()))
                        .map(notice -> {
                            Person person =
                                    world.people().find(notice.personId()).orElseThrow();
                            return new Next(notice.topic(), LocalTimes.dayOf(notice.at(), person.zone()), person);
                        })
                        .filter(next -> next.day()
                                .isAfter(LocalTimes.dayOf(now, next.person().zone())))
                        .filter(next -> !next.day().isAfter(review.lastDay()))
                        .toList();
        Optional<Next> first = ahead.stream().min(Comparator.comparing(Next::day));
        if (first.isEmpty()) {
            return review.stateAt(now).ahead() ? line(MISSED, List.of(), review.lastDay(), reader) : Map.of();
        }
        Next step = first.get();
        List<Person> who = ahead.stream()
                .filter(next -> next.topic() == step.topic() && next.day().equals(step.day()))
                .map(Next::person)
                .distinct()
                .toList();
        return line(step.topic().word() + (who.size() > 1 ? ".many" : ""), who, step.day(), reader);
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
