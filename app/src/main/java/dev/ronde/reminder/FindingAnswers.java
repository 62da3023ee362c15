package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What an answer to a mail does that tells of findings. */
public final class FindingAnswers {
    private final FindingLook findings;

    FindingAnswers(FindingLook findings) {
        this.findings = findings;
    }

    /**
     * Notes that this person received the findings they were told of, as far as they are theirs to receive.
     *
     * @param answered what an answer names: the mail or, where only a Message-ID names one that tells of one finding, that finding
     * @return the refs of the assets they lie on; empty where there was none
     */
    public List<String> acknowledge(Handle tx, UUID answered, Person by, Actor actor) {
        NoticeDao notices = tx.attach(NoticeDao.class);
        List<UUID> told = Stream.concat(notices.listByMail(answered).stream(), notices.listOf(answered).stream())
                .filter(notice -> notice.subjectKind().equals(NoticeSubject.FINDING)
                        && notice.personId().equals(by.id()))
                .map(NoticeRow::subjectId)
                .distinct()
                .toList();
        return told.stream()
                .filter(finding -> findings.acknowledge(tx, finding, by, actor))
                .flatMap(finding -> findings.find(tx, finding, by.language()).stream())
                .map(Found::asset)
                .distinct()
                .toList();
    }
}
