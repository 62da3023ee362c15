package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.evidence.Subject;
import dev.ronde.finding.waiver.DueWaivers;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.finding.waiver.RequestedWaiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is told of waivers. Their end: 30, 7 and 1 days before, to the owner of the asset and to who asked for it, at 09:00 of the last
 * working day that is not later; a day that was over when the waiver was approved is not told. That one has ended: to the same people on the
 * morning after, where what it covered still fails. That somebody asks for one: to who may decide, from the next working hour on.
 */
final class WaiverNotices {
    private static final List<Integer> DAYS = List.of(DueWaivers.DAYS, 7, 1);

    private WaiverNotices() {}

    static List<Notice> of(World world) {
        List<Notice> notices = new ArrayList<>();
        world.waivers().ending().forEach(waiver -> ends(world, waiver, false, notices));
        world.waivers().over().forEach(waiver -> ends(world, waiver, true, notices));
        world.waivers().requested().forEach(waiver -> requested(world, waiver, notices));
        return notices;
    }

    private static void ends(World world, EndingWaiver waiver, boolean over, List<Notice> notices) {
        List<NoticeRow> rows = world.rows(waiver.id());
        NoticeSubject subject =
                subject(NoticeSubject.WAIVER, waiver.id(), waiver.ref(), waiver.version(), waiver.asset());
        for (Person reader : readers(waiver, world.backup(waiver.assetId()), world.people(), rows)) {
            NoticeTimes times = world.people().times(reader);
            (over ? Stream.of(ended(waiver, times)) : DAYS.stream().map(days -> endsIn(waiver, days, times)))
                    .filter(step -> step.at().isAfter(waiver.decidedAt()))
                    .forEach(step -> notices.add(Notice.of(step, subject, reader.id())));
        }
    }

    private static Step endsIn(EndingWaiver waiver, int days, NoticeTimes times) {
        return new Step(
                Topic.ENDING,
                new Occasion("ends-" + days, false),
                times.morningOf(times.workingDays().atOrBefore(waiver.untilOn().minusDays(days))));
    }

    private static Step ended(EndingWaiver waiver, NoticeTimes times) {
        return new Step(
                Topic.ENDING,
                new Occasion("ended", false),
                times.morningOf(waiver.untilOn().plusDays(1)));
    }

    /** Who hears it for the owner, and the requester if mail reaches them. */
    static List<Person> readers(EndingWaiver waiver, @Nullable UUID backupId, Directory people, List<NoticeRow> rows) {
        return Stream.concat(
                        people.readers(waiver.ownerId(), backupId, rows).stream(),
                        people.reached(waiver.requesterId()).stream())
                .distinct()
                .toList();
    }

    private static void requested(World world, RequestedWaiver waiver, List<Notice> notices) {
        NoticeSubject subject =
                subject(NoticeSubject.REQUEST, waiver.id(), waiver.ref(), waiver.version(), waiver.asset());
        for (Person approver : approvers(world.people(), waiver)) {
            Instant at = Ladder.morning(waiver.requestedAt(), world.people().times(approver));
            notices.add(Notice.of(Step.of(Topic.REQUESTED, at), subject, approver.id()));
        }
    }

    /** The leads or administrators who may approve, without the requester; administrators if no lead is left. */
    private static List<Person> approvers(Directory people, RequestedWaiver waiver) {
        List<Person> leads = waiver.needsAdmin() ? List.of() : people.leadsBut(waiver.requesterId());
        return leads.isEmpty()
                ? people.admins().stream()
                        .filter(person -> !person.id().equals(waiver.requesterId()))
                        .toList()
                : leads;
    }

    private static NoticeSubject subject(String kind, UUID id, String ref, long version, String asset) {
        return new NoticeSubject(kind, id, ref, Subject.of(NoticeSubject.WAIVER, ref, version), asset);
    }
}
