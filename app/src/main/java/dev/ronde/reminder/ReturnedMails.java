package dev.ronde.reminder;

import dev.ronde.mail.OutboxMail;
import dev.ronde.platform.text.Cut;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What follows for notices when the mail that told them comes back: they told nobody, and what was told first is what did arrive. */
public record ReturnedMails(FindingLook findings) {
    private static final int LONGEST = 500;

    /** Settles the notices of a mail that came back.
     *
     * @return the reviews they were about; none where its coming back was known */
    public List<UUID> note(Handle tx, OutboxMail mail, String reason, Instant now) {
        NoticeDao dao = tx.attach(NoticeDao.class);
        List<NoticeRow> told = dao.listByMail(mail.id());
        if (dao.comeBack(mail.id(), Cut.to(reason, LONGEST), now) == 0) {
            return List.of();
        }
        List<UUID> found = subjects(told, NoticeSubject.FINDING);
        if (!found.isEmpty()) {
            Map<UUID, Instant> first = dao.listFirstAccepted(found).stream()
                    .collect(Collectors.toMap(NoticeDao.First::subjectId, NoticeDao.First::settledAt));
            found.forEach(id -> findings.firstTold(tx, id, first.get(id)));
        }
        return subjects(told, NoticeSubject.REVIEW);
    }

    private static List<UUID> subjects(List<NoticeRow> told, String kind) {
        return told.stream()
                .filter(notice -> notice.subjectKind().equals(kind))
                .map(NoticeRow::subjectId)
                .distinct()
                .toList();
    }
}
