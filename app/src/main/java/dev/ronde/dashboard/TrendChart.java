package dev.ronde.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The coverage of the last weeks as a line, in the coordinates of its own view box. Needs no script. */
record TrendChart(int width, int height, String line, List<Point> points, List<Level> levels) {
    private static final int LEFT = 44;
    private static final int RIGHT = 10;
    private static final int TOP = 12;
    private static final int BOTTOM = 26;

    /** {@code day} is the last day of the week. */
    public record Point(String x, String y, LocalDate day, BigDecimal percent) {}

    public long weeksBack() {
        return points.isEmpty()
                ? 0
                : Math.round(ChronoUnit.DAYS.between(
                                points.get(0).day(),
                                points.get(points.size() - 1).day())
                        / 7.0);
    }

    public record Level(String y, String textY, int percent) {}

    record Week(LocalDate day, long inDate, long all) {
        BigDecimal percent() {
            return share(inDate, all);
        }
    }

    /** Percent with one decimal; 100 only if nothing is missing, 0 if there is nothing to count. */
    static BigDecimal share(long part, long all) {
        return all == 0
                ? BigDecimal.ZERO.setScale(1)
                : BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(all), 1, RoundingMode.FLOOR);
    }

    static TrendChart of(List<Week> weeks, int width, int height) {
        int lowest = weeks.stream()
                .map(Week::percent)
                .mapToInt(BigDecimal::intValue)
                .map(percent -> percent / 20 * 20)
                .min()
                .orElse(0);
        int floor = Math.min(80, lowest);
        List<Level> levels = new ArrayList<>();
        for (int percent = floor; percent <= 100; percent += floor == 80 ? 5 : 20) {
            double y = y(percent, floor, height);
            levels.add(new Level(number(y), number(y + 4), percent));
        }
        List<Point> points = new ArrayList<>();
        double step = (width - LEFT - RIGHT) / (double) Math.max(1, weeks.size() - 1);
        for (int i = 0; i < weeks.size(); i++) {
            Week week = weeks.get(i);
            double y = y(week.percent().doubleValue(), floor, height);
            points.add(new Point(number(LEFT + i * step), number(y), week.day(), week.percent()));
        }
        String line = points.stream().map(point -> point.x() + "," + point.y()).collect(Collectors.joining(" "));
        return new TrendChart(width, height, line, points, levels);
    }

    private static double y(double percent, int floor, int height) {
        return TOP + (100 - percent) / (100 - floor) * (height - TOP - BOTTOM);
    }

    private static String number(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
