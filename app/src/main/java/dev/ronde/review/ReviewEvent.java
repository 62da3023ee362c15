package dev.ronde.review;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of a review's history.
 *
 * @param recordId the sealed record in the evidence ledger
 * @param eventType the record's type without {@code review.}
 * @param actorName the name at that time; it stays when the person leaves
 * @param detail text of the person, or the dates that moved
 * @param aboutRef who was asked to take it over, or got it, by reference; absent in other events
 */
public record ReviewEvent(
        UUID id,
        UUID reviewId,
        UUID recordId,
        String eventType,
        Instant happenedAt,
        String actorRef,
        @Nullable String actorName,
        String channel,
        @Nullable String detail,
        @Nullable String aboutRef) {

    private static final Pattern LEAVE = Pattern.compile("(?s)(.+ → .+), (\\d{4}-\\d\\d-\\d\\d)");

    private static final Pattern MOVED = Pattern.compile("(?s)\\S+ → (\\S+): (.*)");

    /** Whether nobody did it: the time of this review, whose event it is, had come. */
    public boolean byCalendar(Review review) {
        boolean ofTime = eventType.equals("missed") || (eventType.equals("opened") && review.scheduled());
        return ofTime && actorName == null && channel.equals("system");
    }

    public record Leave(String names, LocalDate until) {}

    /** What an opening or an assignment by the service says of a leave; null where there was none. */
    public @Nullable Leave leave() {
        boolean given = eventType.equals("opened") || (eventType.equals("assigned") && channel.equals("system"));
        Matcher line = LEAVE.matcher(given && detail != null ? detail : "");
        if (!line.matches()) {
            return null;
        }
        try {
            return new Leave(line.group(1), LocalDate.parse(line.group(2)));
        } catch (DateTimeParseException aName) {
            return null;
        }
    }

    /** A question for more time and what a lead answered.
     *
     * @param asked until when it was asked for; null in a line that names no day
     * @param given until when it was given; null where none was
     * @param why in the lead's words */
    public record Time(@Nullable LocalDate asked, @Nullable LocalDate given, String why) {

        /** Reads both lines of the history: the question, and the extension or refusal. */
        public static Time of(ReviewEvent question, ReviewEvent answer) {
            String detail = Objects.requireNonNullElse(answer.detail(), "");
            Matcher moved = MOVED.matcher(answer.eventType().equals("extended") ? detail : "");
            LocalDate asked = day(Objects.requireNonNullElse(question.detail(), ""));
            return moved.matches()
                    ? new Time(asked, day(moved.group(1)), moved.group(2))
                    : new Time(asked, null, detail);
        }

        private static @Nullable LocalDate day(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException noDay) {
                return null;
            }
        }
    }
}
