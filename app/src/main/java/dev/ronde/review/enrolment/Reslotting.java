package dev.ronde.review.enrolment;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives unopened rows the dates their plan and anchor now ask for; what has opened keeps its own. */
record Reslotting(InstantSource clock, Slots slots, SlotDates dates, Cancellations cancellations) {
    private record Wanted(
            List<SlotDates.Moved> moved,
            List<Review> dropped,
            @Nullable LocalDate newest) {}

    void run(PlanWork work, Map<UUID, Covered> assetsByEnrolment, EnrolmentTally tally) {
        EnrolmentDao dao = work.tx().attach(EnrolmentDao.class);
        List<Enrolment> enrolments = dao.lockAll(assetsByEnrolment.keySet());
        Map<UUID, List<Review>> rows =
                work.tx().attach(ReviewDao.class).listByEnrolments(assetsByEnrolment.keySet()).stream()
                        .collect(Collectors.groupingBy(Review::enrolmentId));
        Map<UUID, Wanted> wanted = new HashMap<>();
        List<SlotDates.Moved> moved = new ArrayList<>();
        List<Enrolment> after = new ArrayList<>();
        for (Enrolment enrolment : enrolments) {
            Covered asset = Objects.requireNonNull(assetsByEnrolment.get(enrolment.id()));
            Wanted one = wanted(enrolment, rows.getOrDefault(enrolment.id(), List.of()), work.plan(), asset);
            wanted.put(enrolment.id(), one);
            moved.addAll(one.moved());
            after.add(one.newest() == null ? enrolment : enrolment.upTo(one.newest()));
        }
        dates.move(work, moved);
        count(moved, tally);
        dao.updateSlots(after);
        for (Enrolment enrolment : after) {
            Covered asset = Objects.requireNonNull(assetsByEnrolment.get(enrolment.id()));
            List<Review> dropped =
                    Objects.requireNonNull(wanted.get(enrolment.id())).dropped();
            cancellations.cancel(work, dropped, Map.of(asset.id(), asset), "plan_changed");
            tally.cancelled += dropped.size();
            List<Review> kept = rows.getOrDefault(enrolment.id(), List.of()).stream()
                    .filter(review -> !dropped.contains(review))
                    .toList();
            tally.added += slots.extend(work, enrolment, kept, asset, false).added();
        }
    }

    private Wanted wanted(Enrolment enrolment, List<Review> all, PlanInForce plan, Covered asset) {
        List<Review> unopened = all.stream()
                .filter(review -> review.opening().openedAt() == null && !Performances.ended(review))
                .toList();
        Cadence cadence = enrolment.cadence(plan);
        LocalDate today = LocalTimes.dayOf(clock.instant(), plan.definition().zone());
        LocalDate horizon = today.plus(Slots.HORIZON);
        boolean keep = sameSlots(unopened, cadence);
        LocalDate expected = unopened.isEmpty() ? null : unopened.get(0).dates().scheduledOn();
        Optional<LocalDate> slot = Slots.first(cadence, today, all, expected);
        List<SlotDates.Moved> moved = new ArrayList<>();
        List<Review> dropped = new ArrayList<>();
        LocalDate before = null;
        for (Review review : unopened) {
            Optional<LocalDate> day = keep ? Optional.of(review.dates().scheduledOn()) : slot;
            if (day.isEmpty() || (!keep && before != null && before.isAfter(horizon))) {
                dropped.add(review);
                continue;
            }
            before = day.get();
            List<Review> earlier = Performances.before(review, all);
            ReviewDates to = ReviewDates.of(
                    plan.definition(),
                    before,
                    Performances.countsFrom(earlier, asset),
                    Performances.previousOn(review, all, asset),
                    enrolment.enrolledOn());
            moved.add(new SlotDates.Moved(review, to, asset));
            slot = cadence.find(before.plusDays(1));
        }
        return new Wanted(moved, dropped, before == null ? enrolment.lastSlotOn() : before);
    }

    private void count(List<SlotDates.Moved> moved, EnrolmentTally tally) {
        Instant now = clock.instant();
        for (SlotDates.Moved one : moved) {
            ReviewDates old = one.review().dates();
            if (one.isMove()) {
                tally.moved++;
                if (!one.to().overdueAt().isAfter(now) && old.overdueAt().isAfter(now)) {
                    tally.becameOverdue++;
                }
            }
        }
    }

    /** True if the rows lie on consecutive slots of the cadence; their days then stay. */
    private static boolean sameSlots(List<Review> unopened, Cadence cadence) {
        LocalDate expected = null;
        for (Review review : unopened) {
            LocalDate slot = review.dates().scheduledOn();
            LocalDate from = expected == null ? slot : expected;
            if (!cadence.find(from).filter(slot::equals).isPresent()) {
                return false;
            }
            expected = slot.plusDays(1);
        }
        return !unopened.isEmpty();
    }
}
