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
        Step assigned = Step.of(Topic.ASSIGNED, Ladder.morning(opened, times));
        Instant end = times.morningOf(Ladder.escalationDay(Topic.LEAD, dueOn, times));
        List<Step> steps = new ArrayList<>(Ladder.ofOwner(assigned, dueOn, zone, times, end));
        for (Topic topic : List.of(Topic.BACKUP, Topic.MANAGER, Topic.LEAD)) {
            steps.addAll(Ladder.ofEscalation(topic, dueOn, times, end));
        }
        return steps.stream()
                .sorted(Comparator.comparing(Step::at))
                .map(step -> new Told(
                        step.topic() == Topic.ASSIGNED ? "opened" : step.topic().word(),
                        LocalTimes.dayOf(step.at(), zone)))
                .toList();
    }
}
