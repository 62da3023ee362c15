package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.health.Absence;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one review beside itself.
 *
 * @param given how it came to its owner
 * @param away that the owner said they are away; null if not
 * @param prompts a refusal of a second person, and that a lead asked again
 * @param reopenings by whom and when it was opened again after it had been attested
 * @param signers who may be its second person
 * @param lapses requests to take it over that ended lately
 */
record ReviewFacts(
        Review review,
        @Nullable ReviewEvent given,
        @Nullable Absence away,
        List<NoticeDao.Prompt> prompts,
        List<NoticeDao.Reopening> reopenings,
        List<Person> signers,
        List<Lapse> lapses) {

    /** When a person handed the review out, if the step had come by then; else {@link Instant#MIN}. */
    Instant setOff(Step step) {
        Instant at = setOff();
        return step.at().isAfter(at) ? Instant.MIN : at;
    }

    /** When a person last handed out or opened this review; {@link Instant#MIN} if the calendar did. */
    Instant setOff() {
        return given == null || given.channel().equals("system") ? Instant.MIN : given.happenedAt();
    }

    Notice notice(Step step, Person person, Instant setOffAt) {
        return Notice.of(step, NoticeSubject.of(review), person.id(), setOffAt);
    }
}
