package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.DigestList;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The receipt: what was recorded, when, what is next, how to take it back, and what to do if it was somebody else. */
final class ReceiptMail implements MailKind {
    private final Reviews reviews;
    private final People people;
    private final ReviewModels models;
    private final LinkView view;
    private final MailWriter writer;
    private final MailAddresses addresses;
    private final OtherLines others;

    ReceiptMail(
            Reviews reviews,
            People people,
            ReviewModels models,
            LinkView view,
            MailWriter writer,
            MailAddresses addresses,
            OtherLines others) {
        this.reviews = reviews;
        this.people = people;
        this.models = models;
        this.view = view;
        this.writer = writer;
        this.addresses = addresses;
        this.others = others;
    }

    @Override
    public String name() {
        return Receipts.NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        Review review =
                reviews.find(tx, Objects.requireNonNull(mail.subjectId())).orElseThrow();
        JsonNode told = Json.tree(mail.model());
        String action = told.get("action").asString();
        Instant at = Instant.parse(told.get("at").asString());
        Map<String, Object> model = models.of(tx, review, person, now);
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
                                .map(path -> addresses.base() + path)
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
        MailWriter.Parts parts = writer.write(Receipts.NAME, person.language(), model);
        MailContent single = MailContent.to(person, parts).inThread(addresses.threadRoot(review.id(), person.id()));
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
                        .flatMap(id -> people.find(tx, id))
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
