package dev.ronde.finding.waiver;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may be accepted, and for how long. */
public final class WaiverRules {
    private static final int MAX_REASON = 4_000;
    private static final int MAX_TICKET = 200;
    private static final int MOST_AHEAD = 30;

    private WaiverRules() {}

    /** The longest time a failure of this severity may be accepted, in days. */
    public static int mostDays(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 30;
            case HIGH -> 90;
            case MEDIUM -> 180;
            default -> 365;
        };
    }

    /**
     * Refuses a draft that does not hold.
     *
     * @param failing ids of the assertions that fail now
     * @param passable ids of the checks of the asset, the failing one left out
     * @param countsFrom today, or the end of the waiver in force where that is near: what is approved ahead ends no later than the longest
     *     time behind it
     * @throws Problem 422 with every field that is wrong
     */
    static void require(
            WaiverDraft draft,
            Severity severity,
            Set<String> failing,
            Set<String> passable,
            LocalDate today,
            LocalDate countsFrom) {
        List<FieldError> errors = faults(draft, severity, today);
        LocalDate latestFrom = today.plusDays(MOST_AHEAD);
        LocalDate next = countsFrom.plusDays(1);
        begin(errors, draft, next.isAfter(latestFrom) ? next : latestFrom);
        if (errors.stream().noneMatch(error -> error.pointer().equals("/until"))) {
            span(errors, draft, severity, latest(severity, from(draft, today), countsFrom));
        }
        if (draft.compensatingCheck() != null && !passable.contains(draft.compensatingCheck())) {
            errors.add(new FieldError(
                    "/compensating_check",
                    "unknown_check",
                    "Name another check of this asset: " + String.join(", ", new TreeSet<>(passable)) + "."));
        }
        if (draft.assertions() != null && !Set.copyOf(draft.assertions()).equals(failing)) {
            errors.add(
                    new FieldError(
                            "/assertions",
                            "not_what_fails",
                            "What fails now is " + String.join(", ", new TreeSet<>(failing))
                                    + ". Name all of it, or leave the field out: a waiver that covers less would cover nothing."));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /**
     * Refuses what was asked for in time and is further ahead now than may be accepted: the waiver that it was to follow is over.
     *
     * @param countsFrom as in {@link #require}, now
     * @throws Problem 409
     */
    static void requireStill(Waiver waiver, Severity severity, LocalDate today, LocalDate countsFrom) {
        LocalDate from = waiver.fromOn().isBefore(today) ? today : waiver.fromOn();
        LocalDate latest = latest(severity, from, countsFrom);
        if (waiver.untilOn().isAfter(latest)) {
            throw Problem.conflict(
                    "waiver_too_long",
                    "It was to follow a waiver that is no longer in force: a failure of severity " + severity.code()
                            + " may be accepted until " + latest + " now, not until " + waiver.untilOn()
                            + ". Deny this and ask again.");
        }
    }

    private static LocalDate latest(Severity severity, LocalDate from, LocalDate countsFrom) {
        return (from.isBefore(countsFrom) ? from : countsFrom).plusDays(mostDays(severity));
    }

    /** Faults of a draft by field, whatever it is about; {@code severity} is null if it is unknown. */
    static List<FieldError> faults(WaiverDraft draft, @Nullable Severity severity, LocalDate today) {
        List<FieldError> errors = new ArrayList<>();
        text(errors, "/reason", draft.reason(), MAX_REASON);
        if (draft.ticket() != null && draft.ticket().length() > MAX_TICKET) {
            errors.add(new FieldError("/ticket", "too_long", "A ticket has at most " + MAX_TICKET + " characters."));
        }
        if (draft.category() == null || WaiverCategory.find(draft.category()).isEmpty()) {
            errors.add(new FieldError(
                    "/category",
                    draft.category() == null ? "required" : "unknown_category",
                    "Write one of "
                            + Arrays.stream(WaiverCategory.values())
                                    .map(WaiverCategory::code)
                                    .collect(Collectors.joining(", "))
                            + "."));
        }
        dates(errors, draft, severity, today);
        return errors;
    }

    private static void text(List<FieldError> errors, String pointer, @Nullable String text, int most) {
        if (text == null || text.isBlank()) {
            errors.add(new FieldError(pointer, "required", "Say why the failure may stay."));
        } else if (text.length() > most) {
            errors.add(new FieldError(pointer, "too_long", "A reason has at most " + most + " characters."));
        }
    }

    private static LocalDate from(WaiverDraft draft, LocalDate today) {
        return draft.from() == null || draft.from().isBefore(today) ? today : draft.from();
    }

    private static void dates(
            List<FieldError> errors, WaiverDraft draft, @Nullable Severity severity, LocalDate today) {
        if (draft.from() != null && draft.from().isBefore(today)) {
            errors.add(new FieldError("/from", "in_the_past", "A waiver begins today, " + today + ", or later."));
        }
        LocalDate from = from(draft, today);
        LocalDate until = draft.until();
        if (until == null) {
            String latest = severity == null ? "" : ", at the latest " + from.plusDays(mostDays(severity));
            errors.add(new FieldError("/until", "required", "Give the last day" + latest + "."));
        } else if (until.isBefore(from)) {
            errors.add(new FieldError("/until", "before_from", "The last day is on or after " + from + "."));
        }
    }

    private static void begin(List<FieldError> errors, WaiverDraft draft, LocalDate latest) {
        if (draft.from() != null && draft.from().isAfter(latest)) {
            errors.add(new FieldError(
                    "/from",
                    "too_far_ahead",
                    "A waiver begins within " + MOST_AHEAD + " days, or the day after the one in force: at the latest "
                            + latest + ". Ask for it when it is nearer."));
        }
    }

    private static void span(List<FieldError> errors, WaiverDraft draft, Severity severity, LocalDate latest) {
        if (Objects.requireNonNull(draft.until()).isAfter(latest)) {
            errors.add(new FieldError(
                    "/until",
                    "too_long",
                    "A failure of severity " + severity.code() + " may be accepted for at most " + mostDays(severity)
                            + " days from its first day, and no further ahead than that from today, or from the end of the waiver in force once that is within "
                            + DueWaivers.DAYS + " days: until " + latest + "."));
        }
    }
}
