package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Makes the mails about one review that follow what their reader did. */
record ReviewMails(Reviews reviews, People people, ReviewModels models, MailWriter writer, MailAddresses addresses) {

    Person person(Handle tx, OutboxMail mail) {
        return people.get(tx, Objects.requireNonNull(mail.personId()));
    }

    Review review(Handle tx, OutboxMail mail) {
        return reviews.find(tx, Objects.requireNonNull(mail.subjectId())).orElseThrow();
    }

    /** The mail of this name, in the conversation about the review. */
    MailContent content(String name, Review review, Person person, Map<String, Object> model) {
        return MailContent.to(person, writer.write(name, person.language(), model))
                .inThread(addresses.threadRoot(review.id(), person.id()));
    }
}
