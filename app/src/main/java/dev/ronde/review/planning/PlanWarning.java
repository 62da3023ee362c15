package dev.ronde.review.planning;

import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.review.plan.PlanDefinition;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Something about a plan that is allowed and hardly meant.
 *
 * @param code for programs, and the key of the sentence of the pages
 * @param message the same in English
 * @param apart how many days lie between two of its dates at least
 * @param maxGapDays the plan's limit
 * @param names what it names and nobody knows, separated by commas; empty where it is about something else
 * @param meant the known word that was probably meant; empty without one
 */
public record PlanWarning(String code, String message, long apart, int maxGapDays, String names, String meant) {
    private static final int NAMED = 10;
    private static final String GAP = "gap_never_kept";
    /** Covers any cadence's shortest distance: four years of months with the leap day, whole cycles of years. */
    private static final int LOOKED_AT = 50;

    static PlanWarning unknownAssets(List<String> refs) {
        String names =
                String.join(", ", refs.subList(0, Math.min(NAMED, refs.size()))) + (refs.size() > NAMED ? ", …" : "");
        String message = "Its scope names what is no active asset, and covers nothing of it: " + names + ".";
        return new PlanWarning("unknown_assets", message, 0, 0, names, "");
    }

    static PlanWarning unknownFramework(String framework, Collection<String> known) {
        String message = "No framework '" + framework + "' is known here, so its controls cannot be looked at"
                + DidYouMean.question(framework, known) + ".";
        return new PlanWarning(
                "unknown_framework",
                message,
                0,
                0,
                framework,
                DidYouMean.nearest(framework, known).orElse(""));
    }

    /** Dates are those of an asset that comes under the plan today, in the plan's zone. */
    static List<PlanWarning> of(PlanDefinition plan, LocalDate today) {
        Integer most = plan.maxGapDays();
        List<LocalDate> dates = plan.cadence().from(today).upcoming(today, LOOKED_AT);
        if (most == null || dates.size() < 2) {
            return List.of();
        }
        long apart = IntStream.range(1, dates.size())
                .mapToLong(index -> ChronoUnit.DAYS.between(dates.get(index - 1), dates.get(index)))
                .min()
                .orElseThrow();
        if (apart <= most) {
            return List.of();
        }
        String message = "Its dates lie " + apart + " days apart or more and max_gap_days is " + most
                + ": the cadence by itself never keeps the gap, so that each review is due before its date, "
                + "or, where the one before was not done, the gap is broken.";
        return List.of(new PlanWarning(GAP, message, apart, most, "", ""));
    }
}
