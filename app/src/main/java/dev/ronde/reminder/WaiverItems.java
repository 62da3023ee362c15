package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.finding.waiver.EndingWaivers;
import dev.ronde.platform.db.Batches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What must be told about waivers: 30, 7 and 1 days before the end, to the owner of the asset and to who asked for it, at 09:00 of the
 * last working day that is not later. A day that was over when the waiver was approved is not told. The end itself is told to the same
 * people on the morning after, where what it covered still fails.
 */
final class WaiverItems implements Reminders.Source {
    private static final List<Integer> DAYS = List.of(EndingWaivers.DAYS, 7, 1);

    private final EndingWaivers waivers;
    private final Assets assets;

    WaiverItems(EndingWaivers waivers, Assets assets) {
        this.waivers = waivers;
        this.assets = assets;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        List<EndingWaiver> ending = waivers.list(handle, now);
        List<EndingWaiver> over = waivers.over(handle, now);
        if (ending.isEmpty() && over.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = Stream.concat(ending.stream(), over.stream())
                .map(EndingWaiver::id)
                .toList();
        Map<UUID, List<Notice>> notices = handle.attach(NoticeDao.class).bySubject(ids);
        Map<UUID, Asset> about = new HashMap<>();
        Batches.of(Stream.concat(ending.stream(), over.stream())
                        .map(EndingWaiver::assetId)
                        .distinct()
                        .toList())
                .forEach(some -> about.putAll(assets.byIds(handle, some)));
        List<Item> items = new ArrayList<>();
        for (EndingWaiver waiver : ending) {
            List<Notice> told = notices.getOrDefault(waiver.id(), List.of());
            for (Person reader : readers(waiver, about, calendars, told)) {
                NoticeTimes times = calendars.times(reader);
                List<Rung> rungs = unheard(
                        waiver,
                        reader,
                        calendars,
                        told,
                        DAYS.stream().map(days -> rung(waiver, days, times)).toList());
                item(waiver, reader, times, rungs, told, now).ifPresent(items::add);
            }
        }
        for (EndingWaiver waiver : over) {
            List<Notice> told = notices.getOrDefault(waiver.id(), List.of());
            for (Person reader : readers(waiver, about, calendars, told)) {
                NoticeTimes times = calendars.times(reader);
                Rung ended = new Rung(
                        "ended", Topic.ENDING, times.morningOf(waiver.untilOn().plusDays(1)));
                item(waiver, reader, times, unheard(waiver, reader, calendars, told, List.of(ended)), told, now)
                        .ifPresent(items::add);
            }
        }
        return items;
    }

    /** Owner (else backup owner) and requester, as far as mail reaches them; the leads if it reaches none. */
    static Collection<Person> readers(
            EndingWaiver waiver, Map<UUID, Asset> about, Calendars calendars, List<Notice> told) {
        Asset asset = about.get(waiver.assetId());
        Optional<Person> owner = calendars.reached(waiver.ownerId());
        Optional<Person> backup = calendars
                .active(waiver.ownerId())
                .filter(one -> calendars.lost(one, told))
                .flatMap(one -> calendars.reached(asset == null ? null : asset.backupId()));
        Optional<Person> asked = calendars.reached(waiver.requesterId());
        Map<UUID, Person> readers = new LinkedHashMap<>();
        Stream.of(owner, backup, asked).flatMap(Optional::stream).forEach(person -> readers.put(person.id(), person));
        if (readers.values().stream().allMatch(person -> Calendars.cameBack(told, person))) {
            calendars.leads().forEach(lead -> readers.put(lead.id(), lead));
        }
        return readers.values();
    }

    private static List<Rung> unheard(
            EndingWaiver waiver, Person reader, Calendars calendars, List<Notice> told, List<Rung> rungs) {
        boolean own = reader.id().equals(waiver.ownerId()) || reader.id().equals(waiver.requesterId());
        return own
                ? rungs
                : calendars
                        .active(waiver.ownerId())
                        .or(() -> calendars.active(waiver.requesterId()))
                        .map(one -> rungs.stream()
                                .filter(rung -> !Told.heard(told, one.id(), rung))
                                .toList())
                        .orElse(rungs);
    }

    private static Optional<Item> item(
            EndingWaiver waiver, Person reader, NoticeTimes times, List<Rung> rungs, List<Notice> told, Instant now) {
        List<Rung> due = rungs.stream()
                .filter(rung ->
                        rung.at().isAfter(waiver.decidedAt()) && !rung.at().isAfter(now))
                .toList();
        if (!times.open(now)) {
            return Optional.empty();
        }
        Told settled = Told.of(told, reader.id(), times, now);
        return Telling.of(due, settled, now)
                .map(telling -> new Item(
                        reader.id(),
                        Notice.WAIVER,
                        waiver.id(),
                        waiver.ref(),
                        waiver.version(),
                        waiver.asset(),
                        List.of(),
                        telling.rung(),
                        telling.lower(),
                        !settled.anything(),
                        Instant.MIN,
                        false));
    }

    private static Rung rung(EndingWaiver waiver, int days, NoticeTimes times) {
        return new Rung(
                "ends-" + days,
                Topic.ENDING,
                times.morningOf(times.workingDays().atOrBefore(waiver.untilOn().minusDays(days))));
    }
}
