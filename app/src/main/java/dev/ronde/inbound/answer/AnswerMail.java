package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.ReviewLinks;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.reply.AnswerLines;
import dev.ronde.reply.Receipts;
import dev.ronde.reply.Receipts.Line;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** What is written back to an answer that was not simply done: why, and the link where it can be done. */
record AnswerMail(
        Reviews reviews,
        People people,
        ReviewModels models,
        ReviewLinks links,
        MailWriter writer,
        MailAddresses addresses,
        AnswerLines answers)
        implements MailKind {
    static final String NAME = "answer";

    private static final Set<Saying> WITH_WORDS = EnumSet.of(
            Saying.UNCLEAR,
            Saying.EMPTY,
            Saying.ENCRYPTED,
            Saying.HELP,
            Saying.WHICH_DATE,
            Saying.WHICH_PERSON,
            Saying.CONTRADICTORY);

    private static final List<String> WORDS =
            List.of("attest", "acknowledge", "problem", "delegate", "snooze", "not-mine", "withdraw");
    private static final List<String> LIST_WORDS =
            List.of("list.attest", "list.acknowledge", "list.problem", "list.not-mine");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        JsonNode kept = Json.tree(mail.model());
        JsonNode answered = kept.path("mail");
        List<Line> lines = Receipts.lines(mail);
        Line first = lines.get(0);
        Saying saying = Saying.of(first.what());
        Optional<Review> review =
                first.review().isEmpty() ? Optional.empty() : reviews.find(tx, UUID.fromString(first.review()));
        Optional<UUID> list = Optional.of(kept.path("list").asString(""))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString);
        boolean own = kept.get("own").asBoolean();
        Map<String, Object> model = new HashMap<>(
                review.map(found -> models.of(tx, found, person, now)).orElseGet(() -> bare(person, now)));
        model.putAll(AnswerLines.answer(own ? answered : Json.tree("{}"), review.isPresent() && saying.keeps()));
        model.put("what", first.what());
        model.put(
                "words",
                !WITH_WORDS.contains(saying)
                        ? List.of()
                        : review.isPresent() ? WORDS : list.isPresent() ? LIST_WORDS : List.of());
        model.put("extra", answers.extra(first, person));
        model.put("own", own);
        model.put(Receipts.LAST, kept.path(Receipts.LAST).asBoolean(false));
        model.put("from", CleanText.line(answered.path("from").asString("")));
        model.put("verified", answered.path("verified").asBoolean(false));
        model.put("line", CleanText.line(answered.path("line").asString("")));
        model.put("list", list.map(id -> links.list(tx, id, person.id(), now)).orElse(""));
        model.put("page", addresses.base());
        model.put("others", answers.further(tx, lines, person, now));
        model.putAll(Map.of("current", "", "current_due", "", "current_link", ""));
        review.filter(found -> !found.stateAt(now).waiting())
                .flatMap(found -> reviews.following(tx, found))
                .filter(next -> next.stateAt(now).waiting() && person.id().equals(next.ownerId()))
                .ifPresent(next -> putCurrent(tx, model, next, person, now));
        MailContent content = MailContent.to(person, writer.write(NAME, person.language(), model));
        MailContent threaded = review.map(found -> addresses.threadRoot(found.id(), person.id()))
                .or(() -> list.map(addresses::messageId))
                .map(content::inThread)
                .orElse(content);
        String messageId = answered.path("message_id").asString("");
        return own && !messageId.isEmpty() ? threaded.with("In-Reply-To", messageId) : threaded;
    }

    /** Where the review that was answered is over: the one that counts now. */
    private void putCurrent(Handle tx, Map<String, Object> model, Review next, Person person, Instant now) {
        model.put("current", next.ref());
        model.put("current_due", MailDates.day(next.dates().dueOn(), person.language()));
        model.put("current_link", links.of(tx, next, person, now).url());
    }

    private static Map<String, Object> bare(Person person, Instant now) {
        Map<String, Object> model = new HashMap<>();
        for (String name : new String[] {"ref", "asset", "asset_name", "due", "site_zone", "link", "owner"}) {
            model.put(name, "");
        }
        model.put("person", CleanText.line(person.addressedAs()));
        model.put("today", LocalTimes.dayOf(now, person.zone()).toString());
        return model;
    }
}
