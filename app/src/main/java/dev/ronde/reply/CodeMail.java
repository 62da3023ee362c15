package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.json.Json;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The six digits that confirm an answer by link: what they confirm, until when, and what to do if it was somebody else. */
final class CodeMail implements MailKind {
    private final Reviews reviews;
    private final People people;
    private final ReviewModels models;
    private final StepUp codes;
    private final MailWriter writer;
    private final MailAddresses addresses;

    CodeMail(
            Reviews reviews,
            People people,
            ReviewModels models,
            StepUp codes,
            MailWriter writer,
            MailAddresses addresses) {
        this.reviews = reviews;
        this.people = people;
        this.models = models;
        this.codes = codes;
        this.writer = writer;
        this.addresses = addresses;
    }

    @Override
    public String name() {
        return StepUp.CODE;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        JsonNode asked = Json.tree(mail.model());
        Optional<Challenge> found = tx.attach(ChallengeDao.class)
                .find(UUID.fromString(asked.get("challenge").asString()))
                .filter(challenge -> challenge.live(now));
        if (found.isEmpty()) {
            return Rendering.cancelled(MailReason.CODE_OVER);
        }
        Challenge challenge = found.get();
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        Review review =
                reviews.find(tx, Objects.requireNonNull(mail.subjectId())).orElseThrow();
        String code = codes.code(challenge.id());
        Map<String, Object> model = models.of(tx, review, person, now);
        model.put("code", code);
        model.put("action", challenge.action());
        model.put("outcome", asked.get("outcome").asString());
        model.put("to", CleanText.line(asked.get("to").asString()));
        model.put("valid", MailDates.moment(challenge.expiresAt(), person.zone(), person.language()));
        return MailContent.to(person, writer.write(StepUp.CODE, person.language(), model))
                .inThread(addresses.threadRoot(review.id(), person.id()))
                .hiding(code);
    }
}
