package dev.ronde.reminder;

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
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Puts what one person must be told into mails: one a day with all there is, and beside it at once what {@link Topic#atOnce}, critical
 * findings and missed reviews. What comes up after the mail of the day waits for that of the next working day.
 */
final class Gathering {
    private static final Set<MailState> GONE = Set.of(MailState.SUPERSEDED, MailState.CANCELLED, MailState.EXPIRED);

    private final Outbox outbox;
    private final EvidenceLog evidence;
    private final InstantSource clock;

    Gathering(Outbox outbox, EvidenceLog evidence, InstantSource clock) {
        this.outbox = outbox;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * What leaves to one person now.
     *
     * @param key of the mail of the day; empty where these leave beside it
     */
    record Parcel(List<Item> items, Optional<String> key) {
        /**
         * What leaves now, each parcel in a mail; what is in none waits.
         *
         * @param morning whether it is nine or later where the person is
         * @param ofTheDay the key of the mail of the day; empty once that has left
         */
        static List<Parcel> of(List<Item> items, boolean morning, Optional<String> ofTheDay) {
            List<Item> found = only(items, Topic.FOUND);
            List<Item> missed = only(items, Topic.MISSED);
            List<Item> others = items.stream()
                    .filter(item -> morning && !item.urgent())
                    .filter(item -> ofTheDay.isPresent() || item.rung().topic().atOnce())
                    .toList();
            boolean waits =
                    others.stream().anyMatch(item -> !item.rung().topic().atOnce());
            return Stream.of(
                            new Parcel(missed, Optional.empty()),
                            new Parcel(found, Optional.empty()),
                            new Parcel(others, waits ? ofTheDay : Optional.empty()))
                    .filter(parcel -> !parcel.items().isEmpty())
                    .toList();
        }

        private static List<Item> only(List<Item> items, Topic topic) {
            return items.stream()
                    .filter(item -> item.urgent() && item.rung().topic() == topic)
                    .toList();
        }

        boolean tells(Set<UUID> subjects) {
            return items.stream().anyMatch(item -> subjects.contains(item.subjectId()));
        }
    }

    /**
     * Queues the mails of one person.
     *
     * @param collapsed whether a lead collapsed held mails to this person: everything is one mail now
     * @return how many mails were queued
     */
    int queue(Handle tx, Person person, List<Item> items, boolean collapsed, Instant now) {
        Optional<String> ofTheDay = keyOfTheDay(tx, person, collapsed, now);
        List<Parcel> parcels =
                collapsed ? List.of(new Parcel(items, ofTheDay)) : Parcel.of(items, morning(person, now), ofTheDay);
        int queued = 0;
        for (Parcel parcel : parcels) {
            queued += write(tx, person, parcel, now);
        }
        return queued;
    }

    /**
     * What becomes of something one person will be told.
     *
     * @param at when the first of its mails may leave
     * @param zone of that person
     */
    record Foreseen(int mails, Instant at, ZoneId zone) {}

    /** Predicts, without queuing, what {@link #queue} will do today and in the next day's mail. */
    Foreseen foresee(Handle handle, Person person, Set<UUID> asked, List<Item> items, NoticeTimes times, Instant at) {
        List<Parcel> parcels = Parcel.of(items, morning(person, at), keyOfTheDay(handle, person, false, at));
        int today = (int) parcels.stream().filter(parcel -> parcel.tells(asked)).count();
        boolean later = items.stream()
                .filter(item -> asked.contains(item.subjectId()))
                .anyMatch(item ->
                        parcels.stream().noneMatch(parcel -> parcel.items().contains(item)));
        Instant tomorrow = times.morningOf(LocalTimes.dayOf(at, person.zone()).plusDays(1));
        return new Foreseen(today + (later ? 1 : 0), today > 0 ? at : tomorrow, person.zone());
    }

    private static boolean morning(Person person, Instant now) {
        return !LocalTime.ofInstant(now, person.zone()).isBefore(NoticeTimes.MORNING);
    }

    /** The key of the one mail a day; empty if that mail exists and was not withdrawn. */
    private Optional<String> keyOfTheDay(Handle tx, Person person, boolean again, Instant now) {
        String day = "digest:" + person.id() + ":" + LocalDate.ofInstant(now, person.zone());
        for (int n = 1; ; n++) {
            String key = day + (n == 1 ? "" : ":" + n);
            Optional<OutboxMail> earlier = outbox.findByKey(tx, key);
            if (earlier.isEmpty()) {
                return Optional.of(key);
            }
            if (!again && !GONE.contains(earlier.get().state())) {
                return Optional.empty();
            }
        }
    }

    private int write(Handle tx, Person person, Parcel parcel, Instant now) {
        List<Item> items = parcel.items();
        Item first = items.get(0);
        boolean one = items.size() == 1;
        Topic topic = first.rung().topic();
        boolean list = !one && parcel.key().isPresent();
        String kind = list ? NoticeMail.DIGEST : first.rung().topic().mailKind(first.first());
        String key = parcel.key().orElseGet(() -> topic.word() + ":" + person.id() + ":" + Ids.next(clock));
        Optional<UUID> mail = outbox.enqueue(
                tx,
                NewMail.toPerson(
                        key,
                        kind,
                        list ? MailClass.DIGEST : mailClass(kind),
                        list ? person.id() : first.subjectId(),
                        first.about() + (one ? "" : " +" + (items.size() - 1)),
                        person.id(),
                        Map.of("items", items.size()),
                        now));
        if (mail.isEmpty()) {
            return 0;
        }
        UUID id = mail.get();
        items.forEach(item -> note(tx, item, id, now));
        evidence.appendAll(
                tx, items.stream().map(item -> evidence(person, item, id)).toList());
        return 1;
    }

    private static MailClass mailClass(String kind) {
        return switch (kind) {
            case "assignment", "delegation" -> MailClass.ASSIGNMENT;
            case "reminder" -> MailClass.REMINDER;
            case "escalation" -> MailClass.ESCALATION;
            default -> MailClass.NOTICE;
        };
    }

    private void note(Handle tx, Item item, UUID mail, Instant now) {
        NoticeDao dao = tx.attach(NoticeDao.class);
        replaceWaiting(tx, dao, item, now);
        if (dao.queuePlanned(item.subjectId(), item.rung().key(), item.personId(), mail) == 0) {
            dao.insert(notice(item, item.rung(), MailState.QUEUED, null, mail, now));
        }
        for (Rung lower : item.lower()) {
            dao.insert(notice(
                    item, lower, MailState.SUPERSEDED, "told by " + item.rung().key(), null, now));
        }
    }

    private static Evidence evidence(Person person, Item item, UUID mail) {
        return Evidence.of(item.rung().topic().recordType(item.first()), Actor.SYSTEM, item.subject())
                .asset(item.asset())
                .controls(item.controls())
                .data("rung", item.rung().key())
                .data("to", person.actorRef())
                .data("mail", mail.toString())
                .data("plannedAt", item.rung().at());
    }

    /** A mail about the same thing that has not left yet would only repeat itself. */
    private void replaceWaiting(Handle tx, NoticeDao dao, Item item, Instant now) {
        if (!item.rung().topic().repeats()) {
            return;
        }
        String told = item.rung().key();
        for (Notice earlier : dao.listOf(item.subjectId())) {
            UUID mail = earlier.outboxId();
            boolean same = earlier.personId().equals(item.personId())
                    && !earlier.rung().equals(told);
            if (same
                    && mail != null
                    && earlier.state().equals(MailState.QUEUED.word())
                    && (earlier.topic().repeats() || earlier.topic() == Topic.ASSIGNED)
                    && dao.listByMail(mail).size() == 1
                    && outbox.withdraw(tx, mail, MailState.SUPERSEDED, MailReason.TOLD_BY, told)) {
                dao.settleOne(earlier.id(), MailState.SUPERSEDED.word(), "told by " + told, now);
            }
        }
    }

    private Notice notice(
            Item item, Rung rung, MailState state, @Nullable String reason, @Nullable UUID mail, Instant now) {
        return new Notice(
                Ids.next(clock),
                item.subjectKind(),
                item.subjectId(),
                item.about(),
                rung.key(),
                rung.topic(),
                item.personId(),
                rung.at(),
                state.word(),
                reason,
                mail,
                now,
                state == MailState.QUEUED ? null : now);
    }
}
