package dev.ronde.bench;

import java.util.Arrays;
import java.util.Locale;

/** Prints a comparison: a table for people and one line of JSON; minimum, median and maximum of each side. */
public final class Ratio {
    private Ratio() {}

    public static void print(String bench, String unit, double[] ours, double[] theirs) {
        System.out.printf(Locale.ROOT, "%-34s %12s %12s %12s%n", bench + " (" + unit + ")", "min", "median", "max");
        row("ours", ours);
        row("theirs", theirs);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"%s\",\"unit\":\"%s\",\"ours\":%.1f,\"theirs\":%.1f,\"ratio\":%.2f,\"ours_min\":%.1f,\"ours_max\":%.1f,\"theirs_min\":%.1f,\"theirs_max\":%.1f}%n",
                bench,
                unit,
                median(ours),
                median(theirs),
                median(ours) / median(theirs),
                min(ours),
                max(ours),
                min(theirs),
                max(theirs));
    }

    public static void print(String bench, String unit, double[] ours) {
        System.out.printf(Locale.ROOT, "%-34s %12s %12s %12s%n", bench + " (" + unit + ")", "min", "median", "max");
        row("ours", ours);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"%s\",\"unit\":\"%s\",\"ours\":%.1f,\"ours_min\":%.1f,\"ours_max\":%.1f}%n",
                bench,
                unit,
                median(ours),
                min(ours),
                max(ours));
    }

    private static void row(String who, double[] values) {
        System.out.printf(Locale.ROOT, "%-34s %12.1f %12.1f %12.1f%n", who, min(values), median(values), max(values));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }
}
