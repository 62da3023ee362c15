package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Puts what one person must be told into mails, each with its notices and their records. */
record Gathering(Outbox outbox, EvidenceLog evidence, InstantSource clock, Reviews reviews, Assets assets) {
    /**
     * Queues the mails of one person.
     *
     * @param collapsed as in {@link Parcel#of}
     * @param morning as in {@link Parcel#of}
     */
    int queue(Handle tx, Person person, List<Candidate> candidates, boolean collapsed, boolean morning, Instant now) {
        int queued = 0;
        for (Parcel parcel : Parcel.of(tx, outbox, person, candidates, collapsed, morning, now)) {
            queued += write(tx, person, parcel, now);
        }
        return queued;
    }

    private int write(Handle tx, Person person, Parcel parcel, Instant now) {
        List<Candidate> candidates = parcel.candidates();
        Candidate first = candidates.get(0);
        String about = first.notice().subject().about();
        String kind = parcel.list() ? NoticeMail.DIGEST : first.mailKind();
        String key = parcel.key().orElseGet(() -> first.topic().word() + ":" + person.id() + ":" + Ids.next(clock));
        Optional<UUID> mail = outbox.enqueue(
                tx,
                NewMail.toPerson(
                        key,
                        kind,
                        parcel.list() ? MailClass.DIGEST : mailClass(kind),
                        parcel.list() ? person.id() : first.subjectId(),
                        about + (candidates.size() == 1 ? "" : " +" + (candidates.size() - 1)),
                        person.id(),
                        Map.of("items", candidates.size()),
                        now));
        mail.ifPresent(id -> {
            candidates.forEach(candidate -> note(tx, candidate, id, now));
            evidence.appendAll(tx, records(tx, person, candidates, id));
        });
        return mail.isPresent() ? 1 : 0;
    }

    private static MailClass mailClass(String kind) {
        return switch (kind) {
            case "assignment", "delegation" -> MailClass.ASSIGNMENT;
            case "reminder" -> MailClass.REMINDER;
            case "escalation" -> MailClass.ESCALATION;
            default -> MailClass.NOTICE;
        };
    }

    private void note(Handle tx, Candidate candidate, UUID mail, Instant now) {
        Notice notice = candidate.notice();
        NoticeDao dao = tx.attach(NoticeDao.class);
        replaceWaiting(tx, dao, notice, now);
        if (dao.queuePlanned(candidate.subjectId(), notice.occasion(), notice.personId(), mail) == 0) {
            dao.insert(notice.row(Ids.next(clock), MailState.QUEUED.word(), null, mail, now));
        }
        for (Notice lower : candidate.lower()) {
            dao.insert(lower.row(Ids.next(clock), MailState.SUPERSEDED.word(), toldBy(notice), null, now));
        }
    }

    private static String toldBy(Notice notice) {
        return "told by " + notice.occasion().recorded();
    }

    /** Names the asset of each, and for a review the outside requirements it counts for. */
    private List<Evidence> records(Handle tx, Person person, List<Candidate> candidates, UUID mail) {
        Map<UUID, Review> told =
                reviews.byIds(tx, candidates.stream().map(Candidate::subjectId).collect(Collectors.toSet()));
        Map<UUID, Asset> about =
                assets.byIds(tx, told.values().stream().map(Review::assetId).collect(Collectors.toSet()));
        return candidates.stream()
                .map(candidate -> {
                    Notice notice = candidate.notice();
                    Evidence record = Evidence.of(
                                    candidate.recordType(),
                                    Actor.SYSTEM,
                                    notice.subject().recorded())
                            .data("rung", notice.occasion().recorded())
                            .data("to", person.actorRef())
                            .data("mail", mail.toString())
                            .data("plannedAt", notice.at());
                    Review review = told.get(candidate.subjectId());
                    return review == null
                            ? record.asset(
                                    Objects.requireNonNull(notice.subject().asset()))
                            : record.asset(Objects.requireNonNull(about.get(review.assetId()))
                                            .ref())
                                    .controls(ReviewRecords.plan(tx, review).frameworks());
                })
                .toList();
    }

    /** A mail about the same thing that has not left yet would only repeat itself. */
    private void replaceWaiting(Handle tx, NoticeDao dao, Notice notice, Instant now) {
        if (!notice.topic().repeats()) {
            return;
        }
        for (NoticeRow earlier : dao.listOf(notice.subject().id())) {
            UUID mail = earlier.outboxId();
            boolean same = earlier.personId().equals(notice.personId())
                    && !earlier.occasion().equals(notice.occasion());
            if (same
                    && mail != null
                    && earlier.state().equals(MailState.QUEUED.word())
                    && (earlier.topic().repeats() || earlier.topic() == Topic.ASSIGNED)
                    && dao.listByMail(mail).size() == 1
                    && outbox.withdraw(
                            tx,
                            mail,
                            MailState.SUPERSEDED,
                            MailReason.TOLD_BY,
                            notice.occasion().recorded())) {
                dao.settleOne(earlier.id(), MailState.SUPERSEDED.word(), toldBy(notice), now);
            }
        }
    }
}
