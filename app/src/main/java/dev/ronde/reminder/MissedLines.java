package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailReason;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What leads are told of reviews whose window closed without an attestation; cause and recovery must be recorded, and what was
 * recorded meanwhile is not told again.
 */
final class MissedLines implements NoticeLines.Lines {
    private final Reviews reviews;
    private final ReviewModels models;
    private final MailAddresses addresses;

    MissedLines(Reviews reviews, ReviewModels models, MailAddresses addresses) {
        this.reviews = reviews;
        this.models = models;
        this.addresses = addresses;
    }

    @Override
    public Optional<Map<String, Object>> line(
            Handle tx, Calendars calendars, Notice notice, Person person, Instant now) {
        Review review = reviews.find(tx, notice.subjectId()).orElseThrow();
        if (notice.topic() == Topic.RECOVERY && review.closing().recovery() != null) {
            return Optional.empty();
        }
        Map<String, Object> line = models.of(tx, calendars, review, person, now);
        line.put("undecided", review.undecided());
        line.put("page", addresses.base() + "/reviews/" + review.ref());
        line.put("order", "%s %015d".formatted(review.dates().dueOn(), review.reviewNumber()));
        return Optional.of(line);
    }

    @Override
    public MailReason goneReason() {
        return MailReason.NOTHING_MISSED;
    }
}
