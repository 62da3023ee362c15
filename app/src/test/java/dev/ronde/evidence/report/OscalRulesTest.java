package dev.ronde.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which tables become OSCAL. */
class OscalRulesTest {
    /** Runs as outcomes; a star is one under a waiver. */
    @ParameterizedTest
    @CsvSource({
        "pass pass, satisfied pass",
        "pass not_applicable, satisfied pass",
        "pass fail*, satisfied pass",
        "not_applicable, satisfied other not applicable",
        "fail*, not-satisfied other accepted by a waiver",
        "fail* not_applicable, not-satisfied other accepted by a waiver",
        "fail* missed, not-satisfied other",
        "not_applicable unknown, not-satisfied other",
        "pass fail, not-satisfied fail",
        "fail fail*, not-satisfied fail",
        "pass error, not-satisfied other",
        "pass unknown, not-satisfied other",
        "pass missed, not-satisfied other",
        "missed, not-satisfied other",
        "error*, not-satisfied other",
        "'', not-satisfied other",
    })
    void aControlIsSatisfiedWhereNothingFailedUnwaivedAndEverythingHasAResult(String outcomes, String status) {
        Tally tally = new Tally();
        for (String outcome : outcomes.split(" ")) {
            if (!outcome.isEmpty()) {
                tally.run(new TableFiles.Row(
                        List.of("outcome", "waiver", "due", "performed_at"),
                        List.of(outcome.replace("*", ""), outcome.endsWith("*") ? "W-1" : "", "", "")));
            }
        }
        assertThat(status(tally)).isEqualTo(status);
    }

    private static String status(Tally tally) {
        String state = tally.isSatisfied() ? "satisfied" : "not-satisfied";
        return (state + " " + tally.reason() + " " + tally.remark()).strip();
    }

    @ParameterizedTest
    @CsvSource({
        "no_change, '', '', false, PASSED, satisfied pass",
        "no_change, approved, '', false, PASSED, satisfied pass",
        "no_change, pending, '', false, UNKNOWN, not-satisfied other",
        "not_applicable, pending, Old client, false, UNKNOWN, not-satisfied other",
        "no_change, '', Old client, false, WAIVED, not-satisfied other accepted by a waiver",
        "not_applicable, '', '', false, NOT_APPLICABLE, satisfied other not applicable",
        "missed, pending, Old client, true, MISSED, not-satisfied other",
    })
    void aReviewIsPassedWithAllSignaturesAndWithoutAWaiver(
            String outcome, String approval, String waiver, boolean undone, Tally.Count count, String status) {
        Tally tally = new Tally();
        tally.review(
                new TableFiles.Row(
                        List.of("outcome", "approval", "waiver", "due_on", "performed_at"),
                        List.of(outcome, approval, waiver, "2026-03-05", "")),
                undone);
        assertThat(tally.get(count)).isEqualTo(1);
        assertThat(tally.get(Tally.Count.FAILED)).isEqualTo(tally.get(Tally.Count.WAIVED));
        assertThat(status(tally)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, false, ON_TIME", "1, false, LATE", "9, true, MISSED"})
    void aReviewIsOnTimeLateOrMissed(String daysLate, boolean undone, Tally.Count standing) {
        Tally tally = new Tally();
        tally.review(new TableFiles.Row(List.of("outcome", "days_late"), List.of("no_change", daysLate)), undone);
        assertThat(Stream.of(Tally.Count.ON_TIME, Tally.Count.LATE, Tally.Count.MISSED)
                        .filter(count -> tally.get(count) > 0))
                .containsExactly(standing);
    }

    @ParameterizedTest
    @CsvSource({
        "nist:CM-6, cm-6",
        "nist:AC-2(3), ac-2.3",
        "iso27001:A.8.9, iso27001-A.8.9",
        "pci:1.2.7, pci-1.2.7",
        "27001:x y/z, _27001-x_y_z",
        "nist:, _",
    })
    void aControlIsNamedByAToken(String control, String token) {
        assertThat(OscalObject.controlId(control)).isEqualTo(token);
    }

    @ParameterizedTest
    @CsvSource({
        "PT15M, '{period=15, unit=minutes}'",
        "PT90S, '{period=90, unit=seconds}'",
        "PT1H, '{period=1, unit=hours}'",
        "P1D, '{period=1, unit=days}'",
        "P2W, '{period=14, unit=days}'",
        "P6M, '{period=6, unit=months}'",
        "P1Y, '{period=1, unit=years}'",
        "P1M15D, null",
        "P0D, null",
        "'', null",
    })
    void anIntervalOfOneUnitIsAFrequency(String interval, String frequency) {
        Activity activity = new Activity(true, "check");
        activity.interval = interval;
        assertThat(String.valueOf(activity.frequency().get("at-frequency"))).isEqualTo(frequency);
    }
}
