package dev.ronde.coverage;

import dev.ronde.catalogue.Framework;
import dev.ronde.check.protection.Coverage;
import java.util.List;
import java.util.Locale;

/**
 * A framework, control by control.
 *
 * @param basis where ids and titles come from, and whether the text could be consulted
 * @param counts numbers of controls by their state; a control without anything behind it stays available
 */
public record FrameworkCoverage(
        String id, String name, String version, String basis, Coverage.Counts counts, List<ControlCoverage> controls) {
    static FrameworkCoverage of(Framework framework, List<ControlCoverage> controls) {
        return new FrameworkCoverage(
                framework.id(),
                framework.name(),
                framework.version(),
                framework.basis(),
                Coverage.Counts.of(controls.stream().map(ControlCoverage::state).toList()),
                controls);
    }

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

    /**
     * What is known now of one check on all assets that have it, each asset in one of these places.
     *
     * @param pass passing, fresh, and credited to the control in question
     * @param fail failing and not waived
     * @param acceptedRisk failing and waived
     * @param error the tool failed
     * @param unknown the tool worked and cannot conclude, or the check never ran
     * @param stale passed once, and the result no longer counts
     * @param notCredited passing, but with parameters looser than the control needs
     * @param notApplicable proven irrelevant
     */
    public record Tally(
            long pass,
            long fail,
            long acceptedRisk,
            long error,
            long unknown,
            long stale,
            long notCredited,
            long notApplicable) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(
                    pass + other.pass,
                    fail + other.fail,
                    acceptedRisk + other.acceptedRisk,
                    error + other.error,
                    unknown + other.unknown,
                    stale + other.stale,
                    notCredited + other.notCredited,
                    notApplicable + other.notApplicable);
        }

        Tally accepting(long waived) {
            return new Tally(
                    pass, fail - waived, acceptedRisk + waived, error, unknown, stale, notCredited, notApplicable);
        }

        Tally withoutCredit(long passes) {
            return new Tally(
                    pass - passes, fail, acceptedRisk, error, unknown, stale, notCredited + passes, notApplicable);
        }

        /** For a check whose file is broken: earlier results no longer count as verified. */
        Tally ofBrokenFile() {
            return new Tally(0, fail, acceptedRisk, error + pass + notCredited + notApplicable, unknown, stale, 0, 0);
        }

        public long assets() {
            return relevant() + notApplicable;
        }

        /** Returns the number of assets of which the check says something, or should. */
        public long relevant() {
            return pass + fail + acceptedRisk + error + unknown + stale + notCredited;
        }
    }
}
