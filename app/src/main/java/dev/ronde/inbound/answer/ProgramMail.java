package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.message.MailSort;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Messages written by programs: they never answer a review. Bounces and absences are noted. */
record ProgramMail(
        AnsweredMails answered,
        Reviews reviews,
        People people,
        AddressHealth health,
        Bounces bounces,
        AnswerPost post) {
    Incoming.Consideration consider(Handle tx, InboundMail stored, ReadMail mail, Instant now) {
        Optional<Person> sender = mail.sender().flatMap(address -> people.findByEmail(tx, address));
        Optional<AnsweredMail> returned =
                mail.sort() == MailSort.BOUNCE ? answered.returned(tx, mail.hints(), now) : Optional.empty();
        Optional<AnsweredMail> found = returned.or(() -> answered.find(tx, mail.hints(), sender.map(Person::id), now));
        Incoming in = Incoming.unread(stored, mail, found, sender);
        Outcome outcome = switch (mail.sort()) {
            case BOUNCE -> bounces.note(tx, mail, returned.map(AnsweredMail::personId), now);
            case ABSENCE -> away(tx, stored, mail, found, now);
            case READ_RECEIPT -> Outcome.of(Decision.IGNORED, "read-receipt");
            case LOOP -> Outcome.of(Decision.IGNORED, "our-own-mail");
            case OVERSIZE, BROKEN -> unreadable(tx, in, now);
            case AUTO, HUMAN -> Outcome.of(Decision.IGNORED, "automatic");
        };
        Outcome on = found.flatMap(answer -> reviews.find(tx, answer.subjectId()))
                .map(Review::ref)
                .map(outcome::on)
                .orElse(outcome);
        return new Incoming.Consideration(in, on);
    }

    /** Only somebody we wrote to can be away from it. */
    private Outcome away(Handle tx, InboundMail stored, ReadMail mail, Optional<AnsweredMail> found, Instant now) {
        Optional<Person> person = found.flatMap(answer -> people.find(tx, answer.personId()));
        if (person.isEmpty()) {
            return Outcome.of(Decision.IGNORED, "absence-of-nobody");
        }
        LocalDate today = LocalTimes.dayOf(now, person.get().zone());
        LocalDate longest = today.plusDays(AddressHealth.LONGEST_ABSENCE);
        LocalDate until = AwayDates.until(
                        mail.subject(),
                        mail.written().lines(),
                        today,
                        person.get().language())
                .map(day -> day.isAfter(longest) ? longest : day)
                .orElse(null);
        health.away(tx, person.get().id(), today, until, stored.id(), now);
        return Outcome.of(Decision.NOTED, "away", until == null ? null : "until " + until);
    }

    /** Somebody known gets to hear that it could not be read; who they are was read from the headers alone. */
    private Outcome unreadable(Handle tx, Incoming in, Instant now) {
        in.sender()
                .filter(person -> in.answered()
                        .filter(found -> found.personId().equals(person.id()))
                        .isPresent())
                .filter(person -> !in.stored().arrival().messageId().endsWith("@missing.local>"))
                .ifPresent(person -> post.say(tx, Saying.UNREADABLE, in, person, null, "", now));
        return Outcome.of(
                Decision.REJECTED, in.mail().sort().word(), in.mail().sorted().rule());
    }
}
