package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is told of requests to take a review over that have lapsed: that nothing is wanted any more, and what became of the review. */
final class LapsedLines implements NoticeLines.Lines {
    private final Reviews reviews;
    private final ReviewModels models;

    LapsedLines(Reviews reviews, ReviewModels models) {
        this.reviews = reviews;
        this.models = models;
    }

    @Override
    public Optional<Map<String, Object>> line(
            Handle tx, Calendars calendars, Notice notice, Person person, Instant now) {
        Review review = reviews.find(tx, notice.subjectId()).orElseThrow();
        return Lapse.of(reviews.history(tx, review.id())).stream()
                .filter(lapse -> lapse.rung(now).key().equals(Rung.itself(notice.rung())))
                .filter(lapse -> lapse.concerns(person, review, now))
                .findFirst()
                .map(lapse -> line(models.of(tx, calendars, review, person, now), review, lapse, person));
    }

    private static Map<String, Object> line(Map<String, Object> line, Review review, Lapse lapse, Person person) {
        ReviewEvent asked = lapse.asked();
        ReviewEvent ended = lapse.ended();
        boolean own = lapse.askedBy(person);
        line.put("own", own);
        line.put("other", name(own ? asked.detail() : asked.actorName()));
        line.put("ended", lapse.refused() ? "refused" : ended.eventType());
        line.put(
                "now",
                switch (ended.eventType()) {
                    case "attested" -> name(ended.actorName());
                    case "delegated" -> name(ended.detail());
                    default -> line.getOrDefault("owner", "–");
                });
        line.put("order", "%s %015d".formatted(review.dates().dueOn(), review.reviewNumber()));
        return line;
    }

    private static String name(@Nullable String name) {
        return CleanText.line(Objects.requireNonNullElse(name, "–"));
    }

    @Override
    public MailReason goneReason() {
        return MailReason.ASKED_AGAIN;
    }
}
