package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Puts what one person must be told into mails: up to two each in its own conversation, three and more in one digest. What
 * is escalated to a manager comes always as a digest.
 */
final class Gathering {
    static final int DIGEST_FROM = 3;
    private static final int MAILS_A_DAY = 8;
    private static final Set<MailState> GONE = Set.of(MailState.SUPERSEDED, MailState.CANCELLED, MailState.EXPIRED);

    private final Outbox outbox;
    private final People people;
    private final EvidenceLog evidence;
    private final InstantSource clock;

    Gathering(Outbox outbox, People people, EvidenceLog evidence, InstantSource clock) {
        this.outbox = outbox;
        this.people = people;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** Queues the mails of one person.
     *
     * @param one whether everything goes into one digest even if it is only two, where there was none today: after an outage; what a
     *     person set off and was foretold stays as it was foretold
     * @param collapsed whether a lead collapsed held mails to this person: all of it, what leaves at once otherwise too, is one digest now
     * @return how many mails were queued */
    int queue(Handle tx, UUID personId, List<Item> items, boolean one, boolean collapsed, Instant now) {
        Person person = people.get(tx, personId);
        LocalDate today = LocalDate.ofInstant(now, person.zone());
        if (collapsed && items.size() > 1) {
            return digest(
                    tx, person, items, digestKey(tx, personId, today, true).orElseThrow(), now);
        }
        int queued = 0;
        for (Step step : List.of(Step.MISSED, Step.RECOVERY, Step.FOUND, Step.LAPSED)) {
            List<Item> urgent = items.stream()
                    .filter(item -> item.urgent() && item.rung().step() == step)
                    .toList();
            if (!urgent.isEmpty()) {
                queued += together(tx, person, urgent, step.word() + ":" + personId + ":" + Ids.next(clock), now);
            }
        }
        List<Item> rest = items.stream().filter(item -> !item.urgent()).toList();
        int sentToday =
                outbox.countTo(tx, personId, today.atStartOfDay(person.zone()).toInstant());
        boolean digests = digests(rest, sentToday);
        if (digests || (one && rest.size() > 1 && rest.stream().noneMatch(Item::foretold))) {
            boolean again = rest.stream().anyMatch(item -> item.rung().step() == Step.RELINK);
            Optional<String> key = digestKey(tx, personId, today, again);
            if (key.isPresent()) {
                return queued + digest(tx, person, rest, key.get(), now);
            }
            if (digests) {
                return queued;
            }
        }
        for (Item item : rest) {
            queued += alone(tx, person, item, now);
        }
        return queued;
    }

    /** Whether all of it goes into one mail, be it tomorrow. */
    private static boolean digests(List<Item> items, int sentToday) {
        return items.size() >= DIGEST_FROM
                || items.stream().anyMatch(item -> item.rung().step() == Step.MANAGER)
                || (!items.isEmpty() && sentToday + items.size() > MAILS_A_DAY);
    }

    /**
     * What becomes of something one person will be told.
     *
     * @param at when the first of its mails may leave
     * @param zone of that person
     */
    record Foreseen(int mails, Instant at, ZoneId zone) {}

    /**
     * What {@link #queue} will do with these items, without doing it.
     *
     * @param asked the items whose mails are counted
     * @param all everything the person will be told with them; a digest holds it all
     */
    Foreseen foresee(Handle handle, Person person, List<Item> asked, List<Item> all, NoticeTimes times, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, person.zone());
        int sent = outbox.countTo(
                handle, person.id(), day.atStartOfDay(person.zone()).toInstant());
        if (!digests(all, sent)) {
            return new Foreseen(asked.size(), at, person.zone());
        }
        boolean sentAlready = digestKey(handle, person.id(), day, false).isEmpty();
        Instant leaves = sentAlready ? times.next(LocalTimes.startOf(day.plusDays(1), person.zone())) : at;
        return new Foreseen(1, leaves, person.zone());
    }

    /** One digest per person and day; a second waits for the next morning, unless the links in the first are dead. */
    private Optional<String> digestKey(Handle tx, UUID personId, LocalDate today, boolean again) {
        for (int n = 1; ; n++) {
            String key = "digest:" + personId + ":" + today + (n == 1 ? "" : ":" + n);
            Optional<OutboxMail> earlier = outbox.findByKey(tx, key);
            if (earlier.isEmpty()) {
                return Optional.of(key);
            }
            if (!again && !GONE.contains(earlier.get().state())) {
                return Optional.empty();
            }
        }
    }

    private int alone(Handle tx, Person person, Item item, Instant now) {
        String key =
                item.subjectKind() + ":" + item.subjectId() + ":" + item.rung().key() + ":" + person.id();
        MailClass mailClass = switch (item.mailKind()) {
            case "assignment", "delegation" -> MailClass.ASSIGNMENT;
            case "reminder" -> MailClass.REMINDER;
            case "escalation" -> MailClass.ESCALATION;
            default -> MailClass.NOTICE;
        };
        return write(tx, person, List.of(item), item.mailKind(), mailClass, item.subjectId(), item.about(), key, now);
    }

    private int together(Handle tx, Person person, List<Item> items, String key, Instant now) {
        String about = items.size() == 1 ? items.get(0).about() : items.get(0).about() + " +" + (items.size() - 1);
        return write(
                tx,
                person,
                items,
                items.get(0).mailKind(),
                MailClass.NOTICE,
                items.get(0).subjectId(),
                about,
                key,
                now);
    }

    private int digest(Handle tx, Person person, List<Item> items, String key, Instant now) {
        String about = items.get(0).about() + (items.size() == 1 ? "" : " +" + (items.size() - 1));
        List<Item> today = items.stream().map(Item::ofTheDay).toList();
        return write(tx, person, today, DigestMail.NAME, MailClass.DIGEST, person.id(), about, key, now);
    }

    private int write(
            Handle tx,
            Person person,
            List<Item> items,
            String kind,
            MailClass mailClass,
            UUID subjectId,
            String about,
            String key,
            Instant now) {
        Optional<UUID> mail = outbox.enqueue(
                tx,
                NewMail.toPerson(
                        key, kind, mailClass, subjectId, about, person.id(), Map.of("items", items.size()), now));
        if (mail.isEmpty()) {
            mail = outbox.enqueue(
                    tx,
                    NewMail.toPerson(
                            key + ":" + now.getEpochSecond(),
                            kind,
                            mailClass,
                            subjectId,
                            about,
                            person.id(),
                            Map.of("items", items.size()),
                            now));
        }
        if (mail.isEmpty()) {
            return 0;
        }
        for (Item item : items) {
            note(tx, person, item, mail.get(), now);
        }
        UUID id = mail.get();
        evidence.appendAll(
                tx, items.stream().map(item -> evidence(person, item, id)).toList());
        return 1;
    }

    private void note(Handle tx, Person person, Item item, UUID mail, Instant now) {
        NoticeDao dao = tx.attach(NoticeDao.class);
        replaceWaiting(tx, dao, item, now);
        if (dao.queuePlanned(item.subjectId(), item.rung().key(), person.id(), mail) == 0) {
            dao.insert(notice(item, item.rung(), MailState.QUEUED.word(), null, mail, now));
        }
        for (Rung lower : item.lower()) {
            dao.insert(notice(
                    item,
                    lower,
                    MailState.SUPERSEDED.word(),
                    "told by " + item.rung().key(),
                    null,
                    now));
        }
    }

    private static Evidence evidence(Person person, Item item, UUID mail) {
        return Evidence.of(item.recordType(), Actor.SYSTEM, item.subject())
                .asset(item.asset())
                .controls(item.controls())
                .data("rung", item.rung().key())
                .data("to", person.actorRef())
                .data("mail", mail.toString())
                .data("plannedAt", item.rung().at());
    }

    /** A mail about the same thing that has not left yet would only repeat itself. */
    private void replaceWaiting(Handle tx, NoticeDao dao, Item item, Instant now) {
        if (!item.rung().step().repeats()) {
            return;
        }
        for (Notice earlier : dao.listOf(item.subjectId())) {
            UUID mail = earlier.outboxId();
            boolean same = earlier.personId().equals(item.personId())
                    && !earlier.rung().equals(item.rung().key());
            if (same
                    && mail != null
                    && earlier.state().equals(MailState.QUEUED.word())
                    && (earlier.step().repeats() || earlier.step() == Step.ASSIGNED)
                    && dao.listByMail(mail).size() == 1
                    && outbox.withdraw(
                            tx,
                            mail,
                            MailState.SUPERSEDED,
                            MailReason.TOLD_BY,
                            item.rung().key())) {
                dao.settleOne(
                        earlier.id(),
                        MailState.SUPERSEDED.word(),
                        "told by " + item.rung().key(),
                        now);
            }
        }
    }

    private Notice notice(
            Item item, Rung rung, String state, @Nullable String reason, @Nullable UUID mail, Instant now) {
        boolean settled = !state.equals(MailState.QUEUED.word());
        return new Notice(
                Ids.next(clock),
                item.subjectKind(),
                item.subjectId(),
                item.about(),
                rung.key(),
                rung.step(),
                item.personId(),
                rung.at(),
                state,
                reason,
                mail,
                now,
                settled ? now : null);
    }
}
