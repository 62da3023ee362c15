package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.WebServer;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** What an auditor sees who is engaged for one unit, on every route there is, and how the engagement ends. */
@Tag("long")
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class EngagementTest {
    private static final String AUDITOR = "ana@audit.example";
    private static final String PASSWORD = "correct horse battery";
    private static final String INSIDE = "shop-1";
    private static final String OUTSIDE = "vault-1";
    private static final String OPEN_DISK = """
            {"os":{"family":"linux","name":"Debian","version":"13","supported":true},
             "disks":[{"device":"sda","encrypted":false}],
             "patches":{"pending_security":0,"pending_critical":0,"reboot_required":false}}""";

    @Parameter
    DatabaseKind kind;

    private WalkWorld world;
    private String auditor;

    @BeforeEach
    void open() {
        world = new WalkWorld(kind);
        world.text("POST", "/api/v1/assets/import", """
                ref,name,kind,owner_email,unit,criticality
                shop-1,Till of the shop,host.linux,inside@example.org,Shop,high
                vault-1,Secret network,host.linux,outside@example.org,Vault,high
                """, "text/csv");
        world.text("POST", "/api/v1/plans", """
                id: monthly
                title: Monthly
                scope: {}
                cadence: {every: P1M, anchor: 2026-03-10}
                """, "application/yaml");
        world.advance(Duration.ofDays(1));
        for (String ref : List.of(INSIDE, OUTSIDE)) {
            world.text("PUT", "/api/v1/assets/" + ref + "/snapshots/host.v1", OPEN_DISK, "application/json");
        }
        world.call("POST", "/api/v1/check-runs", Map.of());
        world.settle();
        world.call(
                "POST",
                "/api/v1/people",
                Map.of("email", AUDITOR, "name", "Ana", "role", "auditor", "password", PASSWORD));
        auditor = "/api/v1/people/" + world.field("id");
        assertThat(engage("2026-03-02", "2026-03-20")).isEqualTo(200);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int engage(String from, String until) {
        return world.call(
                "PUT",
                auditor + "/engagement",
                Map.of(
                        "firm",
                        "Audit & Co",
                        "from",
                        from,
                        "until",
                        until,
                        "frameworks",
                        List.of("iso27001"),
                        "units",
                        List.of("Shop")));
    }

    private String id(String list, String asset) {
        for (JsonNode item : world.get("/api/v1/" + list + "?asset=" + asset).path("items")) {
            return item.path("id").asString(item.path("ref").asString(""));
        }
        throw new AssertionError(list + " has nothing of " + asset + world.get("/api/v1/check-runs?asset=" + asset));
    }

    /** A route about something of this asset; a word that nothing has where it is about something else. */
    private String of(String asset, String route) {
        String thing = route.contains("findings/")
                ? id("findings", asset)
                : route.contains("reviews/")
                        ? world.review(asset)
                        : route.contains("runs/") ? id("check-runs", asset) : asset;
        if (route.matches(".*(checks|frameworks)/\\{id}.*")) {
            return route.replace("{id}", route.contains("checks/") ? "host-disk-encryption" : "iso27001");
        }
        return route.replace("{ref}", thing)
                .replace("{id}", route.contains("assets/") ? asset : thing)
                .replaceAll("\\{[^}]+}", "host.v1");
    }

    @Test
    void everyRouteIsNarrowedOrRefused() {
        assertThat(world.signIn(AUDITOR, PASSWORD)).isEqualTo(303);
        List<String> wrong = new ArrayList<>();
        int narrowed = 0;
        for (WebServer.Declared route : world.app().declaredRoutes()) {
            boolean head = route.method().equals("HEAD");
            if (head || route.access().open() || !route.access().allows(Role.AUDITOR)) {
                continue;
            }
            if (!route.method().equals("GET")) {
                boolean refused = route.path().startsWith("/api/")
                        || world.formOf(AUDITOR, of(OUTSIDE, route.path()), Map.of()) == 403;
                if (!route.access().scoped() && !refused) {
                    wrong.add(route + " takes a form");
                }
                continue;
            }
            TestApp.Answer outside = world.as(AUDITOR, of(OUTSIDE, route.path()));
            if ((outside.status() == 403) == route.access().scoped()
                    && !route.path().contains("frameworks")) {
                wrong.add(route + " answers " + outside.status());
            }
            boolean accountable = route.path().matches("(/api/v1)?/reviews.*");
            if (outside.body().matches("(?s).*(Secret network|outside@example).*")
                    || (outside.body().contains("inside@example") && !accountable)
                    || (!route.path().matches(".*\\{ref}.*|.*(people|assets|evidence|jobs|mails|plans)/.*\\{id}.*")
                            && outside.body().contains(OUTSIDE))) {
                wrong.add(route + " tells of what is outside, or of an owner");
            }
            narrowed += route.access().scoped() ? 1 : 0;
        }
        assertThat(wrong).isEmpty();
        assertThat(narrowed).isGreaterThan(50);
        for (String route : List.of(
                "/assets",
                "/assets/{ref}",
                "/api/v1/assets/{ref}",
                "/findings/{id}",
                "/api/v1/findings/{id}",
                "/reviews/{ref}",
                "/checks/runs/{id}",
                "/coverage")) {
            TestApp.Answer inside = world.as(AUDITOR, of(INSIDE, route));
            assertThat(inside.status()).as(route).isEqualTo(200);
            if (route.startsWith("/api/")) {
                assertThat(inside.body()).as(route).doesNotContain("inside@example");
            }
        }
        assertThat(world.as(AUDITOR, "/assets").body()).contains(INSIDE);
        assertThat(world.as(AUDITOR, "/api/v1/evidence/records?asset=" + INSIDE)
                        .json()
                        .path("items"))
                .isNotEmpty();
    }

    @Test
    void bundlesHaveTheScopeOfTheEngagement() {
        world.signIn(AUDITOR, PASSWORD);
        Map<String, String> march = Map.of("from", "2026-03-01", "to", "2026-03-31");
        assertThat(world.formOf(AUDITOR, "/evidence/exports", march)).isEqualTo(303);
        Map<String, String> other = new java.util.HashMap<>(march);
        other.put("assets", OUTSIDE);
        assertThat(world.formOf(AUDITOR, "/evidence/exports", other)).isEqualTo(403);
        other.put("assets", "");
        other.put("frameworks", "nist");
        assertThat(world.formOf(AUDITOR, "/evidence/exports", other)).isEqualTo(403);
        world.call("POST", "/api/v1/evidence/exports", Map.of("from", "2026-03-01", "to", "2026-03-31"));
        world.settle();
        JsonNode all = world.get("/api/v1/evidence/exports").path("items");
        JsonNode mine = world.as(AUDITOR, "/api/v1/evidence/exports").json().path("items");
        assertThat(all).hasSize(2);
        assertThat(mine)
                .singleElement()
                .satisfies(one -> assertThat(one.path("scope").asString("")).isEqualTo("iso27001-" + INSIDE));
        for (JsonNode export : all) {
            boolean own = export.path("scope").asString("").contains(INSIDE);
            String id = export.path("id").asString("");
            assertThat(world.as(AUDITOR, "/evidence/exports/" + id + "/download")
                            .status())
                    .isEqualTo(own ? 200 : 404);
            assertThat(world.formOf(AUDITOR, "/evidence/exports/" + id + "/freeze", Map.of()))
                    .isEqualTo(own ? 303 : 404);
        }
    }

    @Test
    void aChangeOfAnEngagementInTheDatabaseIsSeen() {
        assertThat(world.verifyState()).isEmpty();
        Map<String, String> changes = Map.of(
                "update engagement set firm = 'Another'",
                "update engagement set firm = 'Audit & Co'",
                "update engagement set until_on = date '2027-03-20'",
                "update engagement set until_on = date '2026-03-20'",
                "update engagement_scope set name = 'Vault' where kind = 'unit'",
                "update engagement_scope set name = 'Shop' where kind = 'unit'",
                "delete from engagement_scope where kind = 'unit'",
                "insert into engagement_scope (engagement_id, kind, name) select id, 'unit', 'Shop' from engagement",
                "update engagement set ended_at = created_at",
                "update engagement set ended_at = null");
        changes.forEach((change, back) -> {
            world.app().database().useTransaction(tx -> tx.execute(change));
            assertThat(world.verifyState()).as(change).hasSize(1);
            world.app().database().useTransaction(tx -> tx.execute(back));
        });
        assertThat(world.verifyState()).isEmpty();
    }

    @Test
    void anEngagementBeginsAndEndsByItself() {
        assertThat(engage("2026-03-05", "2026-03-20")).isEqualTo(200);
        assertThat(world.signIn(AUDITOR, PASSWORD)).as("before its first day").isEqualTo(401);
        world.advance(Duration.ofDays(3));
        assertThat(world.signIn(AUDITOR, PASSWORD)).isEqualTo(303);
        assertThat(world.as(AUDITOR, "/assets").status()).isEqualTo(200);
        var before = world.recordIds();
        world.advance(Duration.ofDays(20));
        assertThat(world.as(AUDITOR, "/assets").status())
                .as("after its last day")
                .isEqualTo(303);
        assertThat(world.signIn(AUDITOR, PASSWORD)).isEqualTo(401);
        assertThat(world.typesSince(before)).contains("engagement.ended", "role.revoked", "person.changed");
        assertThat(world.get(auditor).path("role").isNull()).isTrue();
        assertThat(world.get(auditor + "/engagement").path("status").asInt(0)).isEqualTo(404);
        assertThat(world.verifyState()).isEmpty();
    }
}
