package dev.ronde.coverage;

import dev.ronde.check.protection.Coverage;
import java.util.List;
import java.util.Locale;

/**
 * One control of a framework and what stands behind it.
 *
 * @param control id of the control
 * @param title its title as the framework's file has it
 * @param state derived from every check and plan below it, by the rule of protections; {@code NO_CHECK_YET} where no asset has any
 */
public record ControlCoverage(
        String control, String title, Coverage.State state, List<OfCheck> checks, List<OfPlan> plans) {
    /**
     * A check mapped to the control, with what is known of it on all assets that have it.
     *
     * @param attested whether it rests on the word of a person
     */
    public record OfCheck(String check, String title, boolean guarded, boolean attested, Tally counts) {}

    /**
     * A plan mapped to the control, with the standing of the assets under it.
     *
     * @param inDate reviewed before, and nothing overdue since
     * @param late a review is overdue or was missed
     * @param notYet the first review is ahead
     */
    public record OfPlan(String plan, String title, long inDate, long late, long notYet) {
        long assets() {
            return inDate + late + notYet;
        }

        Tally tally() {
            return new Tally(inDate, late, 0, 0, notYet, 0, 0, 0);
        }
    }

    static ControlCoverage of(String control, String title, List<OfCheck> checks, List<OfPlan> plans) {
        return new ControlCoverage(control, title, state(checks, plans), checks, plans);
    }

    public String stateWord() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Whether checks or plans could verify it, and no asset is under any of them. */
    public boolean nowhere() {
        return state == Coverage.State.NO_CHECK_YET && !(checks.isEmpty() && plans.isEmpty());
    }

    private static Coverage.State state(List<OfCheck> checks, List<OfPlan> plans) {
        Tally sum = checks.stream().map(OfCheck::counts).reduce(Tally.NONE, Tally::plus);
        long reviews = plans.stream().mapToLong(OfPlan::assets).sum();
        if (sum.assets() + reviews == 0) {
            return Coverage.State.NO_CHECK_YET;
        }
        return Coverage.state(
                sum.relevant() + reviews,
                sum.pass() + plans.stream().mapToLong(OfPlan::inDate).sum(),
                sum.fail() + plans.stream().mapToLong(OfPlan::late).sum(),
                sum.acceptedRisk());
    }
}
