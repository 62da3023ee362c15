package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailState;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells an owner what checks found: one finding, or all that came up at once. */
final class FindingMail implements MailKind {
    private final People people;
    private final FindingNotices findings;
    private final MailWriter writer;

    FindingMail(People people, FindingNotices findings, MailWriter writer) {
        this.people = people;
        this.findings = findings;
        this.writer = writer;
    }

    @Override
    public String name() {
        return "finding";
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        List<Map<String, Object>> found = tx.attach(NoticeDao.class).listByMail(mail.id()).stream()
                .map(notice -> findings.line(tx, notice, person, now))
                .flatMap(Optional::stream)
                .toList();
        if (found.isEmpty() || !person.active()) {
            return Rendering.cancelled("what was found is fixed");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("found", found);
        model.put("count", found.size());
        model.put("first", found.get(0));
        model.put("person", person.name());
        model.put("today", now.atZone(person.zone()).toLocalDate().toString());
        MailWriter.Parts parts = writer.write(name(), person.language(), model);
        return MailContent.to(person, parts).important();
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        tx.attach(NoticeDao.class).settle(mail.id(), state.word(), mail.reason(), at);
        if (state == MailState.ACCEPTED) {
            findings.notified(tx, mail, at);
        }
    }

    @Override
    public boolean collapse(Handle tx, OutboxMail mail, Instant now) {
        return tx.attach(NoticeDao.class).planAgain(mail.id()) > 0;
    }
}
