package dev.ronde.reminder;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.MailKey;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What follows when a key of the mailed links may have leaked: its links die at once and their holders get new ones. */
public record Relink(Database database, Reviews reviews, Grants grants, EvidenceLog evidence, InstantSource clock) {
    List<MailKey> keys() {
        return database.read(grants::keys);
    }

    /**
     * Disables a key, makes the next one, and plans, once, a notice with a new link for everybody who had a live link to an
     * open review. They leave in the person's working hours, several in one digest.
     *
     * @return how many notices were planned
     * @throws Problem 404 for a key that never signed anything, 409 for one that is disabled
     */
    public int disable(int kid, String reason, Actor by) {
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            MailKey key = grants.keys(tx).stream()
                    .filter(known -> known.kid() == kid)
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("mail key", kid));
            if (key.disabledAt() != null) {
                throw Problem.conflict("disabled_already", "Key " + kid + " was disabled on " + key.disabledAt() + ".");
            }
            List<Grant> lost = grants.disableKey(tx, kid, reason);
            int planned = 0;
            for (Grant grant : lost) {
                planned += plan(tx, grant, kid, now);
            }
            evidence.append(
                    tx,
                    Evidence.of("key.compromised", by, Subject.of("key", "mail"))
                            .data("use", "mail")
                            .data("kid", (long) kid)
                            .data("links", (long) key.links())
                            .data("notices", (long) planned)
                            .priv("reason", reason));
            if (grants.rotate(tx)) {
                evidence.append(
                        tx,
                        Evidence.of("key.added", by, Subject.of("key", "mail")).data("use", "mail"));
            }
            return planned;
        });
    }

    private int plan(Handle tx, Grant lost, int kid, Instant now) {
        return reviews.find(tx, lost.subjectId())
                .filter(open -> open.stateAt(now).waiting())
                .map(open -> Notice.of(
                        new Step(Topic.RELINK, Occasion.relink(kid), now), NoticeSubject.of(open), lost.personId()))
                .map(notice -> tx.attach(NoticeDao.class)
                        .insert(notice.row(Ids.next(clock), NoticeRow.PLANNED, null, null, now)))
                .orElse(0);
    }
}
