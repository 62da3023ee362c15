package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailState;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Tells a lead that review windows closed without an attestation; cause and recovery must be recorded. */
final class MissedMail implements MailKind {
    private static final int LISTED = 50;

    private final Duties duties;
    private final People people;
    private final ReviewModels models;
    private final MailWriter writer;
    private final MailAddresses addresses;

    MissedMail(Duties duties, People people, ReviewModels models, MailWriter writer, MailAddresses addresses) {
        this.duties = duties;
        this.people = people;
        this.models = models;
        this.writer = writer;
        this.addresses = addresses;
    }

    @Override
    public String name() {
        return "missed";
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        List<Notice> notices = tx.attach(NoticeDao.class).listByMail(mail.id());
        if (notices.isEmpty() || !person.active()) {
            return Rendering.cancelled("the person is no longer active");
        }
        List<Map<String, Object>> missed = new ArrayList<>();
        for (Notice notice : notices.subList(0, Math.min(LISTED, notices.size()))) {
            Review review = duties.reviews().find(tx, notice.subjectId()).orElseThrow();
            Map<String, Object> line = models.of(tx, review, person, now);
            line.put("page", addresses.base() + "/reviews/" + review.ref());
            missed.add(line);
        }
        Map<String, Object> model = new HashMap<>();
        model.put("missed", missed);
        model.put("count", notices.size());
        model.put("more", Math.max(0, notices.size() - LISTED));
        model.put("first", missed.get(0));
        model.put("person", person.name());
        model.put("today", now.atZone(person.zone()).toLocalDate().toString());
        MailWriter.Parts parts = writer.write(name(), person.language(), model);
        return MailContent.to(person, parts).important();
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        tx.attach(NoticeDao.class).settle(mail.id(), state.word(), mail.reason(), at);
    }
}
