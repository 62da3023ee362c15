package dev.ronde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** A few of everything, made through the API: enough for each page to have something to show. */
final class SampleEstate {
    /** Names and words of the data below, which no language changes. */
    static final String DATA =
            "Nadia Cherif|Léa Martin|Sessions of the shop|Ticket server|Edge rules|Online shop|Support"
                    + "|Monthly review|nightly agent";

    private static final String ASSETS = """
            ref,name,kind,owner_email,backup_email,criticality,unit,address,port,probe_authorised_until,tags
            shop-sessions,Sessions of the shop,service.redis,nadia@example.org,,high,Online shop,192.0.2.10,6379,,cache
            ticket-server,Ticket server,host.linux,nadia@example.org,lea.martin@example.org,critical,Support,,,,class-server
            edge-rules,Edge rules,cloud.azure.nsg,lea.martin@example.org,,critical,Support,,,,class-network
            """;

    private static final String PLAN = """
            {"id":"monthly-review","title":"Monthly review","scope":{"criticality":["high","critical"]},
             "cadence":{"monthly":{"day":10}},"zone":"Europe/Paris","lead_time":"P14D","grace":"P5D",
             "checklist":[{"id":"admins","text":"Monthly review","answer":"yes_no"}]}""";

    private static final String HOST = """
            {"os":{"family":"linux","name":"Debian","version":"13","supported":true},
             "disks":[{"device":"sda","encrypted":false}],
             "patches":{"pending_security":2,"pending_critical":0,"reboot_required":false}}""";

    private SampleEstate() {}

    static void fill(TestApp app) {
        ok(app.call(
                "POST",
                "/api/v1/assets/import",
                ASSETS,
                Map.of(
                        "Content-Type",
                        "text/csv",
                        "Authorization",
                        "Bearer " + app.app().token())));
        app.post("/api/v1/people", Map.of("email", "auditor@example.org", "name", "Léa Martin", "role", "auditor"));
        app.post("/api/v1/tokens", Map.of("name", "nightly agent", "role", "agent"));
        app.call(
                "POST",
                "/api/v1/plans",
                PLAN,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + app.app().token()));
        app.call(
                "PUT",
                "/api/v1/assets/ticket-server/snapshots/host.v1",
                HOST,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + app.app().token()));
        app.settle();
        String finding =
                app.get("/api/v1/findings?state=open&asset=ticket-server").text("/items/0/id");
        String lead = app.post("/api/v1/tokens", Map.of("name", "Léa Martin", "role", "compliance"))
                .text("/token");
        String until = LocalDate.ofInstant(app.app().clock().instant(), ZoneOffset.UTC)
                .plusDays(20)
                .toString();
        ok(app.call(
                "POST",
                "/api/v1/findings/" + finding + "/waivers",
                Map.of("category", "accepted-risk", "reason", "Monthly review", "until", until),
                TestApp.bearer(lead, "Content-Type", "application/json")));
    }

    private static void ok(TestApp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }
}
