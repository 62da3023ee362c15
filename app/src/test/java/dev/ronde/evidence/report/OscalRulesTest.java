package dev.ronde.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which tables become OSCAL. */
class OscalRulesTest {
    /** Runs as outcomes; a star is one under a waiver. */
    @ParameterizedTest
    @CsvSource({
        "pass pass, true, false",
        "pass not_applicable, true, false",
        "pass fail*, true, false",
        "fail*, true, false",
        "pass fail, false, true",
        "fail fail*, false, true",
        "pass error, false, false",
        "pass unknown, false, false",
        "pass missed, false, false",
        "missed, false, false",
        "error*, false, false",
        "'', false, false",
    })
    void aControlIsSatisfiedWhereNothingFailedUnwaivedAndEverythingHasAResult(
            String outcomes, boolean satisfied, boolean failed) {
        Tally tally = new Tally();
        for (String outcome : outcomes.split(" ")) {
            if (!outcome.isEmpty()) {
                tally.run(new TableFiles.Row(
                        List.of("outcome", "waiver", "due", "performed_at"),
                        List.of(outcome.replace("*", ""), outcome.endsWith("*") ? "W-1" : "", "", "")));
            }
        }
        assertThat(List.of(tally.isSatisfied(), tally.isFailed())).containsExactly(satisfied, failed);
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
