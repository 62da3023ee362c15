package dev.ronde.finding.waiver;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may be accepted, and for how long. */
public final class WaiverRules {
    private static final int MAX_REASON = 4_000;
    private static final int MAX_TICKET = 200;

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
     * @throws Problem 422 with every field that is wrong
     */
    static void require(
            Waiver.Draft draft, Severity severity, Set<String> failing, Set<String> passable, LocalDate today) {
        List<FieldError> errors = new ArrayList<>();
        text(errors, "/reason", draft.reason(), MAX_REASON);
        if (draft.ticket() != null && draft.ticket().length() > MAX_TICKET) {
            errors.add(new FieldError("/ticket", "too_long", "A ticket has at most " + MAX_TICKET + " characters."));
        }
        if (draft.category() == null || Waiver.Category.find(draft.category()).isEmpty()) {
            errors.add(new FieldError(
                    "/category",
                    draft.category() == null ? "required" : "unknown_category",
                    "Write one of "
                            + Arrays.stream(Waiver.Category.values())
                                    .map(Waiver.Category::code)
                                    .collect(Collectors.joining(", "))
                            + "."));
        }
        dates(errors, draft, severity, today);
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

    private static void text(List<FieldError> errors, String pointer, @Nullable String text, int most) {
        if (text == null || text.isBlank()) {
            errors.add(new FieldError(pointer, "required", "Say why the failure may stay."));
        } else if (text.length() > most) {
            errors.add(new FieldError(pointer, "too_long", "A reason has at most " + most + " characters."));
        }
    }

    private static void dates(List<FieldError> errors, Waiver.Draft draft, Severity severity, LocalDate today) {
        LocalDate from = draft.from() == null ? today : draft.from();
        LocalDate until = draft.until();
        LocalDate latest = today.plusDays(mostDays(severity));
        if (from.isBefore(today)) {
            errors.add(new FieldError("/from", "in_the_past", "A waiver begins today, " + today + ", or later."));
        }
        if (until == null) {
            errors.add(new FieldError("/until", "required", "Give the last day, at the latest " + latest + "."));
        } else if (until.isBefore(from) || until.isBefore(today)) {
            errors.add(new FieldError(
                    "/until", "before_from", "The last day is today or later, and not before the first."));
        } else if (until.isAfter(latest)) {
            errors.add(new FieldError(
                    "/until",
                    "too_long",
                    "A failure of severity " + severity.code() + " may be accepted for " + mostDays(severity)
                            + " days from today: until " + latest + "."));
        }
    }
}
