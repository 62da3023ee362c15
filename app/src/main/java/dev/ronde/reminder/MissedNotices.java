package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What leads are told of a review whose window closed: that at once, at any hour, and every Monday that it still has no cause and recovery. */
record MissedNotices(World world, ReviewFacts facts, Instant now) {
    /** Older misses wait for Monday's mail. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    List<Notice> all() {
        Instant missedAt = facts.review().closing().missedAt();
        List<Notice> notices = new ArrayList<>();
        if (missedAt == null) {
            return notices;
        }
        for (Person lead : world.people().leads()) {
            weekly(missedAt, world.people().times(lead)).ifPresent(step -> notices.add(facts.notice(step, lead)));
            if (!missedAt.isBefore(now.minus(REMEMBERED))) {
                Step missed = Step.of(Topic.MISSED, missedAt);
                notices.add(Notice.urgent(missed, NoticeSubject.of(facts.review()), lead.id()));
            }
        }
        return notices;
    }

    /** This Monday's; empty before its morning, and if the review was not a week old by then or has its cause and recovery. */
    private Optional<Step> weekly(Instant missedAt, NoticeTimes times) {
        LocalDate monday = LocalTimes.dayOf(now, times.zone()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Instant old = LocalTimes.startOf(monday.minusDays(6), times.zone());
        boolean asks = facts.review().closing().recovery() == null && !missedAt.isAfter(old);
        return Optional.of(Step.on(Topic.RECOVERY, monday, times.morningOf(monday)))
                .filter(step -> asks && !step.at().isAfter(now));
    }
}
