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
 * Puts what one person must be told into mails: up to two each in its own conversation, three and more in one digest. What
 * is escalated to a manager comes always as a digest.
 */
final class Gathering {
    static final int DIGEST_FROM = 3;
    private static final int MAILS_A_DAY = 8;
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
     * What one person is told.
     *
     * @param now what has come
     * @param ahead what the rest of the day brings; a digest that leaves now tells it too, and nothing else does
     */
    record Told(List<Item> now, List<Item> ahead) {
        /** Out of everything about one person. */
        static Told of(List<Item> items, Instant now) {
            return new Told(
                    items.stream().filter(item -> !item.ahead(now)).toList(),
                    items.stream().filter(item -> item.ahead(now)).toList());
        }

        private Told rest() {
            return new Told(now.stream().filter(item -> !item.urgent()).toList(), ahead);
        }

        /** Without the findings that leave at once whatever else there is. */
        private Told butFound() {
            return new Told(
                    now.stream()
                            .filter(item -> !item.urgent() || item.rung().step() != Step.FOUND)
                            .toList(),
                    ahead);
        }

        private boolean foretold() {
            return now.stream().anyMatch(Item::foretold);
        }

        /** All of it, each as the day's last word says it. */
        private List<Item> ofTheDay() {
            return Stream.concat(now.stream(), ahead.stream())
                    .map(Item::ofTheDay)
                    .toList();
        }
    }

    /** Queues the mails of one person.
     *
     * @param one whether everything goes into one digest even if it is only two, where there was none today: after an outage, missed reviews too, but not a critical finding; what a
     *     person set off and was foretold stays as it was foretold
     * @param collapsed whether a lead collapsed held mails to this person: all of it, what leaves at once otherwise too, is one digest now
     * @return how many mails were queued */
    int queue(Handle tx, Person person, Told told, boolean one, boolean collapsed, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, person.zone());
        if (collapsed && told.now().size() > 1) {
            String key = digestKey(tx, person.id(), today, true).orElseThrow();
            return digest(tx, person, told.ofTheDay(), key, now);
        }
        Told waited = told.butFound();
        Optional<String> afterOutage = one && waited.now().size() > 1 && !waited.foretold()
                ? digestKey(tx, person.id(), today, false)
                : Optional.empty();
        if (afterOutage.isPresent()) {
            List<Item> found = told.now().stream()
                    .filter(item -> !waited.now().contains(item))
                    .toList();
            return digest(tx, person, waited.ofTheDay(), afterOutage.get(), now)
                    + queue(tx, person, new Told(found, List.of()), false, false, now);
        }
        int queued = 0;
        for (Step step : List.of(Step.MISSED, Step.FOUND, Step.LAPSED)) {
            List<Item> urgent = told.now().stream()
                    .filter(item -> item.urgent() && item.rung().step() == step)
                    .toList();
            if (!urgent.isEmpty()) {
                queued += list(tx, person, urgent, now);
            }
        }
        Told rest = told.rest();
        boolean again = rest.now().stream().anyMatch(item -> item.rung().step() == Step.RELINK);
        boolean free = digestKey(tx, person.id(), today, again).isPresent();
        for (Parcel parcel : parcels(rest, sentToday(tx, person, today), free, one)) {
            if (parcel.leaves() == Leaves.ALONE) {
                queued += each(tx, person, parcel.items(), now);
            } else if (parcel.leaves() == Leaves.TOGETHER) {
                String key = digestKey(tx, person.id(), today, again || !free).orElseThrow();
                queued += digest(tx, person, parcel.items(), key, now);
            }
        }
        return queued;
    }

    private int sentToday(Handle tx, Person person, LocalDate today) {
        return outbox.countTo(tx, person.id(), today.atStartOfDay(person.zone()).toInstant());
    }

    private enum Leaves {
        /** Each item in a mail of its own, now. */
        ALONE,
        /** All items in one digest, now. */
        TOGETHER,
        /** All items in the digest of the next working day. */
        LATER
    }

    private record Parcel(List<Item> items, Leaves leaves) {}

    /**
     * How what is told to one person is put into mails. There is one digest a day; what comes up after it waits for the next one, but for
     * what tells of the due day: after this day it would come too late.
     *
     * @param sent how many mails they had today
     * @param free whether they had no digest today
     * @param one as for {@link #queue}
     */
    private static List<Parcel> parcels(Told told, int sent, boolean free, boolean one) {
        boolean must = digests(told.now(), sent);
        boolean downtime = one && !told.now().isEmpty() && !told.foretold();
        if (free && (must || (downtime && told.now().size() + told.ahead().size() > 1))) {
            return List.of(new Parcel(told.ofTheDay(), Leaves.TOGETHER));
        }
        if (!must) {
            return List.of(new Parcel(one ? stale(told.now()) : told.now(), Leaves.ALONE));
        }
        List<Item> due = told.now().stream().filter(Item::dueToday).toList();
        List<Item> others = told.now().stream().filter(item -> !item.dueToday()).toList();
        boolean second = digests(due, sent);
        int more = second ? 1 : due.size();
        return List.of(
                new Parcel(
                        second ? due.stream().map(Item::ofTheDay).toList() : due,
                        second ? Leaves.TOGETHER : Leaves.ALONE),
                new Parcel(others, digests(others, sent + more) ? Leaves.LATER : Leaves.ALONE));
    }

    /** What was to be told while nobody looked says what the day would say later; what was foretold stays as it is. */
    private static List<Item> stale(List<Item> items) {
        return items.stream()
                .map(item -> item.foretold() ? item : item.ofTheDay())
                .toList();
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
     * What {@link #queue} will do, without doing it.
     *
     * @param asked the subjects whose mails are counted
     * @param all everything the person will be told with them; a digest holds it all
     */
    Foreseen foresee(Handle handle, Person person, Set<UUID> asked, Told all, NoticeTimes times, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, person.zone());
        boolean free = digestKey(handle, person.id(), day, false).isPresent();
        Instant tomorrow = times.next(LocalTimes.startOf(day.plusDays(1), person.zone()));
        int mails = 0;
        Instant first = null;
        for (Parcel parcel : parcels(all.rest(), sentToday(handle, person, day), free, false)) {
            int theirs = (int) parcel.items().stream()
                    .filter(item -> asked.contains(item.subjectId()))
                    .count();
            if (theirs > 0) {
                mails += parcel.leaves() == Leaves.ALONE ? theirs : 1;
                Instant leaves = parcel.leaves() == Leaves.LATER ? tomorrow : at;
                first = first == null || leaves.isBefore(first) ? leaves : first;
            }
        }
        return new Foreseen(mails, first == null ? at : first, person.zone());
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

    /** Each in a mail of its own; the missed reviews whose cause is asked for are one list. */
    private int each(Handle tx, Person person, List<Item> items, Instant now) {
        List<Item> causes = items.stream()
                .filter(item -> item.rung().step() == Step.RECOVERY)
                .toList();
        int queued = causes.isEmpty() ? 0 : list(tx, person, causes, now);
        for (Item item : items) {
            queued += causes.contains(item) ? 0 : alone(tx, person, item, now);
        }
        return queued;
    }

    private int list(Handle tx, Person person, List<Item> items, Instant now) {
        Item first = items.get(0);
        String about = first.about() + (items.size() == 1 ? "" : " +" + (items.size() - 1));
        String key = first.rung().step().word() + ":" + person.id() + ":" + Ids.next(clock);
        return write(tx, person, items, first.mailKind(), MailClass.NOTICE, first.subjectId(), about, key, now);
    }

    private int digest(Handle tx, Person person, List<Item> items, String key, Instant now) {
        String about = items.get(0).about() + (items.size() == 1 ? "" : " +" + (items.size() - 1));
        return write(tx, person, items, DigestMail.NAME, MailClass.DIGEST, person.id(), about, key, now);
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
