package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.catalogue.Severity;
import dev.ronde.mail.MailState;
import dev.ronde.platform.db.Batches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What must be told about findings: a critical one at once at any hour, others in the mail of the day. */
final class FindingItems implements Reminders.Source {
    /** Longer than any mail server tries and any report takes. */
    private static final Duration UNDERWAY = Duration.ofDays(30);

    private final FindingLook findings;
    private final Assets assets;

    FindingItems(FindingLook findings, Assets assets) {
        this.findings = findings;
        this.assets = assets;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        NoticeDao dao = handle.attach(NoticeDao.class);
        Instant since = now.minus(Told.ONCE_MORE_WITHIN);
        Set<UUID> back = Set.copyOf(dao.listFindingsBack(since, since.minus(UNDERWAY)));
        List<Found> untold = findings.untold(handle, back);
        Map<UUID, List<Notice>> notices =
                dao.bySubject(untold.stream().map(Found::id).toList());
        Map<UUID, Asset> owned = new HashMap<>();
        Batches.of(untold.stream().map(Found::assetId).distinct().toList())
                .forEach(some -> owned.putAll(assets.byIds(handle, some)));
        List<Item> items = new ArrayList<>();
        for (Found found : untold) {
            List<Notice> told = notices.getOrDefault(found.id(), List.of());
            Asset asset = owned.get(found.assetId());
            UUID backup = asset == null ? null : asset.backupId();
            for (Person reader : calendars.readers(found.ownerId(), backup, told)) {
                item(found, reader, told, calendars.times(reader), now).ifPresent(items::add);
            }
        }
        return items;
    }

    private static Optional<Item> item(
            Found found, Person person, List<Notice> notices, NoticeTimes times, Instant now) {
        Instant detectedAt = found.detectedAt();
        boolean urgent = found.severity() == Severity.CRITICAL;
        Instant at = switch (found.severity()) {
            case CRITICAL -> detectedAt;
            default -> Ladder.morning(detectedAt, times);
        };
        // no server took the mail in time: what is still open is told anew
        Rung wanted = notices.stream()
                .filter(notice ->
                        notice.personId().equals(person.id()) && notice.state().equals(MailState.EXPIRED.word()))
                .flatMap(notice -> Stream.ofNullable(notice.settledAt()))
                .max(Comparator.naturalOrder())
                .map(lost -> Rung.since(Topic.FOUND, lost, at))
                .orElseGet(() -> Rung.of(Topic.FOUND, at));
        Told told = Told.of(notices, person.id(), times, now);
        Rung rung = told.due(wanted);
        boolean comes = urgent ? !rung.at().isAfter(now) : !rung.at().isAfter(now) && times.open(now);
        return told.was(rung) || !comes
                ? Optional.empty()
                : Optional.of(new Item(
                        person.id(),
                        Notice.FINDING,
                        found.id(),
                        found.asset() + " " + found.check(),
                        0,
                        found.asset(),
                        List.of(),
                        rung,
                        List.of(),
                        true,
                        Instant.MIN,
                        urgent));
    }
}
