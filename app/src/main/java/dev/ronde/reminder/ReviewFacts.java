package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.health.Absence;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one review beside itself.
 *
 * @param away that the owner said they are away; null if not
 * @param prompts a refusal of a second person, and that a lead asked again
 */
record ReviewFacts(
        Review review,
        @Nullable ReviewEvent given,
        @Nullable Absence away,
        List<NoticeDao.Prompt> prompts,
        List<Person> signers,
        List<Lapse> lapses) {

    Notice notice(Step step, Person person) {
        return Notice.of(step, NoticeSubject.of(review), person.id());
    }
}
