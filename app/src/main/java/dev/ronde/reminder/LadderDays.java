package dev.ronde.reminder;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.review.builder.LadderAhead;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The days of the ladder for a review that nobody answers. */
public final class LadderDays implements LadderAhead {

    @Override
    public List<Told> of(LocalDate opensOn, LocalDate dueOn, ZoneId zone) {
        NoticeTimes times = NoticeTimes.of(zone);
        Instant opened = LocalTimes.startOf(opensOn, zone);
        Rung assigned = Rung.of(Step.ASSIGNED, Ladder.assignedAt(opened, false, times));
        Instant end = times.morningOf(Ladder.escalationDay(Step.LEAD, dueOn, times));
        List<Rung> rungs = new ArrayList<>(Ladder.ofOwner(assigned, dueOn, zone, times, end));
        for (Step step : List.of(Step.BACKUP, Step.MANAGER, Step.LEAD)) {
            rungs.addAll(Ladder.ofEscalation(step, dueOn, times, end));
        }
        return rungs.stream()
                .sorted(Comparator.comparing(Rung::at))
                .map(rung -> new Told(
                        rung.step() == Step.ASSIGNED ? "opened" : rung.step().word(),
                        LocalTimes.dayOf(rung.at(), zone)))
                .toList();
    }
}
