package dev.ronde.dashboard;

import dev.ronde.dashboard.CoverageDao.AssetRow;
import dev.ronde.dashboard.CoverageDao.EnrolmentRow;
import dev.ronde.dashboard.CoverageDao.SlotRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How much of the estate is reviewed in time, now and at any instant of the last months: one function over the stored
 * facts, so that the trend, the figure and the list behind it cannot disagree.
 */
final class Coverage {
    /** How far back {@link #countsAt} answers. */
    static final Duration HISTORY = Duration.ofDays(7 * 13);

    private final List<AssetRow> assets;
    private final Map<UUID, List<EnrolmentRow>> enrolments;
    private final Map<UUID, List<SlotRow>> slots;
    private final Map<UUID, LocalDate> nextDue;

    private Coverage(
            List<AssetRow> assets,
            Map<UUID, List<EnrolmentRow>> enrolments,
            Map<UUID, List<SlotRow>> slots,
            Map<UUID, LocalDate> nextDue) {
        this.assets = assets;
        this.enrolments = enrolments;
        this.slots = slots;
        this.nextDue = nextDue;
    }

    /** Reads the facts; a person restricts to what that person answers for. */
    static Coverage read(Handle handle, Instant now, @Nullable UUID person) {
        CoverageDao dao = handle.attach(CoverageDao.class);
        Instant since = now.minus(HISTORY);
        return new Coverage(
                dao.listAssets(since, person),
                dao.listEnrolments(since).stream().collect(Collectors.groupingBy(EnrolmentRow::assetId)),
                dao.listSlots(now).stream().collect(Collectors.groupingBy(SlotRow::enrolmentId)),
                dao.listNextDue(now).stream()
                        .collect(Collectors.toMap(CoverageDao.NextDue::assetId, CoverageDao.NextDue::dueOn)));
    }

    /** One asset as the coverage list shows it. */
    public record Line(
            String ref,
            String name,
            @Nullable String unit,
            @Nullable String owner,
            ReviewStanding standing,
            @Nullable LocalDate lastOn,
            @Nullable LocalDate nextOn) {}

    /** Every asset that is in the inventory at this instant, with where it stands; by ref. */
    List<Line> linesAt(Instant at) {
        return present(at)
                .map(asset -> new Line(
                        asset.ref(),
                        asset.name(),
                        asset.unit(),
                        asset.ownerName(),
                        standingAt(asset, at),
                        lastOn(asset, at).orElse(null),
                        nextDue.get(asset.id())))
                .toList();
    }

    /** How many assets stood where at this instant. */
    Map<ReviewStanding, Long> countsAt(Instant at) {
        Map<ReviewStanding, Long> counts = new EnumMap<>(ReviewStanding.class);
        for (ReviewStanding standing : ReviewStanding.values()) {
            counts.put(standing, 0L);
        }
        present(at).forEach(asset -> counts.merge(standingAt(asset, at), 1L, Long::sum));
        return counts;
    }

    private Stream<AssetRow> present(Instant at) {
        return assets.stream()
                .filter(asset -> !asset.createdAt().isAfter(at)
                        && (asset.retiredAt() == null || asset.retiredAt().isAfter(at)));
    }

    private ReviewStanding standingAt(AssetRow asset, Instant at) {
        List<EnrolmentRow> running = runningAt(asset, at);
        if (running.isEmpty()) {
            return ReviewStanding.NO_PLAN;
        }
        if (running.stream().anyMatch(enrolment -> late(slotsOf(enrolment), at))) {
            return ReviewStanding.LATE;
        }
        return lastOn(asset, at).isPresent() ? ReviewStanding.IN_DATE : ReviewStanding.NOT_YET;
    }

    private List<EnrolmentRow> runningAt(AssetRow asset, Instant at) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
        return enrolments.getOrDefault(asset.id(), List.of()).stream()
                .filter(enrolment -> !enrolment.enrolledOn().isAfter(day)
                        && (enrolment.endedAt() == null || enrolment.endedAt().isAfter(at)))
                .toList();
    }

    /** A slot stays open until it, or a later slot of the same enrolment, is attested. */
    private static boolean late(List<SlotRow> slots, Instant at) {
        int lastAttested = slots.stream()
                .filter(slot -> happened(slot.attestedAt(), at))
                .mapToInt(SlotRow::slotNo)
                .max()
                .orElse(Integer.MIN_VALUE);
        return slots.stream()
                .anyMatch(slot -> slot.slotNo() > lastAttested
                        && !slot.overdueAt().isAfter(at)
                        && !happened(slot.cancelledAt(), at));
    }

    private Optional<LocalDate> lastOn(AssetRow asset, Instant at) {
        Stream<LocalDate> attested = enrolments.getOrDefault(asset.id(), List.of()).stream()
                .flatMap(enrolment -> slotsOf(enrolment).stream())
                .map(SlotRow::attestedAt)
                .filter(when -> happened(when, at))
                .map(when -> when.atZone(ZoneOffset.UTC).toLocalDate());
        return Stream.concat(Stream.ofNullable(asset.lastReviewOn()), attested).max(LocalDate::compareTo);
    }

    private List<SlotRow> slotsOf(EnrolmentRow enrolment) {
        return slots.getOrDefault(enrolment.id(), List.of());
    }

    private static boolean happened(@Nullable Instant when, Instant at) {
        return when != null && !when.isAfter(at);
    }
}
