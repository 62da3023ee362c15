package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.MailState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is told of requests to take a review over that have lapsed: to whoever a mail had told that they are asked, and to who had asked;
 * nobody hears of what they did themselves.
 */
record LapseNotices(World world, ReviewFacts facts, Instant now) {
    private static final Set<String> TOLD = Set.of(MailState.ACCEPTED.word(), MailState.UNCERTAIN.word());

    List<Notice> all() {
        return facts.lapses().stream()
                .filter(lapse -> lapse.ended().happenedAt().isAfter(now.minus(NoticeHistory.ONCE_MORE_WITHIN)))
                .flatMap(this::of)
                .toList();
    }

    private Stream<Notice> of(Lapse lapse) {
        Instant at = lapse.ended().happenedAt();
        Stream<UUID> askers =
                world.people().known().values().stream().filter(lapse::askedBy).map(Person::id);
        return Stream.concat(asked(lapse), askers)
                .distinct()
                .flatMap(id -> world.people().reached(id).stream())
                .filter(person -> lapse.concerns(person, facts.review(), now))
                .map(person -> facts.notice(
                        new Step(
                                Topic.LAPSED,
                                lapse.occasion(),
                                Ladder.morning(at, world.people().times(person))),
                        person));
    }

    private Stream<UUID> asked(Lapse lapse) {
        return world.rows(facts.review().id()).stream()
                .filter(row -> row.topic() == Topic.ASKED && TOLD.contains(row.state()))
                .filter(row -> !row.createdAt().isBefore(lapse.asked().happenedAt())
                        && !row.createdAt().isAfter(lapse.ended().happenedAt()))
                .map(NoticeRow::personId);
    }
}
