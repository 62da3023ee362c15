package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.DigestList;
import dev.ronde.reply.Receipts.Line;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Verb;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The receipt: what was recorded and when, what was understood, how to take it back, and what to do if it was somebody else. */
record ReceiptMail(ReviewMails mails, LinkView view, AnswerLines answers) implements MailKind {
    @Override
    public String name() {
        return Receipts.NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = mails.person(tx, mail);
        Review review = mails.review(tx, mail);
        JsonNode kept = Json.tree(mail.model());
        List<Line> lines = Receipts.lines(mail);
        String action = lines.get(0).action();
        String done = AnswerLines.done(action, review, person);
        Map<String, Object> model = mails.models().of(tx, review, person, now);
        model.putAll(AnswerLines.answer(kept.path("mail"), true));
        model.put("done", done);
        model.put(Receipts.LAST, kept.path(Receipts.LAST).asBoolean(false));
        model.put("at", MailDates.moment(Instant.parse(kept.get("at").asString()), person.zone(), person.language()));
        putWhat(tx, model, review, action, person.language());
        model.put("next_due", done.equals(Verb.ATTEST.word()) ? view.nextDue(tx, review, person.language()) : "");
        model.put("undo", answers.undo(tx, action, review, person, now));
        model.put("others", answers.further(tx, lines, person, now));
        MailContent single = mails.content(Receipts.NAME, review, person, model);
        MailContent content = DigestList.lists(mail) ? single.asList() : single;
        String answered = kept.path("mail").path("message_id").asString("");
        return answered.isEmpty() ? content : content.with("In-Reply-To", answered);
    }

    /** Until when reminders are paused or more time is asked for, and who was asked. */
    private void putWhat(Handle tx, Map<String, Object> model, Review review, String action, Locale language) {
        LocalDate until = action.equals(Verb.SNOOZE.word())
                ? review.handling().snoozedUntil()
                : action.equals(Verb.TIME_ASKED) ? review.handling().timeAskedUntil() : null;
        model.put("until_day", until == null ? "" : MailDates.day(until, language));
        UUID asked = action.equals(Verb.DELEGATE.word()) ? review.handling().delegatedTo() : null;
        model.put(
                "asked",
                Optional.ofNullable(asked)
                        .flatMap(id -> mails.people().find(tx, id))
                        .map(found -> CleanText.line(found.name() + " <" + found.email() + ">"))
                        .orElse(""));
    }
}
