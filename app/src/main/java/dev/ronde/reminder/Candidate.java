package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wanted notice that may be told now and was not.
 *
 * @param lower lower steps of what climbs that were never told; this one replaces them
 * @param first whether this person hears of a review for the first time, by a reminder
 * @param planned whether its row waits already, because a lead collapsed held mails or the earlier link died
 */
record Candidate(Notice notice, List<Notice> lower, boolean first, boolean planned) {

    private record Climb(
            UUID subjectId,
            UUID personId,
            Topic topic,
            @Nullable Occasion occasion) {
        static Climb of(Notice notice) {
            return new Climb(
                    notice.subject().id(),
                    notice.personId(),
                    notice.topic().ladder(),
                    notice.topic().climbs() ? null : notice.occasion());
        }
    }

    /** What remains of the wanted notices: those to people whom mail reaches, of what climbs the highest, each in working hours unless urgent. */
    static List<Candidate> of(World world, Collection<Notice> wanted, Instant now) {
        Map<Climb, List<Notice>> climbs = new LinkedHashMap<>();
        wanted.forEach(notice -> climbs.computeIfAbsent(Climb.of(notice), key -> new ArrayList<>())
                .add(notice));
        List<Candidate> candidates = new ArrayList<>();
        for (List<Notice> climbing : climbs.values()) {
            Notice any = climbing.get(0);
            Person person = world.people().find(any.personId()).orElseThrow();
            NoticeTimes times = world.people().times(person);
            if (world.people().tries(person) && (any.urgent() || times.open(now))) {
                List<NoticeRow> rows = world.rows(any.subject().id());
                highest(climbing, rows, new NoticeHistory(rows, person.id(), times, now), now)
                        .ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private static Optional<Candidate> highest(
            List<Notice> climbing, List<NoticeRow> rows, NoticeHistory history, Instant now) {
        List<Notice> come = history.due(climbing).stream()
                .filter(notice -> !notice.at().isAfter(now))
                .toList();
        if (come.isEmpty() || history.told(come.get(come.size() - 1))) {
            return Optional.empty();
        }
        Notice top = come.get(come.size() - 1);
        List<Notice> lower = come.stream()
                .filter(notice -> !notice.equals(top) && !history.told(notice))
                .toList();
        boolean heard = rows.stream()
                .anyMatch(row ->
                        row.personId().equals(top.personId()) && row.topic().whom() != Topic.Whom.BACKUP);
        boolean first =
                top.topic().repeats() && !heard && lower.stream().anyMatch(notice -> notice.topic() == Topic.ASSIGNED);
        boolean planned =
                rows.stream().anyMatch(row -> row.planned() && row.key().equals(top.key()));
        return Optional.of(new Candidate(top, lower, first, planned));
    }

    String mailKind() {
        return first ? Topic.ASSIGNED.mailKind() : topic().mailKind();
    }

    String recordType() {
        return first ? Topic.ASSIGNED.recordType() : topic().recordType();
    }

    Topic topic() {
        return notice.topic();
    }

    UUID subjectId() {
        return notice.subject().id();
    }

    UUID personId() {
        return notice.personId();
    }

    NoticeRow.Key key() {
        return notice.key();
    }
}
