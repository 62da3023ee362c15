package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The six digits that confirm an answer by link: what they confirm, until when, and what to do if it was somebody else. */
record CodeMail(ReviewMails mails, StepUp codes) implements MailKind {
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
        Person person = mails.person(tx, mail);
        Review review = mails.review(tx, mail);
        String code = codes.code(challenge.id());
        Map<String, Object> model = mails.models().of(tx, review, person, now);
        model.put("code", code);
        model.put("action", challenge.action());
        model.put("outcome", asked.get("outcome").asString());
        model.put("to", CleanText.line(asked.get("to").asString()));
        model.put("valid", MailDates.moment(challenge.expiresAt(), person.zone(), person.language()));
        return mails.content(StepUp.CODE, review, person, model).hiding(code);
    }
}
