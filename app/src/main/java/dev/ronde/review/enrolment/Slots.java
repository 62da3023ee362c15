package dev.ronde.review.enrolment;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanInForce;
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
public final class Slots {

    /** How far ahead rows exist; the first slot after it has its row too, so that a plan never has no future slot. */
    public static final Period HORIZON = Period.ofMonths(13);

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

    /** For work that is rolled back: skips rows that neither open now nor are held, as they change no number. */
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
            List<ReviewDates> dates,
            @Nullable Instant holdBefore) {}

    /**
     * What is expected anew.
     *
     * @param rows that were made
     * @param added how many reviews are expected that were not; more than the rows where work is rolled back
     */
    record Made(List<Review> rows, int added) {
        private static final Made NOTHING = new Made(List.of(), 0);
    }

    /** Begins enrolments, some hundred at once, each with its rows up to the horizon. */
    Made begin(Handle tx, PlanInForce plan, List<Start> starts, Actor by, Channel channel) {
        Instant now = clock.instant();
        List<Enrolment> begun = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        int added = 0;
        for (Start start : starts) {
            Instant holdBefore = holdBefore(plan, start.hold(), now);
            List<LocalDate> missing = missing(start.enrolment(), plan, List.of());
            added += missing.size();
            List<LocalDate> slots = counting(start.enrolment(), plan, start.asset(), List.of(), missing, holdBefore);
            if (all || !slots.isEmpty()) {
                begun.add(start.enrolment().with(slots));
                wanted.add(wanted(start.enrolment(), plan, start.asset(), List.of(), slots, holdBefore));
            }
        }
        tx.attach(EnrolmentDao.class).insert(begun);
        return new Made(store(tx, plan, wanted, by, channel), added);
    }

    /** Adds the rows that are missing up to the horizon, and one in any case where none waits; the enrolment must be locked. */
    public List<Review> extend(
            Handle tx, Enrolment enrolment, PlanInForce plan, Covered asset, boolean hold, Actor by, Channel channel) {
        List<Review> before = tx.attach(ReviewDao.class).listByEnrolment(enrolment.id());
        return extend(tx, enrolment, before, plan, asset, hold, by, channel).rows();
    }

    Made extend(
            Handle tx,
            Enrolment enrolment,
            List<Review> before,
            PlanInForce plan,
            Covered asset,
            boolean hold,
            Actor by,
            Channel channel) {
        Instant holdBefore = holdBefore(plan, hold, clock.instant());
        List<LocalDate> missing = missing(enrolment, plan, before);
        List<LocalDate> slots = counting(enrolment, plan, asset, before, missing, holdBefore);
        if (slots.isEmpty()) {
            return missing.isEmpty() ? Made.NOTHING : new Made(List.of(), missing.size());
        }
        Enrolment after = enrolment.with(slots);
        tx.attach(EnrolmentDao.class).updateSlots(List.of(after));
        List<Review> rows =
                store(tx, plan, List.of(wanted(enrolment, plan, asset, before, slots, holdBefore)), by, channel);
        return new Made(rows, missing.size());
    }

    /** Adds rows with these dates, whatever the cadence says; the enrolment must be locked. */
    List<Review> again(
            Handle tx,
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            List<ReviewDates> dates,
            boolean hold,
            Actor by,
            Channel channel) {
        if (dates.isEmpty()) {
            return List.of();
        }
        tx.attach(EnrolmentDao.class)
                .updateSlots(List.of(enrolment.with(
                        dates.stream().map(ReviewDates::scheduledOn).toList())));
        Instant holdBefore = holdBefore(plan, hold, clock.instant());
        return store(tx, plan, List.of(new Wanted(enrolment, asset, dates, holdBefore)), by, channel);
    }

    /** Asks once more for reviews outside the cadence; a window that has ended counts from today. */
    List<Review> beside(
            Handle tx,
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            List<Review> former,
            boolean hold,
            Actor by,
            Channel channel) {
        if (former.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Instant holdBefore = holdBefore(plan, hold, now);
        ReviewDao dao = tx.attach(ReviewDao.class);
        List<NewReviews.Draft> drafts = new ArrayList<>();
        for (Review one : former) {
            int no = dao.countByCause(enrolment.id(), one.cause()) + drafts.size() + 1;
            ReviewDates dates = one.dates().usable(plan.definition(), now);
            drafts.add(draft(enrolment, asset, no, one.cause(), one.causeReason(), dates, holdBefore));
        }
        return new NewReviews(clock, records).make(tx, plan, drafts, by, channel);
    }

    private static Wanted wanted(
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            List<Review> before,
            List<LocalDate> slots,
            @Nullable Instant holdBefore) {
        List<ReviewDates> dates = new ArrayList<>();
        for (LocalDate slot : slots) {
            dates.add(dates(enrolment, plan, asset, before, dates.isEmpty(), slot));
        }
        return new Wanted(enrolment, asset, dates, holdBefore);
    }

    private List<LocalDate> missing(Enrolment enrolment, PlanInForce plan, List<Review> before) {
        LocalDate today = LocalTimes.dayOf(clock.instant(), plan.definition().zone());
        LocalDate horizon = today.plus(HORIZON);
        Cadence cadence = enrolment.cadence(plan);
        LocalDate last = enrolment.lastSlotOn();
        List<LocalDate> missing = new ArrayList<>();
        Optional<LocalDate> slot = complete(before, cadence)
                ? Optional.empty()
                : last == null ? first(cadence, enrolment.enrolledOn(), before, null) : cadence.find(last.plusDays(1));
        boolean waits = !before.stream().allMatch(Performances::ended);
        while (slot.isPresent() && (last == null || !last.isAfter(horizon) || (missing.isEmpty() && !waits))) {
            last = slot.get();
            missing.add(last);
            slot = cadence.find(last.plusDays(1));
        }
        return missing;
    }

    /** Missing slots that get rows; for work that is rolled back, the first that a number depends on. */
    private List<LocalDate> counting(
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            List<Review> before,
            List<LocalDate> missing,
            @Nullable Instant holdBefore) {
        int end = all ? missing.size() : 0;
        while (end < missing.size() && counts(enrolment, plan, asset, before, end == 0, missing.get(end), holdBefore)) {
            end++;
        }
        return missing.subList(0, end);
    }

    private boolean counts(
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            List<Review> before,
            boolean first,
            LocalDate slot,
            @Nullable Instant holdBefore) {
        Instant opensAt = dates(enrolment, plan, asset, before, first, slot).opensAt();
        return !opensAt.isAfter(clock.instant()) || (holdBefore != null && !opensAt.isAfter(holdBefore));
    }

    /** An unannounced single date always waits; an imported asset waits if its review would open at once. */
    private static @Nullable Instant holdBefore(PlanInForce plan, boolean imported, Instant now) {
        return plan.unannounced() ? Instant.MAX : imported ? now : null;
    }

    /** True if a plan that ends has asked this asset for everything; withdrawn rows do not count. */
    private static boolean complete(List<Review> before, Cadence cadence) {
        return before.stream()
                        .filter(review -> review.closing().cancelledAt() == null)
                        .count()
                >= cadence.slots();
    }

    /**
     * The first slot of a row that asks for what was not asked yet. Where the row is another than before, a slot that lies less than half
     * its interval after one that has opened is passed over, if what was expected next is nearer to the slot after it: that period is
     * there already.
     *
     * @param expected the slot that was expected next; null where none was
     */
    static Optional<LocalDate> first(
            Cadence cadence, LocalDate notBefore, List<Review> all, @Nullable LocalDate expected) {
        LocalDate asked = null;
        for (Review review : all) {
            LocalDate slot = review.dates().scheduledOn();
            boolean opened =
                    review.opening().openedAt() != null && review.closing().cancelledAt() == null;
            asked = opened && (asked == null || slot.isAfter(asked)) ? slot : asked;
        }
        Optional<LocalDate> slot = cadence.find(firstFree(notBefore, all));
        while (asked != null && slot.isPresent()) {
            Optional<LocalDate> next = cadence.find(slot.get().plusDays(1));
            if (next.isEmpty() || !isThere(asked, expected, slot.get(), next.get())) {
                return slot;
            }
            slot = next;
        }
        return slot;
    }

    private static boolean isThere(LocalDate asked, @Nullable LocalDate expected, LocalDate slot, LocalDate next) {
        return 2 * DAYS.between(asked, slot) < DAYS.between(slot, next)
                && (expected == null
                        || Math.abs(DAYS.between(expected, next)) < Math.abs(DAYS.between(expected, slot)));
    }

    /** The first day on or after the given one that is after every opened or missed slot. */
    private static LocalDate firstFree(LocalDate notBefore, List<Review> all) {
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
        List<NewReviews.Draft> drafts = new ArrayList<>();
        for (Wanted one : wanted) {
            int slotNo = one.enrolment().slots();
            for (ReviewDates dates : one.dates()) {
                drafts.add(
                        draft(one.enrolment(), one.asset(), ++slotNo, Review.SCHEDULED, null, dates, one.holdBefore()));
            }
        }
        return new NewReviews(clock, records).make(tx, plan, drafts, by, channel);
    }

    private static NewReviews.Draft draft(
            Enrolment enrolment,
            Covered asset,
            int slotNo,
            String cause,
            @Nullable String reason,
            ReviewDates dates,
            @Nullable Instant holdBefore) {
        boolean held = holdBefore != null && !dates.opensAt().isAfter(holdBefore);
        return new NewReviews.Draft(enrolment.id(), asset, slotNo, cause, reason, dates, held);
    }

    /** Only the first of the new rows can have a performance before it to count from. */
    private static ReviewDates dates(
            Enrolment enrolment, PlanInForce plan, Covered asset, List<Review> before, boolean first, LocalDate slot) {
        return ReviewDates.of(
                plan.definition(),
                slot,
                first ? Performances.countsFrom(before, asset) : null,
                first ? Performances.previousOn(before, asset) : null,
                enrolment.enrolledOn());
    }

    UUID newId() {
        return Ids.next(clock);
    }
}
