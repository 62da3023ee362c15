package dev.ronde.dashboard;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many reviews become due on each day of the next 13 weeks, Monday first. */
record HeatMap(List<Square> squares, List<WeekRow> weeks, List<MonthLabel> months, Optional<Square> busiest) {
    static final int WEEKS = 13;
    private static final int STEP = 26;
    private static final int LEFT = 40;
    private static final int TOP = 22;

    /** One day in the coordinates of the view box; shade 0 (nothing due) to 4 (the busiest). */
    public record Square(int x, int y, int shade, LocalDate day, long due) {}

    public record WeekRow(LocalDate monday, long due) {}

    public record MonthLabel(int x, LocalDate day) {}

    static HeatMap of(LocalDate today, Map<LocalDate, Long> due) {
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        long most = due.values().stream().max(Comparator.naturalOrder()).orElse(0L);
        List<Square> squares = new ArrayList<>();
        List<WeekRow> weeks = new ArrayList<>();
        List<MonthLabel> months = new ArrayList<>();
        for (int week = 0; week < WEEKS; week++) {
            LocalDate first = monday.plusWeeks(week);
            long sum = 0;
            for (int i = 0; i < 7; i++) {
                LocalDate day = first.plusDays(i);
                long count = due.getOrDefault(day, 0L);
                sum += count;
                squares.add(new Square(LEFT + week * STEP, TOP + i * STEP, shade(count, most), day, count));
            }
            weeks.add(new WeekRow(first, sum));
            if (week == 0 || first.getDayOfMonth() <= 7) {
                boolean crowded = !months.isEmpty() && week == 1;
                if (!crowded) {
                    months.add(new MonthLabel(LEFT + week * STEP, first));
                }
            }
        }
        Optional<Square> busiest = squares.stream()
                .filter(square -> square.due() > 0)
                .max(Comparator.comparingLong(Square::due).thenComparing(Square::day, Comparator.reverseOrder()));
        return new HeatMap(squares, weeks, months, busiest);
    }

    private static int shade(long count, long most) {
        return count == 0 ? 0 : (int) Math.max(1, Math.ceil(4.0 * count / most));
    }
}
