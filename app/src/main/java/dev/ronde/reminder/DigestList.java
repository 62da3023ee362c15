package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What a mail listed, as it stands now: the reviews of the duties a digest tells, or those that the model of another mail names
 * under {@link #LISTED}.
 */
public record DigestList(Outbox outbox, Reviews reviews, ReviewModels models, FindingLook findings) {
    /** Where the model of a mail has the ids of the reviews it lists, in their order. */
    public static final String LISTED = "listed";

    /** The reviews that one mail listed, in its order; each with its state and the reader's own link. */
    public List<Map<String, Object>> of(Handle tx, UUID mailId, Person reader, Instant now) {
        List<Review> listed = listed(tx, mailId);
        ReviewModels.Background background = models.read(tx, listed, reader.language());
        return listed.stream()
                .map(review -> {
                    Map<String, Object> model = models.of(tx, background, review, reader, now);
                    model.put("state", review.stateAt(now).word());
                    model.put(
                            "attested_by",
                            Objects.requireNonNullElse(review.attestation().performedByName(), ""));
                    model.put("attested_at", review.attestation().attestedAt());
                    model.put("waiting", review.stateAt(now).waiting());
                    return model;
                })
                .toList();
    }

    /** The findings that one mail told, as they stand now, worst first; what to do about each is in the reader's language. */
    public List<Found> findings(Handle tx, UUID mailId, Person reader) {
        return tx.attach(NoticeDao.class).listByMail(mailId).stream()
                .filter(notice -> notice.subjectKind().equals(NoticeSubject.FINDING))
                .flatMap(notice -> findings.find(tx, notice.subjectId(), reader.language()).stream())
                .sorted(Comparator.comparing(Found::severity).reversed().thenComparing(Found::firstBadAt))
                .toList();
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

    public List<Review> listed(Handle handle, UUID mailId) {
        List<UUID> named = outbox.find(handle, mailId).map(DigestList::named).orElse(List.of());
        return named.isEmpty()
                ? told(handle, mailId)
                : named.stream()
                        .flatMap(id -> reviews.find(handle, id).stream())
                        .toList();
    }

    public static boolean lists(OutboxMail mail) {
        return mail.mailClass() == MailClass.DIGEST || !named(mail).isEmpty();
    }

    /** Whether this is a mail whose list can be answered, and it lists something. */
    public boolean answerable(Handle handle, UUID mailId) {
        return outbox.find(handle, mailId).filter(DigestList::lists).isPresent()
                && !listed(handle, mailId).isEmpty();
    }

    private static List<UUID> named(OutboxMail mail) {
        return Json.tree(mail.model())
                .path(LISTED)
                .valueStream()
                .map(id -> UUID.fromString(id.asString()))
                .toList();
    }

    private List<Review> told(Handle handle, UUID mailId) {
        Set<UUID> ids = handle.attach(NoticeDao.class).listByMail(mailId).stream()
                .filter(notice -> notice.subjectKind().equals(NoticeSubject.REVIEW))
                .map(NoticeRow::subjectId)
                .collect(Collectors.toSet());
        return reviews.byIds(handle, ids).values().stream()
                .sorted(Comparator.comparing((Review review) -> review.dates().dueOn())
                        .thenComparing(Review::reviewNumber))
                .toList();
    }
}
