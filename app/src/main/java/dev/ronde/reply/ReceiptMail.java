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
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Verb;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The receipt: what was recorded, when, what is next, how to take it back, and what to do if it was somebody else. */
final class ReceiptMail implements MailKind {
    private final ReviewMails mails;
    private final LinkView view;
    private final OtherLines others;

    ReceiptMail(ReviewMails mails, LinkView view, OtherLines others) {
        this.mails = mails;
        this.view = view;
        this.others = others;
    }

    @Override
    public String name() {
        return Receipts.NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = mails.person(tx, mail);
        Review review = mails.review(tx, mail);
        JsonNode told = Json.tree(mail.model());
        String action = told.get("action").asString();
        Instant at = Instant.parse(told.get("at").asString());
        Map<String, Object> model = mails.models().of(tx, review, person, now);
        model.put("done", action);
        List<String> steps = new ArrayList<>(names(told.path("before")));
        steps.add(action);
        List<String> words = Steps.now(steps, review, person);
        String word = words.get(words.size() - 1);
        model.put("before", words.subList(0, words.size() - 1));
        model.put("at", MailDates.moment(at, person.zone(), person.language()));
        boolean over = word.equals(Steps.OVER);
        boolean attested = action.equals(Verb.ATTEST.word()) && !over;
        model.put("failed", attested ? view.failed(review, person.language()) : "");
        model.put("pending", word.equals(Steps.PENDING));
        // being done late, and that being taken back, leaves it missed
        model.put(
                "missed",
                review.stateAt(now) != ReviewState.MISSED
                        ? ""
                        : attested ? "done" : review.completable() && action.equals("withdraw") ? "undone" : "");
        model.put("over", over);
        putWhat(tx, model, review, action, person.language());
        model.put("next_due", attested ? view.nextDue(tx, review, person.language()) : "");
        model.put(
                "undo",
                attested
                        ? view.undo(tx, review, person, now)
                                .map(path -> mails.addresses().base() + path)
                                .orElse("")
                        : "");
        model.put("others", others.of(tx, told.path("others"), person, now));
        JsonNode byMail = told.path("mail");
        model.put("line", CleanText.line(byMail.path("line").asString("")));
        ReceiptFiles files = ReceiptFiles.of(told);
        model.put(
                "unattested",
                action.equals(Verb.ACKNOWLEDGE.word()) && !files.files().isEmpty());
        model.put("files", files.files().stream().map(CleanText::line).toList());
        model.put(
                "refused",
                files.refused().stream()
                        .map(file -> Map.of("name", CleanText.line(file.name()), "why", file.why()))
                        .toList());
        MailContent single = mails.content(Receipts.NAME, review, person, model);
        MailContent content = DigestList.lists(mail) ? single.asList() : single;
        return following(content, byMail);
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

    /** The receipt of an answer by mail follows that answer in the conversation. */
    private static MailContent following(MailContent content, JsonNode byMail) {
        String answered = byMail.path("message_id").asString("");
        return answered.isEmpty() ? content : content.with("In-Reply-To", answered);
    }

    private static List<String> names(JsonNode files) {
        List<String> names = new ArrayList<>();
        files.forEach(name -> names.add(CleanText.line(name.asString())));
        return names;
    }
}
