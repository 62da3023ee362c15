package dev.ronde.cadence;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The days of the week on which somebody works.
 *
 * @param days at least one, Monday first
 */
public record WorkWeek(List<DayOfWeek> days) {

    public static final WorkWeek USUAL = of(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

    public WorkWeek {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a week needs at least one working day");
        }
        days = List.copyOf(EnumSet.copyOf(days));
    }

    public static WorkWeek of(Set<DayOfWeek> days) {
        return new WorkWeek(List.copyOf(days));
    }

    /** The week written as the digits of ISO 8601, 1 for Monday. */
    public static WorkWeek ofDigits(String digits) {
        return new WorkWeek(
                digits.chars().mapToObj(digit -> DayOfWeek.of(digit - '0')).toList());
    }

    /** The week of these words, {@code monday} to {@code sunday}; empty where one is no day or there is none. */
    public static Optional<WorkWeek> ofWords(List<String> words) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (words.contains(word(day))) {
                days.add(day);
            }
        }
        return days.isEmpty() || days.size() != Set.copyOf(words).size() ? Optional.empty() : Optional.of(of(days));
    }

    /** The digits of ISO 8601, such as {@code 12345}. */
    public String digits() {
        return days.stream().map(day -> String.valueOf(day.getValue())).collect(Collectors.joining());
    }

    public List<String> words() {
        return days.stream().map(WorkWeek::word).toList();
    }

    private static String word(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
