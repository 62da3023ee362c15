package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailState;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a lead answered to whoever asked for more time; it needs no mail of its own, the next one about the review says it. */
final class TimeAnswer {
    private static final String ASKED = "time-asked";
    private static final Set<String> ANSWERS = Set.of("extended", "time-refused");

    static final Map<String, String> NONE =
            Map.of("time_answer", "", "time_by", "", "time_why", "", "time_asked", "", "time_given", "");

    private TimeAnswer() {}

    /**
     * For the model of a mail: {@code time_answer}, the word of the event, with {@code time_by} and {@code time_why}, {@code time_asked} and
     * {@code time_given}, the days; all empty where nothing was
     * answered, to somebody else, or a mail that arrived since has said it.
     */
    static Map<String, String> to(Person reader, Review review, List<ReviewEvent> history, List<NoticeRow> rows) {
        ReviewEvent asked = null;
        ReviewEvent answer = null;
        for (ReviewEvent event : history) {
            if (event.eventType().equals(ASKED)) {
                asked = event;
                answer = null;
            } else if (asked != null && answer == null && ANSWERS.contains(event.eventType())) {
                answer = event;
            }
        }
        if (asked == null || answer == null || !concerns(reader, review, asked) || said(answer, reader, rows)) {
            return NONE;
        }
        ReviewEvent.Time time = ReviewEvent.Time.of(asked, answer);
        return Map.of(
                "time_answer",
                answer.eventType(),
                "time_by",
                CleanText.line(Objects.requireNonNullElse(answer.actorName(), "–")),
                "time_why",
                CleanText.line(time.why()),
                "time_asked",
                day(time.asked(), reader),
                "time_given",
                day(time.given(), reader));
    }

    private static String day(@Nullable LocalDate date, Person reader) {
        return date == null ? "–" : MailDates.day(date, reader.language());
    }

    private static boolean concerns(Person reader, Review review, ReviewEvent asked) {
        return reader.id().equals(review.ownerId()) || reader.actorRef().equals(asked.actorRef());
    }

    private static boolean said(ReviewEvent answer, Person reader, List<NoticeRow> rows) {
        return rows.stream()
                .anyMatch(row -> row.personId().equals(reader.id())
                        && row.state().equals(MailState.ACCEPTED.word())
                        && !row.createdAt().isBefore(answer.happenedAt()));
    }
}
