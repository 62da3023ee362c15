package dev.ronde.finding.waiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands beside a failure of who accepted it until when: asked for, refused, in force, taken back, ended. */
final class AcceptedWordsAppTest {
    private static final String CHECK = "host-disk-encryption";

    private final TestClock clock = TestClock.at("2026-11-25T09:00:00Z");

    /** What the page of the finding and that of its asset say behind the name of the waiver, which must be the same. */
    private static List<String> said(CheckedEstate estate, String host, String waiver) {
        Pattern words =
                Pattern.compile("<p class=\"small\"><a href=\"/waivers/" + waiver + "\">" + waiver + "</a>([^<]*)</p>");
        return List.of("en", "fr").stream()
                .map(language -> {
                    List<String> both = List.of("/findings/" + estate.finding(host, CHECK), "/assets/" + host).stream()
                            .map(path -> words.matcher(estate.page(path, language))
                                    .results()
                                    .map(found -> found.group(1).replace('\u00a0', ' '))
                                    .toList()
                                    .toString())
                            .distinct()
                            .toList();
                    assertThat(both).hasSize(1);
                    return both.get(0);
                })
                .toList();
    }

    @Test
    void everyStateOfAWaiverIsSaid() {
        try (CheckedEstate estate = CheckedEstate.start(clock, Map.of())) {
            for (String host : List.of("host-1", "host-2")) {
                estate.asset(host, "host.server");
                estate.pushed(host, "host.v1", CheckedEstate.PLAIN_HOST);
            }
            String lead = estate.app.tokenOfPerson("the lead", "compliance");

            String waiver = ask(estate, lead, "host-1", "2026-12-01");
            assertThat(said(estate, "host-1", waiver))
                    .containsExactly(
                            "[: acceptance until 1 Dec 2026 waits for a decision]",
                            "[ : l’acceptation jusqu’au 1er déc. 2026 attend une décision]");
            estate.app.post("/api/v1/waivers/" + waiver + "/approve", Map.of());
            assertThat(said(estate, "host-1", waiver))
                    .containsExactly("[: accepted until 1 Dec 2026]", "[ : accepté jusqu’au 1er déc. 2026]");
            assertThat(waived(estate)).isTrue();

            clock.advance(Duration.ofDays(7));
            estate.pushed("host-1", "host.v1", CheckedEstate.PLAIN_HOST);
            assertThat(waived(estate)).isFalse();
            assertThat(said(estate, "host-1", waiver))
                    .containsExactly("[: expired on 1 Dec 2026]", "[ : expirée le 1er déc. 2026]");

            String refused = ask(estate, lead, "host-2", "2026-12-10");
            estate.app.post("/api/v1/waivers/" + refused + "/deny", Map.of());
            assertThat(said(estate, "host-2", refused)).containsExactly("[: was denied]", "[ : refusée]");
            String taken = ask(estate, lead, "host-2", "2026-12-10");
            estate.app.post("/api/v1/waivers/" + taken + "/approve", Map.of());
            estate.call("DELETE", "/api/v1/waivers/" + taken, null);
            assertThat(said(estate, "host-2", taken)).containsExactly("[: was taken back]", "[ : retirée]");
            assertThat(said(estate, "host-2", refused))
                    .as("and what came before it")
                    .containsExactly("[: was denied]", "[ : refusée]");
        }
    }

    private static String ask(CheckedEstate estate, String lead, String host, String until) {
        TestApp.Answer asked = estate.call(
                "POST",
                "/api/v1/findings/" + estate.finding(host, CHECK) + "/waivers",
                Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", until),
                "Authorization",
                "Bearer " + lead);
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        return asked.json().path("ref").asString();
    }

    private static boolean waived(CheckedEstate estate) {
        return estate.get("/api/v1/findings/" + estate.finding("host-1", CHECK))
                .path("waived")
                .asBoolean(false);
    }
}
