package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.coverage.LastingError;
import dev.ronde.evidence.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told of checks that do not see any more: to the administrators, who run the probes, at 09:00 once it has lasted longer than a
 * result stays fresh, and to the owner of the asset a working day later if it still does.
 */
final class BlindNotices {
    private BlindNotices() {}

    static List<Notice> of(World world) {
        List<Notice> notices = new ArrayList<>();
        List<Person> operators = operators(world.people());
        for (World.BlindCheck blind : world.blind()) {
            Instant from = blind.error().lastingFrom();
            for (Person operator : operators) {
                notices.add(
                        notice(blind, operator, world.people().times(operator).nextMorning(from)));
            }
            if (world.people().active(blind.ownerId()).isEmpty()) {
                continue;
            }
            List<NoticeRow> rows = world.rows(blind.error().id());
            for (Person reader : world.people().readers(blind.ownerId(), blind.backupId(), rows)) {
                if (!operators.contains(reader)) {
                    NoticeTimes times = world.people().times(reader);
                    Instant first = times.nextMorning(from);
                    notices.add(notice(blind, reader, times.nextMorning(first.plusSeconds(1))));
                }
            }
        }
        return notices;
    }

    /** The administrators, or the leads if there are none. */
    static List<Person> operators(Directory people) {
        return people.admins().isEmpty() ? people.leads() : people.admins();
    }

    private static Notice notice(World.BlindCheck blind, Person reader, Instant at) {
        LastingError error = blind.error();
        NoticeSubject subject = new NoticeSubject(
                NoticeSubject.CHECK,
                error.id(),
                error.about(),
                Subject.of(NoticeSubject.CHECK, error.check(), 0),
                error.asset());
        return Notice.of(Step.of(Topic.BLIND, at), subject, reader.id());
    }
}
