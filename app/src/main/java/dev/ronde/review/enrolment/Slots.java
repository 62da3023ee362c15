package dev.ronde.review.enrolment;

import static java.time.temporal.ChronoUnit.DAYS;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.PlanWork;
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
import org.jspecify.annotations.Nullable;

/** Keeps one row for every expected slot, at least thirteen months ahead. */
public record Slots(InstantSource clock, ReviewRecords records) {
    /** How far ahead rows exist; the first slot after it has its row too, so that a plan never has no future slot. */
    public static final Period HORIZON = Period.ofMonths(13);

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
    public record Made(List<Review> rows, int added) {}

    /** Begins enrolments, some hundred at once, each with its rows up to the horizon. */
    Made begin(PlanWork work, List<Start> starts) {
        List<Enrolment> begun = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        int added = 0;
        for (Start start : starts) {
            Base base = new Base(work, start.enrolment(), start.asset(), List.of());
            Instant holdBefore = holdBefore(work, start.hold());
            List<LocalDate> missing = missing(base);
            added += missing.size();
            List<LocalDate> slots = counting(base, missing, holdBefore);
            if (work.kept() || !slots.isEmpty()) {
                begun.add(start.enrolment().with(slots));
                wanted.add(wanted(base, slots, holdBefore));
            }
        }
        work.tx().attach(EnrolmentDao.class).insert(begun);
        return new Made(store(work, wanted), added);
    }

    /** Adds the rows that are missing up to the horizon, and one in any case where none waits; the enrolment must be locked. */
    public Made extend(PlanWork work, Enrolment enrolment, Covered asset) {
        List<Review> before = work.tx().attach(ReviewDao.class).listByEnrolment(enrolment.id());
        return extend(work, enrolment, before, asset, false);
    }

    Made extend(PlanWork work, Enrolment enrolment, List<Review> before, Covered asset, boolean hold) {
        Base base = new Base(work, enrolment, asset, before);
        Instant holdBefore = holdBefore(work, hold);
        List<LocalDate> missing = missing(base);
        List<LocalDate> slots = counting(base, missing, holdBefore);
        if (slots.isEmpty()) {
            return new Made(List.of(), missing.size());
        }
        work.tx().attach(EnrolmentDao.class).updateSlots(List.of(enrolment.with(slots)));
        return new Made(store(work, List.of(wanted(base, slots, holdBefore))), missing.size());
    }

    /** Adds rows with these dates, whatever the cadence says; the enrolment must be locked. */
    List<Review> again(PlanWork work, Enrolment enrolment, Covered asset, List<ReviewDates> dates, boolean hold) {
        if (dates.isEmpty()) {
            return List.of();
        }
        List<LocalDate> slots = dates.stream().map(ReviewDates::scheduledOn).toList();
        work.tx().attach(EnrolmentDao.class).updateSlots(List.of(enrolment.with(slots)));
        return store(work, List.of(new Wanted(enrolment, asset, dates, holdBefore(work, hold))));
    }

    /** Asks once more for reviews outside the cadence; a window that has ended counts from today. */
    List<Review> beside(PlanWork work, Enrolment enrolment, Covered asset, List<Review> former, boolean hold) {
        Instant holdBefore = holdBefore(work, hold);
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        List<NewReviews.Draft> drafts = new ArrayList<>();
        for (Review one : former) {
            int no = dao.countByCause(enrolment.id(), one.cause()) + drafts.size() + 1;
            ReviewDates dates = one.dates().usable(work.plan().definition(), clock.instant());
            drafts.add(draft(enrolment, asset, no, one.cause(), one.causeReason(), dates, holdBefore));
        }
        return new NewReviews(clock, records).make(work, drafts);
    }

    /** What new rows of an enrolment begin from: those it has. */
    private record Base(PlanWork work, Enrolment enrolment, Covered asset, List<Review> before) {

        /** Only the first of the new rows can have a performance before it to count from. */
        ReviewDates dates(boolean first, LocalDate slot) {
            return ReviewDates.of(
                    work.plan().definition(),
                    slot,
                    first ? Performances.countsFrom(before, asset) : null,
                    first ? Performances.previousOn(before, asset) : null,
                    enrolment.enrolledOn());
        }
    }

    private static Wanted wanted(Base base, List<LocalDate> slots, @Nullable Instant holdBefore) {
        List<ReviewDates> dates = new ArrayList<>();
        slots.forEach(slot -> dates.add(base.dates(dates.isEmpty(), slot)));
        return new Wanted(base.enrolment(), base.asset(), dates, holdBefore);
    }

    private List<LocalDate> missing(Base base) {
        PlanInForce plan = base.work().plan();
        Enrolment enrolment = base.enrolment();
        LocalDate horizon =
                LocalTimes.dayOf(clock.instant(), plan.definition().zone()).plus(HORIZON);
        Cadence cadence = enrolment.cadence(plan);
        LocalDate last = enrolment.lastSlotOn();
        List<LocalDate> missing = new ArrayList<>();
        Optional<LocalDate> slot = complete(base.before(), cadence)
                ? Optional.empty()
                : last == null
                        ? first(cadence, enrolment.enrolledOn(), base.before(), null)
                        : cadence.find(last.plusDays(1));
        boolean waits = !base.before().stream().allMatch(Performances::ended);
        while (slot.isPresent() && (last == null || !last.isAfter(horizon) || (missing.isEmpty() && !waits))) {
            last = slot.get();
            missing.add(last);
            slot = cadence.find(last.plusDays(1));
        }
        return missing;
    }

    /**
     * Missing slots that get rows. Of work that is rolled back only the first, which open now or are held: no number depends on the others.
     */
    private List<LocalDate> counting(Base base, List<LocalDate> missing, @Nullable Instant holdBefore) {
        int end = base.work().kept() ? missing.size() : 0;
        while (end < missing.size() && counts(base.dates(end == 0, missing.get(end)), holdBefore)) {
            end++;
        }
        return missing.subList(0, end);
    }

    private boolean counts(ReviewDates dates, @Nullable Instant holdBefore) {
        return !dates.opensAt().isAfter(clock.instant())
                || (holdBefore != null && !dates.opensAt().isAfter(holdBefore));
    }

    /** An unannounced single date always waits; an imported asset waits if its review would open at once. */
    private @Nullable Instant holdBefore(PlanWork work, boolean imported) {
        return work.plan().unannounced() ? Instant.MAX : imported ? clock.instant() : null;
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

    private List<Review> store(PlanWork work, List<Wanted> wanted) {
        List<NewReviews.Draft> drafts = new ArrayList<>();
        for (Wanted one : wanted) {
            int slotNo = one.enrolment().slots();
            for (ReviewDates dates : one.dates()) {
                drafts.add(
                        draft(one.enrolment(), one.asset(), ++slotNo, Review.SCHEDULED, null, dates, one.holdBefore()));
            }
        }
        return new NewReviews(clock, records).make(work, drafts);
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

    UUID newId() {
        return Ids.next(clock);
    }
}
