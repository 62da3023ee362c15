package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.CleanText;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What leaves in a mail of its own: findings for an owner, missed reviews for a lead and the causes of one or two of them, requests that lapsed. At most 50 are listed. */
final class ListMail implements MailKind {
    private static final int LISTED = 50;

    private final String name;
    private final Lines lines;
    private final People people;
    private final MailWriter writer;

    /** @param name of the kind and of its template folder */
    ListMail(String name, Lines lines, People people, MailWriter writer) {
        this.name = name;
        this.lines = lines;
        this.people = people;
        this.writer = writer;
    }

    /** What such a mail lists. */
    interface Lines {
        /**
         * The model of one line, with an {@code order} to sort by; empty where it need not be told any more.
         *
         * @param calendars the people of the mail
         */
        Optional<Map<String, Object>> line(Handle tx, Calendars calendars, Notice notice, Person person, Instant now);

        /** Why the mail is not sent once no line is left. */
        MailReason goneReason();

        /** Whether the mail is marked as important. */
        default boolean important() {
            return true;
        }

        /** Called when the server took the mail that told it. */
        default void told(Handle tx, Notice notice, Instant at) {}
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        if (!person.active()) {
            return Rendering.cancelled(MailReason.PERSON_INACTIVE);
        }
        Calendars calendars = new Calendars(tx, people, now);
        List<Map<String, Object>> items = tx.attach(NoticeDao.class).listByMail(mail.id()).stream()
                .map(notice -> lines.line(tx, calendars, notice, person, now))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(line -> String.valueOf(line.get("order"))))
                .toList();
        if (items.isEmpty()) {
            return Rendering.cancelled(lines.goneReason());
        }
        Map<String, Object> model = new HashMap<>();
        model.put("items", items.subList(0, Math.min(LISTED, items.size())));
        model.put("count", items.size());
        model.put("more", Math.max(0, items.size() - LISTED));
        model.put("first", items.get(0));
        model.put("person", CleanText.line(person.addressedAs()));
        model.put("today", LocalTimes.dayOf(now, person.zone()).toString());
        MailContent content = MailContent.to(person, writer.write(name, person.language(), model));
        return lines.important() ? content.important() : content;
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        NoticeDao notices = tx.attach(NoticeDao.class);
        notices.settle(mail.id(), state.word(), mail.reason(), at);
        if (state == MailState.ACCEPTED) {
            notices.listByMail(mail.id()).forEach(notice -> lines.told(tx, notice, at));
        }
    }

    @Override
    public boolean collapse(Handle tx, OutboxMail mail, Instant now) {
        return tx.attach(NoticeDao.class).planAgain(mail.id()) > 0;
    }
}
