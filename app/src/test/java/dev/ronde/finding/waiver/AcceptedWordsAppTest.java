package dev.ronde.finding.waiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands beside a failure of who accepted it until when: asked for, refused, in force, taken back, ended. */
final class AcceptedWordsAppTest {
    private final TestClock clock = TestClock.at("2026-11-25T09:00:00Z");
    private TestApp app;
    private String lead;
    private String finding;

    @BeforeEach
    void start() {
        app = TestApp.start(clock, Map.of());
        app.post(
                "/api/v1/assets",
                Map.of("ref", "host-1", "name", "Host", "kind", "host.server", "owner", "owner@example.com"));
        lead = app.tokenOfPerson("the lead", "compliance");
        app.settle();
        push();
        finding = app.get("/api/v1/findings?state=open&asset=host-1&check=host-disk-encryption")
                .json()
                .at("/items/0/id")
                .asString();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private void push() {
        clock.advance(Duration.ofMinutes(1));
        String host = "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}]}";
        call(app.app().token(), "PUT", "/api/v1/assets/host-1/snapshots/host.v1", host, "en");
        app.settle();
    }

    private TestApp.Answer call(String token, String method, String path, String body, String language) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Cookie", "lang=" + language);
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        return app.call(method, path, body, headers);
    }

    private String ask(String until) {
        TestApp.Answer asked = call(
                lead,
                "POST",
                "/api/v1/findings/" + finding + "/waivers",
                "{\"category\":\"accepted-risk\",\"reason\":\"A lab machine.\",\"until\":\"" + until + "\"}",
                "en");
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        return asked.json().path("ref").asString();
    }

    /** What the page of the finding and that of its asset say behind the name of the waiver, which must be the same. */
    private String said(String waiver, String language) {
        List<String> both = List.of("/findings/" + finding, "/assets/host-1");
        List<String> words = both.stream()
                .map(path -> call(lead, "GET", path, null, language).body())
                .map(page -> Pattern.compile(
                                "<p class=\"small\"><a href=\"/waivers/" + waiver + "\">" + waiver + "</a>([^<]*)</p>")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1).replace('\u00a0', ' '))
                        .toList()
                        .toString())
                .distinct()
                .toList();
        assertThat(words).hasSize(1);
        return words.get(0);
    }

    @Test
    void afterItsLastDayTheFailureIsBackAndTheWaiverSaidToHaveEnded() {
        String waiver = ask("2026-12-01");
        assertThat(said(waiver, "en")).isEqualTo("[: acceptance until 1 Dec 2026 waits for a decision]");
        assertThat(said(waiver, "fr")).isEqualTo("[ : l’acceptation jusqu’au 1er déc. 2026 attend une décision]");
        app.post("/api/v1/waivers/" + waiver + "/approve", Map.of());
        assertThat(said(waiver, "en")).isEqualTo("[: accepted until 1 Dec 2026]");
        assertThat(said(waiver, "fr")).isEqualTo("[ : accepté jusqu’au 1er déc. 2026]");
        assertThat(waived()).isTrue();

        clock.advance(Duration.ofDays(7));
        push();
        assertThat(waived()).isFalse();
        assertThat(said(waiver, "en")).isEqualTo("[: expired on 1 Dec 2026]");
        assertThat(said(waiver, "fr")).isEqualTo("[ : expirée le 1er déc. 2026]");
    }

    @Test
    void whatWasRefusedOrTakenBackIsSaidToo() {
        String refused = ask("2026-12-10");
        app.post("/api/v1/waivers/" + refused + "/deny", Map.of());
        assertThat(said(refused, "en")).isEqualTo("[: was denied]");
        assertThat(said(refused, "fr")).isEqualTo("[ : refusée]");
        String taken = ask("2026-12-10");
        TestApp.Answer approved = app.post("/api/v1/waivers/" + taken + "/approve", Map.of());
        app.call(
                "DELETE",
                "/api/v1/waivers/" + taken,
                null,
                Map.of("Authorization", "Bearer " + app.app().token(), "If-Match", approved.header("ETag")));
        assertThat(said(taken, "en")).isEqualTo("[: was taken back]");
        assertThat(said(taken, "fr")).isEqualTo("[ : retirée]");
        assertThat(said(refused, "en")).as("and what came before it").isEqualTo("[: was denied]");
    }

    private boolean waived() {
        return app.get("/api/v1/findings/" + finding).json().path("waived").asBoolean(false);
    }
}
