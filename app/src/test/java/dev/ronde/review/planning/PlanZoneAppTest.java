package dev.ronde.review.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlanZoneAppTest {
    /** Nobody set RONDE_ZONE, and the set-up page asked for the zone of the organisation. */
    @Test
    void aPlanThatNamesNoZoneIsInThatOfTheOrganisation() {
        try (TestApp app = TestApp.start(new TestClock(), Map.of(Setting.ZONE, ""))) {
            String code = String.valueOf(app.app().setupLink().orElseThrow()).replaceAll(".*code=", "");
            String form = "code=" + code + "&name=Ada&email=ada%40example.org&password=correct+horse+battery+staple"
                    + "&organisation=Example&zone=Asia%2FTokyo&language=en";
            Map<String, String> headers = Map.of(
                    "Content-Type", "application/x-www-form-urlencoded", "Origin", String.valueOf(app.address()));
            app.call("POST", "/setup", form, headers).is(303);

            TestApp.Answer added = app.post(
                    "/api/v1/plans",
                    Map.of(
                            "id", "quarterly",
                            "title", "Quarterly",
                            "scope", Map.of("kinds", List.of("service.*")),
                            "cadence", Map.of("every", "P3M", "anchor", "2027-01-15"),
                            "lead_time", "P14D"));
            assertThat(added.text("/zone")).as(added.body()).isEqualTo("Asia/Tokyo");
        }
    }
}
