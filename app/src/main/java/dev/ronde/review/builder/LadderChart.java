package dev.ronde.review.builder;

import dev.ronde.review.plan.PlanDefinition;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The way of one review that nobody answers, as a time line in the coordinates of its view box: what happens carries a number, which the
 * list beside it explains.
 *
 * @param compact true for the variant of small screens
 * @param marks what happens, by day
 * @param ticks where the owner is told again
 */
record LadderChart(
        boolean compact, int width, int height, int barY, List<Bar> bars, List<Mark> marks, List<Integer> ticks) {

    private static final int MARGIN = 14;
    private static final int LANE = 24;
    private static final int APART = 22;
    private static final int STEM = 20;
    private static final int BAR = 12;

    /** {@code shade} is open, grace or late. */
    public record Bar(int x, int width, String shade) {}

    /** One thing that happens, with the end of the key {@code review.ladder.<step>} that says what. */
    public record Mark(int number, int x, int y, String step, LocalDate on) {}

    static LadderChart of(
            PlanDefinition plan, LocalDate opensOn, LocalDate dueOn, List<LadderAhead.Told> told, boolean compact) {
        LocalDate lateFrom = dueOn.plus(plan.grace());
        LocalDate missedOn = dueOn.plus(plan.missedAfter());
        List<LadderAhead.Told> happens = new ArrayList<>(told);
        if (lateFrom.isAfter(dueOn)) {
            happens.add(new LadderAhead.Told("grace", lateFrom));
        }
        happens.add(new LadderAhead.Told("missed", missedOn));
        happens.removeIf(one -> one.on().isAfter(missedOn) || one.on().isBefore(opensOn));
        happens.sort(Comparator.comparing(LadderAhead.Told::on));
        int width = compact ? 320 : 640;
        Scale scale = new Scale(opensOn, Math.max(1, ChronoUnit.DAYS.between(opensOn, missedOn)), width - 2 * MARGIN);
        List<Mark> marks = new ArrayList<>();
        List<Integer> ticks = new ArrayList<>();
        Lanes lanes = new Lanes();
        Set<String> seen = new HashSet<>();
        for (LadderAhead.Told one : happens) {
            int x = scale.x(one.on());
            if (seen.add(one.step())) {
                marks.add(new Mark(marks.size() + 1, x, lanes.place(x), one.step(), one.on()));
            } else {
                ticks.add(x);
            }
        }
        int bottom = lanes.used() * LANE + MARGIN;
        List<Mark> placed = marks.stream()
                .map(mark -> new Mark(mark.number(), mark.x(), bottom - STEM - mark.y() * LANE, mark.step(), mark.on()))
                .toList();
        List<Bar> bars = new ArrayList<>();
        bars.add(scale.bar(opensOn, dueOn, "fill-accent"));
        bars.add(scale.bar(dueOn, earlier(lateFrom, missedOn), "fill-warn"));
        bars.add(scale.bar(earlier(lateFrom, missedOn), missedOn, "fill-bad"));
        bars.removeIf(bar -> bar.width() == 0);
        return new LadderChart(compact, width, bottom + BAR + 2, bottom, bars, placed, ticks);
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private record Scale(LocalDate from, long days, int width) {
        int x(LocalDate day) {
            return MARGIN + (int) Math.round((double) width * ChronoUnit.DAYS.between(from, day) / days);
        }

        Bar bar(LocalDate start, LocalDate end, String shade) {
            return new Bar(x(start), Math.max(0, x(end) - x(start)), shade);
        }
    }

    /** Numbers that would overlap go one above the other. */
    private static final class Lanes {
        private int[] last = new int[0];

        int place(int x) {
            for (int lane = 0; lane < last.length; lane++) {
                if (x - last[lane] >= APART) {
                    last[lane] = x;
                    return lane;
                }
            }
            last = Arrays.copyOf(last, last.length + 1);
            last[last.length - 1] = x;
            return last.length - 1;
        }

        int used() {
            return last.length;
        }
    }
}
