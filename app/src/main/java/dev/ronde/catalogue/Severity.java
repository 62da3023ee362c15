package dev.ronde.catalogue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How bad a failure is, from the least to the worst; the natural order is that of weight. */
public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Should be improved at leisure. */
    LOW,
    /** To be fixed in the normal course of work. */
    MEDIUM,
    /** To be fixed soon; the owner is told in working hours. */
    HIGH,
    /** To be fixed now; the owner is told at any hour. */
    CRITICAL;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> find(String code) {
        return Arrays.stream(values())
                .filter(severity -> severity.code().equals(code))
                .findFirst();
    }

    /** The worst first. */
    public static List<String> codes() {
        return Arrays.stream(values())
                .sorted(Comparator.reverseOrder())
                .map(Severity::code)
                .toList();
    }

    public Severity max(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
