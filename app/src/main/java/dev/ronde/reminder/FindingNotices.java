package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.catalogue.Severity;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is told of open findings: a critical one at once at any hour, others in the mail of the day. */
final class FindingNotices {
    private FindingNotices() {}

    static List<Notice> of(World world) {
        List<Notice> notices = new ArrayList<>();
        for (Found found : world.findings()) {
            List<NoticeRow> rows = world.rows(found.id());
            for (Person reader : world.people().readers(found.ownerId(), world.backup(found.assetId()), rows)) {
                notices.add(notice(found, reader, rows, world.people().times(reader)));
            }
        }
        return notices;
    }

    private static Notice notice(Found found, Person reader, List<NoticeRow> rows, NoticeTimes times) {
        NoticeSubject subject = new NoticeSubject(
                NoticeSubject.FINDING,
                found.id(),
                found.asset() + " " + found.check(),
                Subject.of(NoticeSubject.FINDING, found.id(), 0),
                found.asset());
        boolean critical = found.severity() == Severity.CRITICAL;
        Instant at = critical ? found.detectedAt() : Ladder.morning(found.detectedAt(), times);
        // no server took the mail in time, or it was fixed or waived when the mail left: what is open is told anew
        Step step = rows.stream()
                .filter(row -> row.personId().equals(reader.id())
                        && (row.state().equals(MailState.EXPIRED.word())
                                || MailReason.FINDING_FIXED.with().equals(row.reason())))
                .flatMap(row -> Stream.ofNullable(row.settledAt()))
                .max(Comparator.naturalOrder())
                .map(lost -> Step.since(Topic.FOUND, lost, at))
                .orElseGet(() -> Step.of(Topic.FOUND, at));
        return critical ? Notice.urgent(step, subject, reader.id()) : Notice.of(step, subject, reader.id());
    }
}
