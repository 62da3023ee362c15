package dev.ronde.evidence.report;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How many runs or reviews were due, and what became of them. */
final class Tally {
    enum Count {
        EXPECTED,
        /** All but the missed ones. */
        PERFORMED,
        ON_TIME,
        LATE,
        PASSED,
        FAILED,
        /** Of the failed ones, those under a waiver. */
        WAIVED,
        NOT_APPLICABLE,
        ERRORS,
        UNKNOWN,
        MISSED;

        /** Whether the check itself is to blame, not what it looked at. */
        boolean isOfValidation() {
            return this == ERRORS || this == UNKNOWN || this == MISSED;
        }

        /** Whether it is of reviews alone. */
        boolean isOfReviews() {
            return this == ON_TIME || this == LATE;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private String performedAt = "";
    private String due = "";

    void run(TableFiles.Row row) {
        Count result = switch (row.get("outcome")) {
            case "pass" -> Count.PASSED;
            case "fail" -> Count.FAILED;
            case "not_applicable" -> Count.NOT_APPLICABLE;
            case "unknown" -> Count.UNKNOWN;
            case "missed" -> Count.MISSED;
            default -> Count.ERRORS;
        };
        add(result, row.get("due"), row);
    }

    /** What stands with less than a full result is not passed: a second signature that is missing, or a waiver that it needed. */
    void review(TableFiles.Row row, boolean undone) {
        Count said = row.get("outcome").equals("not_applicable") ? Count.NOT_APPLICABLE : Count.PASSED;
        Count signed = row.get("waiver").isEmpty() ? said : Count.FAILED;
        Count result = row.get("approval").equals("pending") ? Count.UNKNOWN : signed;
        add(undone ? Count.MISSED : result, row.get("due_on") + "T23:59:59Z", row);
        boolean late = row.number("days_late") > 0;
        add(Count.ON_TIME, undone || late ? 0 : 1);
        add(Count.LATE, !undone && late ? 1 : 0);
    }

    private void add(Count result, String dueThen, TableFiles.Row row) {
        add(Count.EXPECTED, 1);
        add(Count.PERFORMED, result == Count.MISSED ? 0 : 1);
        add(result, 1);
        add(Count.WAIVED, result == Count.FAILED && !row.get("waiver").isEmpty() ? 1 : 0);
        performedAt = later(performedAt, row.get("performed_at"));
        due = later(due, dueThen);
    }

    void add(Tally other) {
        other.counts.forEach(this::add);
        performedAt = later(performedAt, other.performedAt);
        due = later(due, other.due);
    }

    private void add(Count count, long more) {
        counts.merge(count, more, Long::sum);
    }

    private static String later(String one, String other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    long get(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** In their order, those that are none as well; those of reviews only where it is of reviews. */
    Map<Count, Long> counts() {
        Map<Count, Long> all = new EnumMap<>(counts);
        for (Count count : Count.values()) {
            if (!count.isOfReviews()) {
                all.putIfAbsent(count, 0L);
            }
        }
        return all;
    }

    /** When the last one was performed, as the table has it; when it was due where none was. */
    String last() {
        return performedAt.isEmpty() ? due : performedAt;
    }

    private boolean isFailed() {
        return get(Count.FAILED) > get(Count.WAIVED);
    }

    /** Whether something was performed, nothing failed without a waiver, and everything that was due has a result. */
    private boolean isSettled() {
        return get(Count.PERFORMED) > 0
                && !isFailed()
                && get(Count.ERRORS) + get(Count.UNKNOWN) + get(Count.MISSED) == 0;
    }

    /** An acceptance alone satisfies nothing. */
    boolean isSatisfied() {
        return isSettled() && (get(Count.PASSED) > 0 || get(Count.FAILED) == 0);
    }

    /** As OSCAL says why. */
    String reason() {
        return isFailed() ? "fail" : isSettled() && get(Count.PASSED) > 0 ? "pass" : "other";
    }

    /** What the reason does not say of something without a pass. */
    String remark() {
        if (!isSettled() || get(Count.PASSED) > 0) {
            return "";
        }
        return get(Count.FAILED) > 0 ? "accepted by a waiver" : "not applicable";
    }
}
