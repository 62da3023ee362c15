package dev.ronde.review;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps one row for every expected slot, at least thirteen months ahead. */
final class Slots {

    /** How far ahead rows exist; the first slot after it has its row too, so that a plan never has no future slot. */
    static final Period HORIZON = Period.ofMonths(13);

    private final InstantSource clock;
    private final ReviewRecords records;
    private final boolean all;

    Slots(InstantSource clock, ReviewRecords records) {
        this(clock, records, true);
    }

    private Slots(InstantSource clock, ReviewRecords records, boolean all) {
        this.clock = clock;
        this.records = records;
        this.all = all;
    }

    /** The same for work that is rolled back: rows that neither open now nor are held change no number, so that none is made. */
    Slots rehearsing(ReviewRecords rehearsed) {
        return new Slots(clock, rehearsed, false);
    }

    /**
     * An asset that comes under a plan.
     *
     * @param enrolment new, without a row
     * @param hold whether what would open at once waits for an announcement
     */
    record Start(Enrolment enrolment, Covered asset, boolean hold) {}

    private record Wanted(
            Enrolment enrolment,
            Covered asset,
            List<LocalDate> slots,
            @Nullable Instant holdBefore) {}

    /** Begins enrolments, some hundred at once, each with its rows up to the horizon; returns the rows. */
    List<Review> begin(Handle tx, PlanInForce plan, List<Start> starts, Actor by, Channel channel) {
        Instant now = clock.instant();
        List<Enrolment> begun = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        for (Start start : starts) {
            Instant holdBefore = holdBefore(plan, start.hold(), now);
            List<LocalDate> slots = missing(tx, start.enrolment(), plan, start.asset(), holdBefore);
            if (all || !slots.isEmpty()) {
                begun.add(start.enrolment().with(slots));
                wanted.add(new Wanted(start.enrolment(), start.asset(), slots, holdBefore));
            }
        }
        tx.attach(EnrolmentDao.class).insert(begun);
        return store(tx, plan, wanted, by, channel);
    }

    /** Adds the rows that are missing up to the horizon; the enrolment must be locked. */
    List<Review> extend(
            Handle tx, Enrolment enrolment, PlanInForce plan, Covered asset, boolean hold, Actor by, Channel channel) {
        Instant holdBefore = holdBefore(plan, hold, clock.instant());
        List<LocalDate> slots = missing(tx, enrolment, plan, asset, holdBefore);
        if (slots.isEmpty()) {
            return List.of();
        }
        Enrolment after = enrolment.with(slots);
        tx.attach(EnrolmentDao.class).updateSlots(List.of(after));
        return store(tx, plan, List.of(new Wanted(enrolment, asset, slots, holdBefore)), by, channel);
    }

    private List<LocalDate> missing(
            Handle tx, Enrolment enrolment, PlanInForce plan, Covered asset, @Nullable Instant holdBefore) {
        LocalDate today = LocalTimes.dayOf(clock.instant(), plan.definition().zone());
        LocalDate horizon = today.plus(HORIZON);
        Cadence cadence = enrolment.cadence(plan);
        LocalDate last = enrolment.lastSlotOn();
        List<LocalDate> missing = new ArrayList<>();
        Optional<LocalDate> slot = complete(tx, enrolment, cadence)
                ? Optional.empty()
                : cadence.find(last == null ? firstFree(tx, enrolment) : last.plusDays(1));
        while (slot.isPresent()
                && (last == null || !last.isAfter(horizon))
                && (all || counts(enrolment, plan, asset, missing.size(), slot.get(), holdBefore))) {
            last = slot.get();
            missing.add(last);
            slot = cadence.find(last.plusDays(1));
        }
        return missing;
    }

    /** Whether this slot opens now or is held. */
    private boolean counts(
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            int before,
            LocalDate slot,
            @Nullable Instant holdBefore) {
        Instant opensAt =
                dates(enrolment, plan, asset, enrolment.slots() + before, slot).opensAt();
        return !opensAt.isAfter(clock.instant()) || (holdBefore != null && !opensAt.isAfter(holdBefore));
    }

    /** A single date nobody has announced waits whenever it opens; what an import enrolled waits where it would open at once. */
    private static @Nullable Instant holdBefore(PlanInForce plan, boolean imported, Instant now) {
        return plan.unannounced() ? Instant.MAX : imported ? now : null;
    }

    /** Whether a plan that ends has asked this asset for all it ever will; rows that were taken back do not count. */
    private static boolean complete(Handle tx, Enrolment enrolment, Cadence cadence) {
        if (enrolment.slots() == 0 || cadence.slots() == Long.MAX_VALUE) {
            return false;
        }
        return tx.attach(ReviewDao.class).listByEnrolment(enrolment.id()).stream()
                        .filter(review -> review.closing().cancelledAt() == null)
                        .count()
                >= cadence.slots();
    }

    /** The day from which an enrolment may have slots: not before it began, and after everything that has opened. */
    private static LocalDate firstFree(Handle tx, Enrolment enrolment) {
        return enrolment.slots() == 0
                ? enrolment.enrolledOn()
                : firstFree(enrolment.enrolledOn(), tx.attach(ReviewDao.class).listByEnrolment(enrolment.id()));
    }

    /** The first day on or after the given one that lies after every slot that has opened or was missed. */
    static LocalDate firstFree(LocalDate notBefore, List<Review> all) {
        LocalDate first = notBefore;
        for (Review review : all) {
            boolean used =
                    review.opening().openedAt() != null || review.closing().missedAt() != null;
            LocalDate after = review.dates().scheduledOn().plusDays(1);
            if (used && review.closing().cancelledAt() == null && after.isAfter(first)) {
                first = after;
            }
        }
        return first;
    }

    private List<Review> store(Handle tx, PlanInForce plan, List<Wanted> wanted, Actor by, Channel channel) {
        int count = wanted.stream().mapToInt(one -> one.slots().size()).sum();
        if (count == 0) {
            return List.of();
        }
        ReviewDao dao = tx.attach(ReviewDao.class);
        dao.takeNumbers(count);
        long number = dao.nextNumber() - count;
        List<Review> rows = new ArrayList<>();
        List<ReviewRecords.Entry> entries = new ArrayList<>();
        for (Wanted one : wanted) {
            int slotNo = one.enrolment().slots();
            for (LocalDate slot : one.slots()) {
                Review review = row(one, plan, slotNo++, slot, number++);
                rows.add(review);
                Evidence evidence = records.start(tx, "scheduled", review, one.asset(), plan.definition(), by);
                entries.add(new ReviewRecords.Entry(
                        "scheduled", review, evidence, review.dates().dueOn().toString()));
            }
        }
        dao.insert(rows);
        records.writeAll(tx, entries, by, channel);
        return rows;
    }

    private Review row(Wanted wanted, PlanInForce plan, int slotsBefore, LocalDate slot, long number) {
        Enrolment enrolment = wanted.enrolment();
        ReviewDates dates = dates(enrolment, plan, wanted.asset(), slotsBefore, slot);
        Instant holdBefore = wanted.holdBefore();
        return new Review(
                Ids.next(clock),
                number,
                enrolment.id(),
                slotsBefore + 1,
                plan.id(),
                plan.version(),
                wanted.asset().id(),
                Review.SCHEDULED,
                null,
                dates,
                holdBefore != null && !dates.opensAt().isAfter(holdBefore),
                null,
                Opening.NONE,
                Handling.NONE,
                Attestation.NONE,
                Approval.NONE,
                Closing.NONE,
                1);
    }

    private static ReviewDates dates(
            Enrolment enrolment, PlanInForce plan, Covered asset, int slotsBefore, LocalDate slot) {
        LocalDate previous = slotsBefore == 0 ? asset.lastReviewOn() : null;
        return ReviewDates.of(plan.definition(), slot, previous, previous, enrolment.enrolledOn());
    }

    UUID newId() {
        return Ids.next(clock);
    }
}
