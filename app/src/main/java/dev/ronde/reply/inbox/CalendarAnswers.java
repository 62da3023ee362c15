package dev.ronde.reply.inbox;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.CalendarMode;
import dev.ronde.mail.inbound.AuthVerdict;
import dev.ronde.mail.inbound.CalendarReply;
import dev.ronde.mail.inbound.ReadMail;
import dev.ronde.mail.inbox.Decision;
import dev.ronde.mail.inbox.InboundMail;
import dev.ronde.platform.resource.Messages;
import dev.ronde.reply.grammar.Understood;
import dev.ronde.reply.grammar.Verb;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar answered. Clients accept by themselves, so that acceptance is a comment; who declines an invitation of ours reports a
 * problem. An answer to anything but an invitation is noted only.
 */
final class CalendarAnswers {
    private final Reviews reviews;
    private final People people;
    private final ReviewAnswer single;
    private final Messages messages;
    private final CalendarMode mode;

    CalendarAnswers(Reviews reviews, People people, ReviewAnswer single, Messages messages, CalendarMode mode) {
        this.reviews = reviews;
        this.people = people;
        this.single = single;
        this.messages = messages;
        this.mode = mode;
    }

    Outcome note(Handle tx, InboundMail stored, ReadMail mail, Optional<Answered> found, Instant now) {
        if (found.isEmpty()) {
            return Outcome.of(Decision.IGNORED, "calendar-of-nothing");
        }
        CalendarReply reply = mail.calendar();
        String status = reply == null ? "unknown" : reply.status();
        boolean declined = status.equals("declined");
        String rule = "calendar-" + (declined ? "declined" : "answer");
        Answered answer = found.get();
        Optional<Review> review = reviews.find(tx, answer.subjectId())
                .filter(one -> reply != null
                        && reply.about(one.id())
                        && one.stateAt(now).waiting());
        Optional<Person> owner = people.find(tx, answer.personId())
                .filter(person ->
                        mail.sender().filter(person.email()::equalsIgnoreCase).isPresent());
        boolean counts = mode == CalendarMode.INVITE
                && !answer.byReference()
                && answer.live()
                && !answer.several()
                && mail.auth().verdict() != AuthVerdict.FAIL;
        if (!counts || review.isEmpty() || owner.isEmpty()) {
            return Outcome.of(Decision.NOTED, rule, status);
        }
        Person by = owner.get();
        Understood said = understood(status, reply, by.language());
        Incoming in = new Incoming(stored, mail, said, owner, List.of());
        if (declined) {
            return single.answer(tx, in, review.get(), by, Verb.PROBLEM, rule, now);
        }
        single.comment(tx, in, review.get(), by);
        return Outcome.of(Decision.COMMENTED, rule, status).on(review.get().ref());
    }

    private Understood understood(String status, @Nullable CalendarReply reply, Locale language) {
        String line = switch (status) {
            case "declined", "accepted" -> messages.text(language, "reply.calendar." + status);
            default -> messages.text(language, "reply.calendar.answered", status);
        };
        String words = reply == null ? "" : reply.comment();
        String comment = words.isEmpty() ? line : line + "\n" + words;
        return new Understood(
                status.equals("declined") ? Verb.PROBLEM : null,
                Understood.Doubt.NONE,
                line,
                comment,
                null,
                null,
                List.of());
    }
}
