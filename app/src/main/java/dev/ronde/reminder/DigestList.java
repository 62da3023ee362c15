package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.review.Review;
import dev.ronde.review.Reviews;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a digest listed, as it stands now. */
public final class DigestList {
    private final Reviews reviews;
    private final People people;
    private final ReviewModels models;

    DigestList(Reviews reviews, People people, ReviewModels models) {
        this.reviews = reviews;
        this.people = people;
        this.models = models;
    }

    /** The reviews of the digest in one mail, earliest due date first; each with its state and the reader's own link. */
    public List<Map<String, Object>> of(Handle tx, UUID mailId, Person reader, Instant now) {
        List<Review> listed = listed(tx, mailId);
        ReviewModels.Background background = models.read(tx, new Calendars(tx, people), listed, reader.language());
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

    /** The refs of what a mail listed, in the order in which it listed them. */
    public List<String> refs(Handle handle, UUID mailId) {
        return listed(handle, mailId).stream().map(Review::ref).toList();
    }

    private List<Review> listed(Handle handle, UUID mailId) {
        Set<UUID> ids = handle.attach(NoticeDao.class).listByMail(mailId).stream()
                .filter(notice -> notice.subjectKind().equals(Notice.REVIEW))
                .map(Notice::subjectId)
                .collect(Collectors.toSet());
        return reviews.byIds(handle, ids).values().stream()
                .sorted(Comparator.comparing((Review review) -> review.dates().dueOn())
                        .thenComparing(Review::reviewNumber))
                .toList();
    }
}
